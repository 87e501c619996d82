import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from asked import NOON, asked, in_vain

from bot.questions.log import FILE, DayCount, QuestionsLog
from knowledge.errors import StoreError


@pytest.fixture
def path(tmp_path):
    return tmp_path / FILE


def test_what_is_unanswered_comes_back_as_it_was_kept(path):
    first = in_vain("ट्रंप ने क्या कहा?", person=None, chat="group")
    second = in_vain("सोने का भाव", time=NOON + timedelta(minutes=1), unsure=True)
    with QuestionsLog.open(path) as log:
        for each in (second, asked(), first):
            log.add(each)
    with QuestionsLog.open(path) as log:
        assert log.unanswered(NOON) == [first, second]
        assert log.unanswered(NOON + timedelta(seconds=1)) == [second]


def test_questions_are_counted_by_day_script_and_outcome(path):
    day = NOON.astimezone().date()
    with QuestionsLog.open(path) as log:
        for each in (
            asked(),
            asked(),
            asked(unsure=True),
            in_vain("gold rate", script="latin"),
            asked(time=NOON + timedelta(days=1)),
            asked(time=NOON - timedelta(days=9)),
        ):
            log.add(each)
        assert log.counts(NOON - timedelta(days=1)) == [
            DayCount(day, "devanagari", "answered", 2),
            DayCount(day, "devanagari", "unsure", 1),
            DayCount(day, "latin", "unanswered", 1),
            DayCount(day + timedelta(days=1), "devanagari", "answered", 1),
        ]


def test_the_last_durations_come_newest_first(path):
    with QuestionsLog.open(path) as log:
        for minutes in (2, 1, 3):
            log.add(asked(time=NOON + timedelta(minutes=minutes), took_ms=float(minutes)))
        assert log.took_ms(2) == [3.0, 2.0]


def test_one_person_is_forgotten_and_the_others_stay(path):
    with QuestionsLog.open(path) as log:
        for person in ("a", "b", "a", None):
            log.add(in_vain("कब?", person=person))
        assert log.forget("a") == 2
        assert log.forget("a") == 0
        assert [each.person for each in log.unanswered(NOON)] == ["b", None]


def test_what_is_older_is_deleted(path):
    with QuestionsLog.open(path) as log:
        log.add(in_vain("पुराना"))
        log.add(in_vain("नया", time=NOON + timedelta(milliseconds=1)))
        assert log.delete_before(NOON + timedelta(milliseconds=1)) == 1
        assert [each.question for each in log.unanswered(NOON)] == ["नया"]


def test_what_is_deleted_is_gone_from_the_file(path):
    secret = "मेरा बहुत निजी सवाल"
    with QuestionsLog.open(path) as log:
        log.add(in_vain(secret, person="a"))
    assert secret.encode() in path.read_bytes()
    with QuestionsLog.open(path) as log:
        log.forget("a")
    assert secret.encode() not in path.read_bytes()


def test_a_newer_file_is_refused(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="upgrade Khabar, or delete the file and ask the bot something"):
        QuestionsLog.open(path).__enter__()


def test_a_damaged_file_is_named_with_what_to_do(path):
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match=rf"{FILE}: .*delete it .* and ask the bot something"):
        QuestionsLog.open(path).__enter__()
