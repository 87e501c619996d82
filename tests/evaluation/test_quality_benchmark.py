import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.cli import main
from knowledge.errors import EvaluationError
from knowledge.evaluation.benchmarks.ablation import FEATURES, GROUNDS
from knowledge.evaluation.benchmarks.plot import figure, write_plot
from knowledge.evaluation.benchmarks.quality import KHABAR, NOTHING, Quality, SetQuality, measure_quality
from knowledge.evaluation.benchmarks.sets import MOST_QUESTIONS, read_sets
from knowledge.evaluation.benchmarks.tables import ablation_rows, confidence_rows, system_rows
from knowledge.evaluation.evaluate import evaluate

ROOT = Path(__file__).parents[2]

Lines = Mapping[str, str]

NEWS = {
    "pul": "सोनपुर में नया पुल खुला। पुल की लंबाई 420 मीटर है। पुल बनाने में चार साल लगे।",
    "aam": "मालदा में आम की फसल दोगुनी हुई। मंडी में आम सस्ता हुआ।",
    "mela": "राजगढ़ में ऊँटों का मेला लगा। मेले में दूर से व्यापारी आए।",
    "nadi": "बरसात से गंडक नदी का पानी बढ़ा। गाँव के लोग ऊँची जगह चले गए।",
}
QUESTIONS = {
    "length": "सोनपुर के पुल की लंबाई कितनी है?",
    "harvest": "मालदा में आम की फसल कैसी हुई?",
    "fair": "ऊँटों का मेला कहाँ लगा?",
    "moon": "चंद्रयान चाँद पर कब उतरा?",
    "film": "फिल्म पुरस्कार किस अभिनेत्री ने जीता?",
}
LATIN = {
    "length": "sonpur ke pul ki lambai kitni hai",
    "harvest": "malda me aam ki fasal kaisi hui",
    "fair": "oonton ka mela kahan laga",
    "moon": "chandrayan chand par kab utra",
}
ANSWERS = {"length": ("pul", "420 मीटर"), "harvest": ("aam", "दोगुनी"), "fair": ("mela", "ऊँटों का मेला")}


def unheard(phase: str, done: int, total: int) -> None:
    """Progress that nobody listens to."""


