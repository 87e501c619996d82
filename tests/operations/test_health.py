import re
from dataclasses import replace

import pytest
from operator_pages import GENERATION, Operations
from prometheus_client.parser import text_string_to_metric_families
from telegram.error import NetworkError, TimedOut

from bot.watch.hearing import FAILURES, SILENT_AFTER_S, failure_of
from bot.watch.metrics import OUTCOMES, RESULTS, SCRIPTS, Metrics
from knowledge.errors import StoreError


async def metrics_of(operations: Operations) -> dict[str, dict[tuple[str, ...], float]]:
    """The samples by name and label values."""
    response = await operations.http.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=")
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(response.text):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(value for _, value in sorted(sample.labels.items()))] = (
                sample.value
            )
    return found


async def test_it_lives_while_the_loop_turns(operations):
    assert (await operations.http.get("/livez")).status_code == 200


async def test_it_is_ready_when_something_is_served_and_telegram_was_heard(operations):
    operations.hearing.note(200)
    response = await operations.http.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "ready": True, "missing": {}, "generation": GENERATION.id, "telegram_silent_s": 0.0
    }  # fmt: skip


async def test_it_says_that_telegram_is_missing(operations):
    response = await operations.http.get("/readyz")
    assert response.status_code == 503
    assert response.json()["missing"] == {"telegram": f"not heard for {SILENT_AFTER_S:.0f} s"}
    operations.hearing.note(200)
    operations.clock.seconds += SILENT_AFTER_S
    assert (await operations.http.get("/readyz")).status_code == 503
    operations.hearing.note(502)
    assert (await operations.http.get("/readyz")).status_code == 503
    operations.hearing.note(200)
    assert (await operations.http.get("/readyz")).status_code == 200


async def test_it_says_that_the_generation_is_missing(operations):
    operations.hearing.note(200)
    operations.facts = replace(operations.facts, generation=None)
    response = await operations.http.get("/readyz")
    assert response.status_code == 503
    assert list(response.json()["missing"]) == ["generation"]


@pytest.mark.parametrize(
    ("outcome", "failure"),
    [
        (200, None), (429, "flood"), (409, "conflict"), (401, "token"), (404, "token"),
        (400, "request"), (403, "request"), (500, "server"), (502, "server"),
        (NetworkError("refused"), "network"), (TimedOut(), "timed_out"),
    ],
)  # fmt: skip
def test_what_goes_wrong_with_telegram_has_few_names(outcome, failure):
    assert failure_of(outcome) == failure


async def test_every_series_is_there_from_the_start(operations):
    metrics = await metrics_of(operations)
    assert metrics["khabar_queries_total"] == {(o, s): 0.0 for o in OUTCOMES for s in SCRIPTS}
    assert metrics["khabar_reload_total"] == {(result,): 0.0 for result in RESULTS}
    assert metrics["khabar_telegram_errors_total"] == {(failure,): 0.0 for failure in FAILURES}
    assert metrics["khabar_query_seconds_count"] == {(): 0.0}


async def test_metrics_count(operations):
    operations.metrics.asked("answered", "latin", 0.004)
    operations.metrics.asked("answered", "latin", 0.3)
    operations.metrics.reloaded("refused")
    operations.hearing.note(429)
    operations.hearing.note(200)
    operations.clock.seconds += 7
    metrics = await metrics_of(operations)
    assert metrics["khabar_queries_total"]["answered", "latin"] == 2
    assert metrics["khabar_query_seconds_bucket"]["0.005",] == 1
    assert metrics["khabar_query_seconds_count"][()] == 2
    assert metrics["khabar_reload_total"]["refused",] == 1
    assert metrics["khabar_telegram_errors_total"]["flood",] == 1
    assert metrics["khabar_last_heard_seconds"][()] == 7


async def test_metrics_say_what_is_served_now(operations):
    metrics = await metrics_of(operations)
    assert metrics["khabar_generation_info"] == {(GENERATION.id,): 1.0}
    assert metrics["khabar_articles"] == {(): 12_480}
    assert metrics["khabar_passages"] == {(): 58_113}
    assert "khabar_last_heard_seconds" not in metrics
    newer = replace(GENERATION, id="20261105T100000.000Z-c3d4", articles=12_481)
    operations.facts = replace(operations.facts, generation=newer)
    metrics = await metrics_of(operations)
    assert metrics["khabar_generation_info"] == {(newer.id,): 1.0}, "the old one's series ends"
    assert metrics["khabar_articles"] == {(): 12_481}


async def test_a_source_is_named_by_its_number_since_its_address_may_hold_a_secret(operations):
    metrics = await metrics_of(operations)
    assert metrics["khabar_source_up"] == {
        ("feed", "1"): 1, ("sitemap", "2"): 1, ("feed", "3"): 0, ("page", "4"): 1, ("folder", "5"): 1
    }  # fmt: skip
    text = (await operations.http.get("/metrics")).text
    assert not re.search(r"example|/srv", text)


async def test_what_people_ask_never_becomes_a_label(operations):
    before = len((await metrics_of(operations))["khabar_queries_total"])
    for outcome in OUTCOMES:
        for script in SCRIPTS:
            operations.metrics.asked(outcome, script, 0.001)
    assert len((await metrics_of(operations))["khabar_queries_total"]) == before


def test_the_counters_are_told_also_when_the_store_cant_be_read():
    def facts() -> None:
        raise StoreError("store.sqlite3: file is not a database")

    metrics = Metrics()
    metrics.asked("answered", "latin", 0.004)
    metrics.show(facts, lambda: 7.0)
    lines = metrics.text().decode().splitlines()
    assert 'khabar_queries_total{outcome="answered",script="latin"} 1.0' in lines
    assert "khabar_last_heard_seconds 7.0" in lines
