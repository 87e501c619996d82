import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOKEN = "123456:" + "a" * 35
QUESTION = "कोसी नदी पर पुल की लंबाई कितनी है?"
NOT_COVERED = "ऑस्ट्रेलिया के प्रधानमंत्री का जन्म किस अस्पताल में हुआ था?"


def one_line(text: str) -> bool:
    return text.count("\n") == 1 and text.startswith("khabar: ")


class TestAsk:
    def test_json_has_the_shape_of_the_contract(self, khabar):
        khabar("reload")

        answer = khabar("ask", QUESTION, "-k", "1", "--json").json()

        assert answer.keys() == {"question", "script", "answered", "generation", "took_ms", "passages"}
        assert (answer["question"], answer["script"], answer["answered"]) == (QUESTION, "devanagari", True)
        assert answer["generation"] == khabar("status", "--json").json()["generation"]
        (passage,) = answer["passages"]
        text, score, highlights = (passage.pop(key) for key in ("text", "score", "highlights"))
        article, digest = passage.pop("passage_id").rsplit("#", 1)
        assert passage == {
            "article_id": article,
            "title": "कोसी पर नए पुल का उद्घाटन",
            "url": "https://example.org/kosi-bridge",
            "published": "2024-03-05",
            "publisher": "उदाहरण समाचार",
        }
        assert len(digest) == 10
        assert "1,900 मीटर" in text
        assert score > 0
        assert "पुल" in {text[start:end] for start, end in highlights}

    def test_a_person_gets_title_date_publisher_passage_and_link(self, khabar):
        khabar("reload")

        printed = khabar("ask", QUESTION, "-k", "1")

        title, byline, *passage, url = printed.out.splitlines()
        assert title == "कोसी पर नए पुल का उद्घाटन"
        assert byline == "2024-03-05 · उदाहरण समाचार"
        assert "1,900 मीटर" in "\n".join(passage)
        assert url == "https://example.org/kosi-bridge"
        assert (printed.code, printed.err) == (0, "")

    def test_matched_words_are_bold_on_a_terminal(self, khabar, monkeypatch):
        khabar("reload")
        monkeypatch.setenv("FORCE_COLOR", "1")

        assert "\x1b[1mपुल\x1b[0m" in khabar("ask", QUESTION).out

    def test_what_is_not_covered_is_said_and_is_no_failure(self, khabar):
        khabar("reload")

        printed = khabar("ask", NOT_COVERED)

        assert printed.code == 0
        assert printed.out.startswith("No answer: the articles don't cover this question.\n")

    def test_what_is_not_covered_has_no_passages(self, khabar):
        khabar("reload")

        answer = khabar("ask", NOT_COVERED, "--json").json()

        assert (answer["answered"], answer["passages"]) == (False, [])

    def test_the_first_question_reads_the_sources_and_says_so_beside_the_answer(self, khabar):
        printed = khabar("ask", QUESTION, "--json")

        assert printed.json()["answered"]
        assert printed.err == "Nothing is served from .khabar yet: reading the sources first.\n"

    def test_when_no_generation_can_be_read_the_sources_are_read_again(self, khabar, folder):
        khabar("reload")
        for file in (folder / ".khabar" / "generations").glob("*/*.npy"):
            file.write_bytes(b"")

        printed = khabar("ask", QUESTION, "--json")

        assert printed.json()["answered"]
        assert "Nothing in .khabar can be served: reading the sources again.\n" in printed.err

    def test_rank_bm25_answers_too(self, khabar, monkeypatch):
        monkeypatch.setenv("KHABAR_RANKING__ENGINE", "rank-bm25")

        assert "1,900 मीटर" in khabar("ask", QUESTION, "-k", "1").out

    @pytest.mark.parametrize("question", ["", "?", "\udcff", "<b>पुल</b>", "पुल " * 2000])
    def test_odd_questions_are_no_failure(self, khabar, question):
        assert khabar("ask", question, "--json").code == 0