def write_set(folder: Path, news: Lines, questions: Lines, answers: Mapping[str, tuple[str, str]]) -> Path:
    (folder / "qrels").mkdir(parents=True)
    corpus = [{"_id": name, "title": "", "text": text} for name, text in news.items()]
    queries = [
        {"_id": name, "text": text, "evidence": answers.get(name, ("", ""))[1]}
        for name, text in questions.items()
    ]
    for name, records in (("corpus", corpus), ("queries", queries)):
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        (folder / f"{name}.jsonl").write_text(lines, "utf-8")
    judged = "".join(f"{name}\t{article}\t1\n" for name, (article, _) in answers.items())
    (folder / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{judged}", "utf-8")
    return folder


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sets")
    write_set(folder / "b-latin", NEWS, LATIN, ANSWERS)
    write_set(folder / "a-hindi", NEWS, QUESTIONS, ANSWERS)
    (folder / "no set").mkdir()
    return folder


@pytest.fixture(scope="module")
def told() -> list[tuple[str, int, int]]:
    return []


@pytest.fixture(scope="module")
def quality(sets: Path, told: list[tuple[str, int, int]]) -> Quality:
    return measure_quality([sets], None, lambda *step: told.append(step))


def test_sets_are_found_in_a_folder_by_name(quality: Quality) -> None:
    assert [(each.name, each.asked, each.size) for each in quality.sets] == [
        ("a-hindi", 5, 5),
        ("b-latin", 4, 4),
    ]


def test_a_set_may_be_named_itself(sets: Path) -> None:
    assert [each.name for each in read_sets([sets / "b-latin", sets / "a-hindi"])] == ["b-latin", "a-hindi"]


def test_a_folder_without_sets_is_told(sets: Path) -> None:
    with pytest.raises(EvaluationError, match="no set: neither a BEIR folder nor one that holds some"):
        read_sets([sets / "no set"])


def test_of_a_large_set_questions_are_taken_from_all_of_it(tmp_path: Path) -> None:
    questions = {str(number): f"प्रश्न {number}" for number in range(2 * MOST_QUESTIONS)}
    (many,) = read_sets([write_set(tmp_path / "many", NEWS, questions, {})])
    assert many.size == 2 * MOST_QUESTIONS
    assert [query.id for query in many.queries] == [str(2 * number) for number in range(MOST_QUESTIONS)]


def test_khabar_is_measured_as_evaluate_measures_it(quality: Quality, sets: Path) -> None:
    for each in quality.sets:
        expected = evaluate(sets / each.name, progress=unheard).measures
        assert each.by_system[KHABAR] == pytest.approx(
            {
                **{name: expected[name] for name in ("Success@1", "MRR@10", "evidence@1")},
                "refused": expected["unanswerable_refused"],
                "answered": expected["answerable_answered"],
            }
        )


def test_peers_rank_the_same_questions(quality: Quality) -> None:
    hindi, latin = quality.sets
    assert hindi.by_system["rank-bm25, Hindi stems"] == {"Success@1": 1, "MRR@10": 1, "evidence@1": 1}
    assert latin.by_system["rank-bm25, split()"] == {"Success@1": 0, "MRR@10": 0, "evidence@1": 0}
    assert "dhvani, Hindi stems" in latin.by_system
    assert "dhvani, Hindi stems" not in hindi.by_system


def test_one_index_serves_all_sets_over_the_same_articles(
    quality: Quality, told: list[tuple[str, int, int]]
) -> None:
    phases = list(dict.fromkeys(phase.partition(":")[0] for phase, _, _ in told))
    assert phases == ["indexing for a-hindi, b-latin", "a-hindi", "b-latin"]
    for phase in {name for name, _, _ in told}:
        steps = [(done, total) for name, done, total in told if name == phase]
        total = steps[0][1]
        assert steps == [(done, total) for done in range(1, total + 1)]


def test_every_feature_is_left_out_once(quality: Quality) -> None:
    for each in quality.sets:
        assert [name for part, name in each.without if part == "ranking"] == list(FEATURES)
        assert [name for part, name in each.surer if part == "confidence"] == list(GROUNDS)


SLIPS = {
    "synonyms": ("मौत", "कवि का निधन हुआ।"),
    "English": ("brick", "भट्ठे पर ईंट पकती है।"),
    "acronyms": ("भाजपा", "बैठक में BJP के नेता आए।"),
    "numbers and dates": ("२ लाख", "मेले में दो लाख लोग पहुँचे।"),
    "Latin letters": ("rajgarh", "राजगढ़ में मेला लगा।"),
    "sounds": ("नूरलान", "दल में नुरलान भी था।"),
}


@pytest.mark.parametrize("part", SLIPS)
def test_what_a_part_of_the_language_finds_is_lost_without_it(tmp_path: Path, part: str) -> None:
    question, text = SLIPS[part]
    news = {"other": "नदी में लाख दीपक बहे।", "right": text}
    folder = write_set(tmp_path / "one", news, {"q": question}, {"q": ("right", text)})
    without = measure_quality([folder], None, unheard).sets[0].without
    assert without[NOTHING] == 1
    assert without["language", part] == 0


def test_the_wanted_kind_of_answer_is_lost_without_its_feature(tmp_path: Path) -> None:
    news = {
        "that": "सोनपुर में पुल का उद्घाटन हुआ था और सोनपुर के लोग नाचे।",
        "when": "सोनपुर में पुल का उद्घाटन 2021 में हुआ।",
    }
    question = "सोनपुर में पुल का उद्घाटन कब हुआ था?"
    folder = write_set(tmp_path / "one", news, {"q": question}, {"q": ("when", "2021")})
    without = measure_quality([folder], None, unheard).sets[0].without
    assert without[NOTHING] == 1
    assert without["ranking", "wanted"] == 0


def test_a_set_without_judgements_has_nothing_to_lose(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "unjudged", NEWS, QUESTIONS, {})
    quality = measure_quality([folder], None, unheard)
    assert quality.sets[0].by_system[KHABAR] == {}
    assert list(system_rows(quality)) == ablation_rows(quality) == confidence_rows(quality) == []


def made(**by_system: Mapping[str, float] | None) -> SetQuality:
    whole, less = {NOTHING: 0.9, ("ranking", "length"): 0.9}, {("language", "sounds"): 0.85}
    return SetQuality("news", 300, 1145, by_system, whole | less, {})


def test_tables_tell_what_was_measured_and_what_is_lacking() -> None:
    quality = Quality((made(Khabar={"MRR@10": 0.9}, bm25s=None, other={}),), {"bm25s": "bm25s"})
    assert list(system_rows(quality)) == [
        {
            "set": "news",
            "questions": "300 of 1145",
            "measure": "MRR@10",
            "Khabar": "0.900",
            "bm25s": "pip install bm25s",
            "other": "",
        }
    ]
    assert ablation_rows(quality) == [
        {"part": "", "without": "nothing", "news MRR@10": "0.900", "mean": ""},
        {"part": "language", "without": "sounds", "news MRR@10": "-0.050", "mean": "-0.050"},
        {"part": "ranking", "without": "length", "news MRR@10": "0", "mean": "0"},
    ]
    assert confidence_rows(quality) == []


def test_the_plot_is_a_png_with_named_axes(quality: Quality, tmp_path: Path) -> None:
    file = tmp_path / "quality"
    write_plot(quality, file)
    assert file.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    articles, passages = figure(quality).axes
    assert articles.get_xlabel() == "MRR@10 of the article (1 = always first)"
    assert passages.get_xlabel() == "Share of questions whose first passage has the answer"
    for axes in (articles, passages):
        assert axes.get_ylabel() == "Evaluation set · questions"
        assert [label.get_text() for label in axes.get_yticklabels()] == ["a-hindi · 5", "b-latin · 4"]


def test_the_quality_set_can_be_measured(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "tests" / "quality" / "as_beir.py", tmp_path], check=True)
    sets = read_sets([tmp_path])
    assert [each.name for each in sets] == ["sample-hi", "sample-mixed", "sample-roman"]
    assert [each.is_latin for each in sets] == [False, True, True]
    for each in sets:
        named = {article for judged in each.relevant.values() for article in judged}
        assert named <= {article.id for article in each.articles}
        assert {query.id for query in each.queries if query.evidence} == set(each.relevant)


