import io
import logging
import sys
from collections.abc import Iterator

import pytest

from bot.logs import Redactor, configure

TOKEN = "123456789:AAHfiqksKZ8WmHBbmYV3yNzbJ1Fi5iQyZzQ"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    root = logging.getLogger()
    before = root.level, root.handlers[:]
    stream = io.StringIO()
    configure(Redactor(["वेबहुक-secret"]), stream)
    yield stream
    root.level, root.handlers[:] = before


def test_a_line_has_no_token(log: io.StringIO):
    logging.getLogger("anything").info("GET %s", f"https://api.telegram.org/bot{TOKEN}/getMe")
    assert "https://api.telegram.org/bot<secret>/getMe" in log.getvalue()


def test_a_traceback_has_no_token_nor_its_cause(log: io.StringIO):
    error = RuntimeError(f"refused: {TOKEN.replace(':', '%3A')}, वेबहुक-secret")
    error.__cause__ = ValueError(f"{TOKEN} is wrong")
    logging.getLogger("anything").error("It failed", exc_info=error)
    assert "RuntimeError: refused: <secret>, <secret>" in log.getvalue()
    assert "ValueError: <secret> is wrong" in log.getvalue()
    assert TOKEN not in log.getvalue()


def test_what_ends_the_program_has_no_token(log: io.StringIO):
    error = RuntimeError(f"{TOKEN} is wrong")
    sys.excepthook(RuntimeError, error, None)
    assert "RuntimeError: <secret> is wrong" in log.getvalue()
    assert TOKEN not in log.getvalue()


@pytest.mark.parametrize("name", ["httpx", "httpcore"])
def test_requests_are_not_told_one_by_one(log: io.StringIO, name: str):
    logging.getLogger(name).info("HTTP Request: GET https://example.com")
    logging.getLogger(name).warning("something is wrong")
    assert "HTTP Request" not in log.getvalue()
    assert "something is wrong" in log.getvalue()


def test_what_only_looks_a_little_like_a_token_stays():
    assert Redactor()("12:30 बजे, 2021:अप्रैल") == "12:30 बजे, 2021:अप्रैल"