class TestReload:
    def test_tells_what_changed(self, khabar, folder):
        first = khabar("reload")
        (folder / "news" / "bridge.md").unlink()
        (folder / "news" / "library.md").write_text(
            (folder / "news" / "library.md").read_text("utf-8").replace("सोमवार", "बुधवार"), "utf-8"
        )
        (folder / "news" / "well.txt").write_text("गांव में नया कुआं खुदा।\n\nकुआं साठ फुट गहरा है।\n", "utf-8")
        second = khabar("reload")

        assert "Articles: 3 added, 0 changed, 0 removed, 0 unchanged" in first.out
        assert "Articles: 1 added, 1 changed, 1 removed, 1 unchanged" in second.out
        assert (first.code, first.err, second.code, second.err) == (0, "", 0, "")

    def test_names_what_was_skipped_and_what_was_there_twice(self, khabar, folder):
        (folder / "news" / "empty.txt").write_text("", "utf-8")
        (folder / "news" / "copy.md").write_text((folder / "news" / "bridge.md").read_text("utf-8"), "utf-8")

        printed = khabar("reload").out

        assert "Skipped: 1\n" in printed
        assert "empty.txt: " in printed
        assert "Duplicates: 1\n" in printed
        assert "3 added" in printed

    def test_without_changes_the_generation_stays(self, khabar):
        khabar("reload")

        assert "is still served: nothing had changed" in khabar("reload").out

    def test_the_sources_of_the_command_line_replace_those_of_the_settings(self, khabar, folder):
        (folder / "other").mkdir()
        (folder / "other" / "a.txt").write_text("गांव में नया कुआं खुदा।\n\nकुआं साठ फुट गहरा है।\n", "utf-8")

        assert "1 added" in khabar("reload", "--source", "other").out

    def test_a_source_that_is_missing_fails_and_what_was_served_stays(self, khabar, folder):
        khabar("reload")
        before = khabar("status", "--json").json()

        printed = khabar("reload", "--source", "news", "--source", "gone")

        assert printed.code == 1
        assert one_line(printed.err)
        assert "gone" in printed.err
        after = khabar("status", "--json").json()
        assert after["generation"] == before["generation"]
        assert after["last_reload"]["result"] == "failed"

    def test_a_data_folder_that_is_a_file_fails_in_a_sentence(self, khabar):
        printed = khabar("reload", "--data-dir", "khabar.toml")

        assert printed.code == 1
        assert one_line(printed.err)


class TestStatusAndRollback:
    def test_before_anything_is_served(self, khabar):
        printed = khabar("status", "--json")

        assert printed.code == 0
        assert printed.json() == {
            "data_dir": ".khabar",
            "engine": "embedded",
            "generation": None,
            "built_at": None,
            "articles": 0,
            "passages": 0,
            "kept": [],
            "last_reload": None,
        }
        assert not Path(".khabar").exists()

    def test_what_is_served(self, khabar):
        khabar("reload")

        status = khabar("status", "--json").json()

        assert (status["articles"], status["kept"]) == (3, [status["generation"]])
        assert status["last_reload"]["result"] == "published"
        assert status["generation"] in khabar("status").out

    def test_rollback_serves_the_generation_before(self, khabar, folder):
        khabar("reload")
        first = khabar("status", "--json").json()["generation"]
        (folder / "news" / "bridge.md").unlink()
        khabar("reload")

        printed = khabar("rollback")

        assert (printed.code, printed.out) == (0, f"Now serving generation {first}.\n")
        assert khabar("ask", QUESTION, "--json").json()["generation"] == first

    def test_rollback_without_a_generation_before_fails_in_a_sentence(self, khabar):
        khabar("reload")

        printed = khabar("rollback")

        assert printed.code == 1
        assert one_line(printed.err)


class TestCheck:
    def test_shows_settings_with_their_places_and_what_the_sources_hold(self, khabar, monkeypatch):
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)

        printed = khabar("check")

        lines = {line.split()[0]: line.split()[1:] for line in printed.out.splitlines() if line.split()}
        assert printed.code == 0
        assert lines["telegram.token"] == ["**********", "TELEGRAM_BOT_TOKEN"]
        assert lines["corpus.sources.0"] == ["news", "khabar.toml"]
        assert lines["web.port"] == ["8080", "default"]
        assert lines["news:"] == ["3", "articles"]
        assert TOKEN not in printed.out + printed.err

    def test_names_what_a_source_holds_that_cannot_be_used(self, khabar, folder):
        (folder / "news" / "empty.txt").write_text("", "utf-8")

        printed = khabar("check")

        assert printed.code == 0
        assert "news: 3 articles\nSkipped: 1\n  " in printed.out
        assert "empty.txt: " in printed.out

    def test_a_table_is_not_cut_where_a_program_reads_it(self, khabar, folder):
        long = "a-folder-with-a-long-name-" * 5
        (folder / "khabar.toml").write_text(f"[corpus]\nsources = ['news', '{long}']\n", "utf-8")

        lines = [line.split() for line in khabar("check").out.splitlines()]
        assert ["corpus.sources.1", long, "khabar.toml"] in lines

    def test_a_source_that_cannot_be_read_fails(self, khabar, monkeypatch):
        monkeypatch.setenv("KHABAR_CORPUS__SOURCES", '["gone", "news"]')

        printed = khabar("check")

        assert printed.code == 1
        assert one_line(printed.err)
        assert "gone" in printed.err
        assert "news: 3 articles" in printed.out

    def test_bad_settings_are_wrong_usage(self, khabar, folder):
        (folder / "khabar.toml").write_text("[ranking]\nengine = 'bm52'\n", "utf-8")

        printed = khabar("check")

        assert (printed.code, printed.out) == (2, "")
        assert one_line(printed.err)
        assert "khabar.toml: ranking.engine = 'bm52' is not allowed" in printed.err


