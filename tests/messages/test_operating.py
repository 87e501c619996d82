"""What operators are told keeps to Telegram's limits, whatever there is to tell."""

from datetime import UTC, datetime

import pytest

from bot.corpus.reloading import Outcome
from bot.messages import catalogue, operating
from bot.messages.text import size_utf16
from bot.questions.topics import Topic
from bot.watch.facts import Facts, GenerationFacts, ReloadFacts, SourceFacts

ALL = catalogue.load()
TEXTS = ALL.hindi
NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)
LONG = "बहुत लंबी बात 🙏 " * 400


def test_all_wanted_topics_fit_though_people_asked_at_length():
    wanted = [Topic((f"विषय{number}", *LONG.split()), 9, 7, (LONG,), NOON) for number in range(1, 16)]
    text = operating.topics(wanted, TEXTS).text
    assert size_utf16(text) <= 4096
    assert "15. विषय15" in text


def test_a_report_with_much_left_out_and_long_reasons_fits():
    reasons = [{"name": f"समाचार-{number}.txt", "reason": LONG} for number in range(20)]
    report = {
        "published": True, "generation": "g1", "added": 1, "changed": 0, "removed": 0, "unchanged": 9,
        "skipped": {"count": 500, "first": reasons}, "failed": reasons,
    }  # fmt: skip
    text = operating.outcome(Outcome("published", report), TEXTS).text
    assert size_utf16(text) <= 4096
    assert TEXTS.operate.skipped.format(count=500) in text
    assert TEXTS.operate.sources_failed in text


def test_a_failure_with_a_long_reason_fits_and_says_what_to_do():
    text = operating.outcome(Outcome("refused", error=LONG), TEXTS).text
    assert size_utf16(text) <= 4096
    assert "/reload force" in text


@pytest.mark.parametrize("texts", [ALL.hindi, ALL.latin_hindi, ALL.english])
def test_the_last_reload_and_numbers_are_told_in_the_language_of_the_person(texts):
    generation = GenerationFacts("g1", NOON, articles=1, passages=3659)
    source = SourceFacts("news", "folder", articles=1)
    last = ReloadFacts(NOON, "published", added=3659, removed=1)
    told = operating.status(Facts(NOON, generation, (source,), reloads=(last,)), texts).text
    said = texts.operate
    assert f"{said.result_published}: {said.new.format(count=3659)}, {said.gone.format(count=1)}\n" in told
    assert ("added" in told, "1 ख़बरें" in told, "1 khabrein" in told, "1 stories" in told) == (False,) * 4
    nothing = ReloadFacts(NOON, "unchanged")
    told = operating.status(Facts(NOON, generation, reloads=(nothing,)), texts).text
    assert told.rstrip().endswith(said.result_unchanged)


def test_many_sources_with_long_errors_fit():
    sources = tuple(SourceFacts(f"https://news{n}.example/feed", "feed", error=LONG) for n in range(60))
    facts = Facts(NOON, None, sources, held_since=NOON)
    pages = operating.sources(facts, TEXTS)
    for content in (*pages, operating.status(facts, TEXTS)):
        assert size_utf16(content.text) <= 4096
    numbered = [line for page in pages for line in page.text.splitlines() if "feed (" in line]
    assert [line.partition(".")[0] for line in numbered] == [str(number) for number in range(1, 61)]
