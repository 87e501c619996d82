"""Questions as the log keeps them, for tests."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.questions.log import Asked

NOON = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)
PLAIN = Asked(
    time=NOON,
    question="कोसी पर पुल कब बना?",
    script="devanagari",
    answered=True,
    unsure=False,
    confidence=0.9,
    passages=("pul#0",),
    took_ms=7.5,
    generation="20240501T000000.000Z-abcd",
    person="0" * 32,
    chat="private",
)


def asked(question: str = PLAIN.question, **more: Any) -> Asked:
    return replace(PLAIN, question=question, **more)


def in_vain(question: str, **more: Any) -> Asked:
    return asked(question, **{"answered": False, "passages": (), "confidence": 0.1, **more})
