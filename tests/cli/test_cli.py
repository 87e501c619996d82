"""Evaluate, benchmark; wrong usage, and the program as a whole."""

import json
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
QUESTION = "कोसी नदी पर पुल की लंबाई कितनी है?"


def one_line(text: str) -> bool:
    return text.count("\n") == 1 and text.startswith("khabar: ")


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
    def test_the_version_is_told(self, khabar):
        printed = khabar("--version")

        assert (printed.code, printed.out) == (0, f"khabar {version('khabar')}\n")

    def test_without_a_command_they_are_listed(self, khabar):
        printed = khabar()

        assert printed.code == 2
        for command in ("run", "reload", "restore", "check"):
            assert f" {command} " in printed.out + printed.err

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

    @pytest.mark.parametrize("command", ["run", "reload", "ask", "status", "rollback", "check"])
    def test_every_command_on_a_corpus_takes_config_and_data_dir(self, khabar, command):
        printed = khabar(command, "--help")

        assert printed.code == 0
        assert "--config" in printed.out
        assert "--data-dir" in printed.out

    @pytest.mark.parametrize("command", [("evaluate", "absent"), ("benchmark",), ("train-latin", "absent")])
    def test_scripts_may_give_every_command_the_same_options(self, khabar, command, tmp_path):
        output = ("--output", str(tmp_path / "o")) if command[0] == "train-latin" else ()
        printed = khabar(*command, *output, "--data-dir", str(tmp_path), "--config", "none.toml")

        assert printed.code == 2
        assert "none.toml" in printed.err

    @pytest.mark.parametrize(
        ("command", "options"),
        [
            (("evaluate",), {"--config", "--run-file", "--answers-file", "--json"}),
            (("train-latin",), {"--output", "--without"}),
            (("benchmark", "ranking"), set()),
            (("benchmark", "reload"), set()),
            (("benchmark", "quality"), {"--config", "--plot"}),
        ],
    )
    def test_what_measures_and_trains_offers_only_what_means_something_there(self, khabar, command, options):
        printed = khabar(*command, "--help")

        assert printed.code == 0
        assert set(re.findall(r"(?<![\w-])--[a-z-]+", printed.out)) == options | {"--help"}


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
