import random
from datetime import timedelta

import pytest
from asked import NOON, asked, in_vain

from bot.questions.log import FILE, QuestionsLog
from bot.questions.topics import KEPT_FOR, MANY, Lately, Topic, unanswered

ASKED = [
    ("chandrayaan ka budget kitna hai", "a"),
    ("सूरजपुर में मेट्रो कब चलेगी?", "b"),
    ("surajpur mein metro kab chalegi", "c"),
    ("सूरजपुर की मेट्रो", "d"),
    ("सूरजपुर की मेट्रो", "d"),
    ("नीलम यादव की शादी कब हुई", "e"),
    ("neelam yadav ki shadi", "f"),
    ("कब?", "g"),
]


@pytest.fixture
def log(tmp_path):
    with QuestionsLog.open(tmp_path / FILE) as log:
        yield log


def fill(log: QuestionsLog, questions: list[tuple[str, str]]) -> None:
    for minutes, (question, person) in enumerate(questions):
        log.add(in_vain(question, person=person, time=NOON + timedelta(minutes=minutes)))


def test_the_most_wanted_topics_come_first_in_whichever_letters_they_were_asked(log, library):
    fill(log, ASKED)
    log.add(asked("चंपा नदी का पुल कितने दिन बंद रहेगा?"))

    metro, wedding, budget = unanswered(log, library, NOON)

    assert (metro.questions, metro.persons, metro.last) == (4, 3, NOON + timedelta(minutes=4))
    assert set(metro.words) == {"मेट्रो", "सूरजपुर"}
    assert metro.examples[0] == "सूरजपुर की मेट्रो"
    assert (wedding.questions, wedding.persons) == (2, 2)
    assert {"नीलम", "यादव"} < set(wedding.words)
    assert budget == Topic(budget.words, 1, 1, ("chandrayaan ka budget kitna hai",), NOON)


def test_one_person_who_asks_often_wants_less_than_two_who_ask_once(log, library):
    fill(log, [("पुस्तकालय का फ़ोन नंबर", "a")] * 5 + [("मलिहाबाद में बारिश", "b"), ("malihabad mein barish", "c")])

    assert [topic.persons for topic in unanswered(log, library, NOON)] == [2, 1]


def test_only_a_common_word_makes_no_topic(log, library):
    fill(log, [("सूरजपुर में मेट्रो कब चलेगी?", "a"), ("सूरजपुर के महापौर का वेतन कितना है?", "b")])

    assert len(unanswered(log, library, NOON)) == 2


def test_the_order_of_asking_makes_no_difference(log, library, tmp_path):
    fill(log, ASKED)
    shuffled = random.Random(3).sample(ASKED, len(ASKED))
    with QuestionsLog.open(tmp_path / "other.sqlite3") as other:
        fill(other, shuffled)

        assert [(each.words, each.questions) for each in unanswered(other, library, NOON)] == [
            (each.words, each.questions) for each in unanswered(log, library, NOON)
        ]


def test_nothing_unanswered_is_no_topic(log, library):
    assert unanswered(log, library, NOON) == []


def test_few_topics_are_found_anew_as_soon_as_something_else_was_asked(log, library):
    lately = Lately()
    assert lately.unanswered(log, library, NOON, NOON) == []
    fill(log, ASKED)

    assert len(lately.unanswered(log, library, NOON, NOON)) == 3
    log.delete_before(NOON + timedelta(hours=1))
    assert lately.unanswered(log, library, NOON, NOON) == []


def test_what_a_person_has_deleted_is_shown_no_longer(log, library):
    lately = Lately()
    fill(log, [(f"{name} का मेला कब लगा", name) for name in ("रामपुर", "सोनपुर", "हरिपुर", "देवपुर") * MANY])
    fill(log, [("नीलम यादव की शादी कब हुई", "meera")])
    assert "नीलम यादव की शादी कब हुई" in str(lately.unanswered(log, library, NOON, NOON))

    log.forget("meera")

    assert "नीलम" not in str(lately.unanswered(log, library, NOON, NOON))


def test_many_topics_are_found_anew_after_five_minutes_or_when_the_clock_was_set_back(log, library):
    lately = Lately()
    many = ASKED * (MANY // len(ASKED) + 1)
    fill(log, many)
    before = lately.unanswered(log, library, NOON, NOON)
    fill(log, many[:1])

    assert lately.unanswered(log, library, NOON, NOON + KEPT_FOR / 2) == before
    anew = lately.unanswered(log, library, NOON, NOON + KEPT_FOR)
    assert sum(topic.questions for topic in anew) == sum(topic.questions for topic in before) + 1
    fill(log, many[:1])
    assert lately.unanswered(log, library, NOON, NOON + KEPT_FOR) == anew
    assert lately.unanswered(log, library, NOON, NOON - timedelta(days=365)) != anew
