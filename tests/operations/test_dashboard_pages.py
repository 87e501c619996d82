import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
from operator_pages import NOW, TODAY, TOKEN, Operations

from bot.questions.log import DayCount
from bot.questions.topics import Topic
from bot.watch.facts import Facts, ReloadProgress, SourceFacts
from knowledge.errors import StoreError


async def page_of(operations: Operations) -> str:
    response = await operations.http.get("/operate")
    assert response.status_code == 200
    return response.text


async def form_key(operations: Operations) -> str:
    found = re.search(r'name="key" value="(\w+)"', await page_of(operations))
    assert found
    return found[1]


async def test_a_stranger_sees_the_login_and_nothing_else(operations):
    assert (await operations.http.get("/operate")).headers["location"] == "/operate/login"
    login = await operations.http.get("/operate/login")
    assert login.status_code == 200
    assert "Operator token" in login.text
    assert "samachar.example" not in login.text
    assert (await operations.http.get("/operate/reload")).status_code == 403
    assert (await operations.http.post("/operate/reload", data={"key": ""})).status_code == 403
    assert operations.reloading.started == []


async def test_who_knows_the_token_gets_in(operations):
    response = await operations.log_in()
    assert (response.status_code, response.headers["location"]) == (303, "/operate")
    cookie = response.headers["set-cookie"]
    assert TOKEN not in cookie
    assert {"HttpOnly", "SameSite=strict", "Path=/operate"} <= set(cookie.split("; "))
    assert "12,480" in await page_of(operations)
    assert (await operations.http.get("/operate/login")).headers["location"] == "/operate"


async def test_behind_a_proxy_with_tls_the_cookie_travels_by_tls_alone(operations):
    forwarded = {"X-Forwarded-Proto": "https"}
    response = await operations.http.post("/operate/login", data={"token": TOKEN}, headers=forwarded)
    assert "Secure" in response.headers["set-cookie"].split("; ")


async def test_wrong_tokens_are_refused_and_then_have_to_wait(operations, caplog):
    for _ in range(5):
        wrong = await operations.http.post("/operate/login", data={"token": "anything else"})
        assert wrong.status_code == 403
        assert "set-cookie" not in wrong.headers
    late = await operations.http.post("/operate/login", data={"token": "anything else"})
    assert (late.status_code, late.headers["retry-after"]) == (429, "60")
    operations.clock.seconds += 60
    assert (await operations.http.post("/operate/login", data={"token": "more"})).status_code == 403
    assert [record.message for record in caplog.records if "operator token" in record.message] == [
        "A wrong operator token came from 127.0.0.1"
    ] * 6


async def test_the_right_token_gets_in_whatever_others_try(operations):
    for number in range(40):
        forwarded = {"X-Forwarded-For": f"192.0.2.{number}"}
        wrong = await operations.http.post(
            "/operate/login", data={"token": "anything else"}, headers=forwarded
        )
        assert wrong.status_code == (403 if number < 5 else 429), "another address is no new chance"
    assert (await operations.log_in()).status_code == 303


async def test_wrong_tokens_sent_at_once_are_counted_as_well(operations):
    sent, whole = asyncio.Semaphore(0), asyncio.Event()

    async def token() -> AsyncIterator[bytes]:
        yield b"token="
        sent.release()
        await whole.wait()
        yield b"wrong"

    headers = {"content-type": "application/x-www-form-urlencoded", "content-length": "11"}
    logins = [
        asyncio.create_task(operations.http.post("/operate/login", content=token(), headers=headers))
        for _ in range(30)
    ]
    for _ in logins:
        await sent.acquire()
    for _ in range(2):  # what was sent before is being handled by now
        await operations.http.get("/livez")
    whole.set()
    answers = await asyncio.gather(*logins)
    assert sorted(answer.status_code for answer in answers) == [403] * 5 + [429] * 25


async def test_a_strangers_large_form_is_not_read(operations):
    large = await operations.http.post("/operate/login", data={"token": TOKEN, "more": "x" * 5_000})
    assert large.status_code == 403


async def test_logging_out_ends_it(operations):
    await operations.log_in()
    assert (await operations.http.post("/operate/logout")).status_code == 403, "not without the form's key"
    left = await operations.http.post("/operate/logout", data={"key": await form_key(operations)})
    assert left.headers["location"] == "/operate/login"
    assert (await operations.http.get("/operate")).status_code == 303


async def test_a_reload_needs_the_pages_own_form(operations):
    await operations.log_in()
    assert (await operations.http.post("/operate/reload")).status_code == 403
    assert (await operations.http.post("/operate/reload", data={"key": "0" * 64})).status_code == 403
    assert (await operations.http.get("/operate/reload")).json()["running"] is False
    assert operations.reloading.started == []


@pytest.mark.parametrize(("form", "forced"), [({}, False), ({"force": "on"}, True)])
async def test_a_reload_starts_and_is_watched(operations, form, forced):
    await operations.log_in()
    started = await operations.http.post("/operate/reload", data={"key": await form_key(operations)} | form)
    assert started.headers["location"] == "/operate#reload"
    assert operations.reloading.started == [forced]
    operations.reloading.now = ReloadProgress("fetched", 30, 120)
    state = (await operations.http.get("/operate/reload")).json()
    assert state == {"running": True, "share": 0.25, "text": "fetched: 30 of 120", "result": None}
    assert '<meta http-equiv="refresh" content="3; url=/operate">' in await page_of(operations)
    operations.end_reload("published", "5 added, 1 changed")
    state = (await operations.http.get("/operate/reload")).json()
    assert state == {"running": False, "share": None, "text": "", "result": None}
    assert "<b>Published</b> just now: 5 added, 1 changed" in await page_of(operations)
    assert "http-equiv" not in await page_of(operations)