class TestEvaluate:
    @pytest.fixture
    def collection(self, folder) -> Path:
        beir = folder / "beir"
        (beir / "qrels").mkdir(parents=True)
        corpus = [
            {"_id": "d1", "title": "पुल", "text": "कोसी नदी पर बने पुल की लंबाई 1,900 मीटर है।"},
            {"_id": "d2", "title": "आम", "text": "मालदा के बागवानों ने चार लाख टन आम तोड़े।"},
        ]
        queries = [{"_id": "q1", "text": "कोसी पुल की लंबाई"}, {"_id": "q2", "text": "कितने टन आम तोड़े गए"}]
        for name, records in (("corpus", corpus), ("queries", queries)):
            lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
            (beir / f"{name}.jsonl").write_text("".join(lines), "utf-8")
        (beir / "qrels" / "test.tsv").write_text(
            "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\n", "utf-8"
        )
        return beir

    def test_prints_measures_and_writes_the_run_and_the_answers(self, khabar, folder, collection):
        printed = khabar(
            "evaluate", collection, "--run-file", "run.txt", "--answers-file", "answers.jsonl", "--json"
        )

        assert printed.code == 0
        assert printed.json()["MRR@10"] == 1
        run = [line.split() for line in (folder / "run.txt").read_text("utf-8").splitlines()]
        assert [line[2] for line in run if line[3] == "1"] == ["d1", "d2"]
        answers = [json.loads(line) for line in (folder / "answers.jsonl").read_text("utf-8").splitlines()]
        assert [answer["_id"] for answer in answers] == ["q1", "q2"]
        assert answers[0].keys() == {"_id", "answered", "confidence", "passages"}
        assert answers[0]["passages"][0]["article_id"] == "d1"

    def test_prints_a_table(self, khabar, collection):
        assert "MRR@10" in khabar("evaluate", collection).out

    def test_a_run_file_that_cannot_be_written_fails_in_a_sentence(self, khabar, collection):
        printed = khabar("evaluate", collection, "--run-file", "none/run.txt")

        assert (printed.code, printed.err) == (1, "khabar: none/run.txt: No such file or directory\n")

    def test_a_folder_that_is_no_collection_fails_in_a_sentence(self, khabar):
        printed = khabar("evaluate", "news")

        assert printed.code == 1
        assert one_line(printed.err)


class TestBenchmark:
    def test_lists_the_names(self, khabar):
        assert "ranking" in khabar("benchmark").out.split()

    def test_an_unknown_name_is_wrong_usage(self, khabar):
        assert khabar("benchmark", "nothing").code == 2


class TestUsage:
    @pytest.mark.parametrize(
        "arguments",
        [
            ("nonsense",),
            ("ask",),
            ("ask", QUESTION, "-k", "0"),
            ("ask", QUESTION, "--nonsense"),
            ("status", "--config", "none.toml"),
        ],
    )
    def test_wrong_usage_exits_with_2_and_prints_nothing_on_standard_output(self, khabar, arguments):
        printed = khabar(*arguments)

        assert (printed.code, printed.out) == (2, "")
        assert printed.err

    @pytest.mark.parametrize(
        "command", ["run", "reload", "ask", "status", "rollback", "check", "evaluate", "benchmark"]
    )
    def test_every_command_takes_config_and_data_dir(self, khabar, command):
        printed = khabar(command, "--help")

        assert printed.code == 0
        assert "--config" in printed.out
        assert "--data-dir" in printed.out


class TestProgram:
    def test_the_module_is_the_command(self, folder):
        ran = subprocess.run(
            [sys.executable, "-m", "bot", "ask", QUESTION, "--json"],
            cwd=folder,
            env={"PYTHONPATH": str(ROOT)},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )

        assert json.loads(ran.stdout)["answered"]

    @pytest.mark.parametrize("arguments", [["--help"], ["ask", QUESTION]])
    def test_a_quick_command_loads_neither_telegram_nor_the_page_reader(self, khabar, folder, arguments):
        khabar("reload")
        program = (
            "import sys\nfrom bot.cli import main\n"
            f"try:\n    main({arguments!r})\n"
            "except SystemExit:\n    print({'telegram', 'trafilatura', 'scipy'} & sys.modules.keys())"
        )
        ran = subprocess.run(
            [sys.executable, "-c", program],
            cwd=folder,
            env={"PYTHONPATH": str(ROOT)},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )

        assert ran.stdout.splitlines()[-1] == "set()"
