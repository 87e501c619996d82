import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from asked import NOON, asked, in_vain

from bot.questions.log import FILE, MIGRATIONS, DayCount, Disliked, QuestionsLog, Votes
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


def test_what_is_deleted_is_gone_also_while_others_have_the_file_open(path):
    secret = "मेरा बहुत निजी सवाल"
    with QuestionsLog.open(path) as dashboard:
        with QuestionsLog.open(path) as log:
            log.add(in_vain(secret, person="a"))
        assert [each.question for each in dashboard.unanswered(NOON)] == [secret]
        with QuestionsLog.open(path) as log:
            log.forget("a")
        assert not [file for file in path.parent.iterdir() if secret.encode() in file.read_bytes()]


def test_of_each_persons_votes_the_last_one_counts(path):
    with QuestionsLog.open(path) as log:
        log.add(asked(id="q1", script="latin"))
        assert log.vote("q1", "a", True, NOON) == Votes("latin", good=1, bad=0)
        assert log.vote("q1", "b", True, NOON) == Votes("latin", good=2, bad=0)
        assert log.vote("q1", "a", False, NOON) == Votes("latin", good=1, bad=1)
        assert log.vote("q1", "a", False, NOON) == Votes("latin", good=1, bad=1)


def test_votes_go_with_their_question(path):
    with QuestionsLog.open(path) as log:
        log.add(asked(id="old"))
        log.add(asked(id="new", time=NOON + timedelta(days=1)))
        for question in ("old", "new"):
            log.vote(question, "a", False, NOON)
        log.delete_before(NOON + timedelta(days=1))
        assert log.vote("old", "a", True, NOON) is None
        assert log.vote("never", "a", True, NOON) is None
    assert votes(path) == [("new", "a", 0)]


def test_whoever_is_forgotten_has_voted_for_nothing(path):
    with QuestionsLog.open(path) as log:
        log.add(asked(id="mine", person="a"))
        log.add(asked(id="theirs", person="b"))
        for question in ("mine", "theirs"):
            for person in "ab":
                log.vote(question, person, True, NOON)
        assert log.forget("a") == 1
    assert votes(path) == [("theirs", "b", 1)]


def test_votes_are_counted_with_their_questions(path):
    day = NOON.astimezone().date()
    with QuestionsLog.open(path) as log:
        for each in (asked(id="q1"), asked(id="q2"), asked(), asked(id="q3", unsure=True)):
            log.add(each)
        for question, person, good in (("q1", "a", 1), ("q1", "b", 0), ("q2", "a", 1), ("q3", "a", 0)):
            log.vote(question, person, bool(good), NOON + timedelta(days=3))
        assert log.counts(NOON) == [
            DayCount(day, "devanagari", "answered", 3, good=2, bad=1),
            DayCount(day, "devanagari", "unsure", 1, good=0, bad=1),
        ]


def test_the_most_disliked_come_first_however_often_they_were_asked(path):
    later = NOON + timedelta(hours=1)
    with QuestionsLog.open(path) as log:
        for each in (
            asked("पुल?", id="q1"),
            asked("पुल?", id="q2", time=later),
            asked("पुल?", id="q3", passages=("setu#1",)),
            asked("मेला?", id="q4"),
            asked("भाव?", id="q5"),
            asked("पहले?", id="q6", time=NOON - timedelta(seconds=1)),
        ):
            log.add(each)
        for question, good in (("q1", 0), ("q2", 0), ("q3", 0), ("q4", 1), ("q5", 0), ("q6", 0)):
            log.vote(question, "a", bool(good), later)
        log.vote("q5", "b", True, later)
        assert log.disliked(NOON) == [
            Disliked("पुल?", ("pul#0",), bad=2, good=0, last=later),
            Disliked("पुल?", ("setu#1",), bad=1, good=0, last=NOON),
            Disliked("भाव?", ("pul#0",), bad=1, good=1, last=NOON),
        ]


def test_a_file_from_before_the_votes_goes_on(path):
    with closing(sqlite3.connect(path)) as connection:
        for statement in MIGRATIONS[0]:
            connection.execute(statement)
        connection.execute("PRAGMA user_version = 1")
        connection.execute(
            "INSERT INTO questions"
            " VALUES (1, ?, 'कब?', 'devanagari', 0, 0, 0.1, '[]', 7.5, 'g', NULL, 'private')",
            (NOON.isoformat(timespec="milliseconds"),),
        )
        connection.commit()
    with QuestionsLog.open(path) as log:
        log.add(asked(id="q1"))
        assert [(each.question, each.id) for each in log.unanswered(NOON)] == [("कब?", None)]
        assert log.vote("q1", "a", True, NOON) == Votes("devanagari", good=1, bad=0)
        assert [(count.questions, count.good) for count in log.counts(NOON)] == [(1, 1), (1, 0)]


def votes(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT question, person, good FROM feedback ORDER BY 1, 2").fetchall()


def test_a_newer_file_is_refused(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match=r"upgrade Khabar\. .* move the file aside, .* makes it anew"):
        QuestionsLog.open(path).__enter__()


def test_a_damaged_file_is_named_with_what_to_do(path):
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match=rf"{FILE}: .*move the file aside, .* the bot makes it anew"):
        QuestionsLog.open(path).__enter__()