@pytest.mark.parametrize(("result", "told"), [("died", "died"), ("refused", "was refused")])
async def test_a_reload_that_came_to_nothing_is_shown_at_once(operations, result, told):
    well = tuple(replace(each, failing_since=None) for each in operations.facts.sources)
    operations.facts = replace(operations.facts, sources=well)
    await operations.log_in()
    assert "All is well" in await page_of(operations)
    operations.end_reload(result, "its process ended by signal 9")
    text = await page_of(operations)
    assert "All is well" not in text
    assert f"The last reload {told}" in text
    assert f"<b>{result.capitalize()}</b> just now: its process ended by signal 9" in text


async def test_after_a_rollback_the_page_says_that_nothing_is_read(operations):
    await operations.log_in()
    assert "Rolled back" not in await page_of(operations)
    operations.facts = replace(operations.facts, held_since=NOW - timedelta(hours=3))
    text = await page_of(operations)
    assert re.search(r"Rolled back <time [^>]*>3 h ago</time>: nothing is read by itself", text)


async def test_a_page_that_is_made_while_a_reload_ends_looks_again(operations):
    await operations.log_in()
    operations.reloading.now = ReloadProgress("publishing")
    operations.meanwhile = lambda: operations.end_reload("published", "5 added")
    assert "http-equiv" in await page_of(operations), "it doesn't show the reload before as the last one"


async def test_where_the_store_cant_be_read_the_page_says_what_to_do(operations):
    await operations.log_in()
    operations.trouble = StoreError("store.sqlite3: database disk image is malformed: delete it")
    response = await operations.http.get("/operate")
    assert response.status_code == 503
    assert response.text == "store.sqlite3: database disk image is malformed: delete it\n"


async def test_the_page_shows_sources_with_their_errors(operations):
    await operations.log_in()
    text = await page_of(operations)
    assert "1 of 5 sources failing" in text
    assert "the server answers 503 Service Unavailable" in text
    assert "failing since" in text
    assert text.count('<svg class="spark"') == 3


async def test_the_page_shows_questions_topics_and_latency(operations):
    await operations.log_in()
    text = await page_of(operations)
    for outcome in ("answered", "unsure", "unanswered"):
        total = sum(each.questions for each in operations.facts.questions if each.outcome == outcome)
        assert f"{outcome} <b>{total:,}</b>" in text
    assert "बोर्ड परीक्षा तारीख" in text
    assert "95 % within 11.8 ms" in text
    assert "52.3 GB" in text
    assert text.count('role="img"') == 2
    assert text.count(f'<th scope="row">{TODAY}</th>') == 2, "each chart has its table"


async def test_the_topics_that_most_people_miss_come_first_with_the_longest_bar(operations):
    often = Topic(("पानी",), 9, 2, ("पानी कब आएगा?",), NOW)
    by_many = Topic(("मेला",), 4, 4, ("मेला कब है?",), NOW)
    operations.facts = replace(operations.facts, topics=(by_many, often))
    await operations.log_in()
    topics = (await page_of(operations)).partition('<ol class="topics">')[2]
    assert re.findall(r'<rect width="([\d.]+)"|(\d+ (?:people|questions))', topics) == [
        *(("100.0", ""), ("", "4 people"), ("", "4 questions")),
        *(("50.0", ""), ("", "2 people"), ("", "9 questions")),
    ]


async def test_the_page_shows_votes_by_day(operations):
    questions = (
        DayCount(TODAY, "devanagari", "answered", 60, good=1_031, bad=4),
        DayCount(TODAY, "latin", "unsure", 9, good=2, bad=3),
    )
    operations.facts = replace(operations.facts, questions=questions)
    await operations.log_in()
    text = await page_of(operations)
    assert "100 % answered · 👍&nbsp;1,033 · 👎&nbsp;7" in text
    figures = (f"{TODAY}</th>", "60", "9", "0", "1,033", "7")
    assert '<td class="number">'.join(f"{each}</td>" if "<" not in each else each for each in figures) in text


async def test_what_publishers_and_people_write_is_text(operations):
    evil = "<script>alert(1)</script>"
    source = SourceFacts(f"https://x.example/{evil}", "feed", error=evil, failing_since=NOW)
    topics = (Topic((evil,), 1, 1, (f'"{evil}',), NOW),)
    operations.facts = replace(operations.facts, sources=(source,), topics=topics)
    await operations.log_in()
    text = await page_of(operations)
    assert evil not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 4


async def test_a_bot_that_has_done_nothing_yet_has_a_page_too(operations):
    operations.facts = Facts(at=NOW, generation=None, sources=(SourceFacts("/srv/news", "folder"),))
    await operations.log_in()
    text = await page_of(operations)
    assert "Nothing was published yet." in text
    assert "Nothing is served" in text


async def test_the_pages_load_nothing_from_elsewhere_and_cant_be_framed(operations):
    await operations.log_in()
    for path in ("/operate", "/operate/login", "/operate/static/operate.js"):
        headers = (await operations.http.get(path)).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
    assert (await operations.http.get("/operate/static/%2e%2e/dashboard.py")).status_code == 404


async def test_a_session_ends_by_itself(operations):
    await operations.log_in()
    operations.clock.seconds += timedelta(hours=12).total_seconds()
    assert (await operations.http.get("/operate")).headers["location"] == "/operate/login"
