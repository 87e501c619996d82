import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from asked import PLAIN, asked, in_vain

from bot.cli import main
from bot.questions.log import FILE, QuestionsLog


@pytest.fixture
def khabar(data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch):
    """Runs the command over the served small news; gives back its exit code and output."""
    monkeypatch.chdir(tmp_path)
    (data_dir / FILE).unlink(missing_ok=True)

    def run(*options: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main(["questions", "--data-dir", str(data_dir), *options])
        return int(ended.value.code or 0), capsys.readouterr().out

    return run


@pytest.fixture
def kept(khabar, data_dir: Path) -> datetime:
    """A log with questions of now and of two weeks ago; the time of now."""
    now = datetime.now(UTC)
    with QuestionsLog.open(data_dir / FILE) as log:
        log.add(asked(time=now, id="q1"))
        log.vote("q1", "a", True, now)
        log.vote("q1", "b", False, now)
        log.add(in_vain("surajpur ki metro", script="latin", time=now, person="a"))
        log.add(in_vain("सूरजपुर में मेट्रो कब चलेगी?", time=now, person="b"))
        log.add(in_vain("मलिहाबाद में बारिश कब होगी?", time=now - timedelta(days=14)))
    return now


def test_questions_are_told_by_day_and_script(khabar, kept):
    code, out = khabar()

    rows = [line.split() for line in out.splitlines() if line.strip()]
    assert code == 0
    assert rows[0] == ["day", "script", "answered", "unsure", "unanswered", "👍", "👎"]
    day = kept.astimezone().date().isoformat()
    assert [day, "devanagari", "1", "0", "1", "1", "1"] in rows
    assert [day, "latin", "0", "0", "1", "0", "0"] in rows
    assert len(rows) == 5


def test_as_json_too(khabar, kept):
    code, out = khabar("--json", "--days", "7")

    day = kept.astimezone().date().isoformat()
    assert code == 0
    assert json.loads(out) == [
        {"day": day, "script": "devanagari", "outcome": "answered", "questions": 1, "good": 1, "bad": 1},
        {"day": day, "script": "devanagari", "outcome": "unanswered", "questions": 1, "good": 0, "bad": 0},
        {"day": day, "script": "latin", "outcome": "unanswered", "questions": 1, "good": 0, "bad": 0},
    ]


def test_what_was_asked_in_vain_is_told_by_topic(khabar, kept):
    code, out = khabar("--unanswered", "--json")

    metro, rain = json.loads(out)
    assert code == 0
    assert (metro["questions"], metro["persons"]) == (2, 2)
    assert "मेट्रो" in metro["words"]
    assert rain["examples"] == ["मलिहाबाद में बारिश कब होगी?"]


def test_topics_are_a_table_for_people(khabar, kept):
    code, out = khabar("--unanswered", "--days", "7")

    rows = [line for line in out.splitlines() if line.strip()]
    assert code == 0
    assert rows[0].split() == ["topic", "people", "questions", "last", "for", "example"]
    assert "मेट्रो" in rows[2]
    assert len(rows) == 3


def test_what_was_disliked_is_told_with_what_was_shown(khabar, kept):
    code, out = khabar("--disliked", "--json")
    assert code == 0
    (disliked,) = json.loads(out)
    assert kept - datetime.fromisoformat(disliked.pop("last")) < timedelta(milliseconds=1)
    assert disliked == {"question": PLAIN.question, "passages": ["pul#0"], "bad": 1, "good": 1}

    code, out = khabar("--disliked")
    head, _, row = (line for line in out.splitlines() if line.strip())
    assert head.split() == ["question", "👎", "👍", "last", "passages"]
    assert row.split("  ")[0].strip() == PLAIN.question
    assert row.split()[-1] == "pul#0"


def test_topics_and_dislikes_are_asked_for_apart(khabar, capsys):
    code, _ = khabar("--disliked", "--unanswered")
    assert code == 2


def test_without_a_log_there_is_nothing_to_tell_and_none_is_made(khabar, data_dir):
    assert khabar() == (0, "No question was kept in the last 30 days.\n")
    assert khabar("--unanswered", "--json") == (0, "[]\n")
    assert khabar("--disliked") == (
        0,
        "No answer was disliked in the last 30 days, as far as questions were kept.\n",
    )
    assert not (data_dir / FILE).exists()


def test_a_damaged_log_fails_with_what_to_do(khabar, data_dir, capsys):
    (data_dir / FILE).write_bytes(b"not a database" * 100)

    code, out = khabar()

    assert (code, out) == (1, "")