def test_a_plot_of_nothing_is_an_empty_picture(tmp_path: Path) -> None:
    write_plot(Quality((), {}), tmp_path / "empty.png")
    assert (tmp_path / "empty.png").stat().st_size > 0


class TestCommand:
    @pytest.fixture(autouse=True)
    def elsewhere(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)

    @pytest.fixture
    def benchmark(self, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
        def run(*arguments: str | Path) -> tuple[int, str, str]:
            with pytest.raises(SystemExit) as end:
                main(["benchmark", *map(str, arguments)])
            printed = capsys.readouterr()
            return int(end.value.code or 0), printed.out, printed.err

        return run

    def test_it_is_listed(self, benchmark: Callable[..., tuple[int, str, str]]) -> None:
        assert "quality" in benchmark()[1].split()

    def test_it_prints_tables_and_draws(
        self, benchmark: Callable[..., tuple[int, str, str]], sets: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "bm25s", None)
        code, out, err = benchmark("quality", sets / "a-hindi", "--plot", "quality.png")
        assert code == 0
        told = err.splitlines()
        assert told[:2] == ["indexing for a-hindi …", "a-hindi: Khabar …"]
        assert "a-hindi: Khabar without synonyms …" in told
        assert len(told) == len(set(told))
        assert "pip install bm25s" in out
        assert "evidence@1" in out
        assert out.rstrip().endswith("Wrote quality.png.")
        assert Path("quality.png").read_bytes().startswith(b"\x89PNG")

    def test_a_folder_is_needed(self, benchmark: Callable[..., tuple[int, str, str]]) -> None:
        code, out, err = benchmark("quality")
        assert (code, out) == (2, "")
        assert "FOLDER" in err

    def test_drawing_needs_its_package_before_anything_is_measured(
        self, benchmark: Callable[..., tuple[int, str, str]], sets: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "matplotlib", None)
        code, out, err = benchmark("quality", sets, "--plot", "quality.png")
        assert (code, out) == (2, "")
        assert "pip install matplotlib" in err

    def test_other_benchmarks_take_no_folders(
        self, benchmark: Callable[..., tuple[int, str, str]], sets: Path
    ) -> None:
        assert benchmark("ranking", sets)[0] == 2
        assert benchmark("ranking", "--plot", "ranking.png")[0] == 2
