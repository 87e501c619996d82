"""The last row below an answer, by which people say whether it helped: pure functions."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.questions.log import Votes

DATA = r"^(good|bad):[\w-]+$"
"""The data of both buttons: the vote, and the id of the question in the log."""

_SIGNS = {"good": "👍", "bad": "👎"}


def offered(keyboard: InlineKeyboardMarkup | None, question: str) -> InlineKeyboardMarkup:
    """The keyboard with the buttons to vote on the answer to the question with this id."""
    return _with_row(keyboard, question, dict.fromkeys(_SIGNS, ""))


def counted(
    keyboard: InlineKeyboardMarkup | None, question: str, votes: Votes, *, private: bool
) -> InlineKeyboardMarkup:
    """The keyboard with the votes so far: a tick at the only person's, in a group how many there are."""
    counts = {"good": votes.good, "bad": votes.bad}
    marks = {vote: f" {'✓' if private else count}" if count else "" for vote, count in counts.items()}
    return _with_row(keyboard, question, marks)


def without(keyboard: InlineKeyboardMarkup | None) -> InlineKeyboardMarkup | None:
    """The keyboard without the buttons to vote; None when no others are left."""
    rows = _others(keyboard)
    return InlineKeyboardMarkup(rows) if rows else None


def read(data: str) -> tuple[str, bool]:
    """The id of the question, and whether its answer was found good: `good:a1` is `("a1", True)`."""
    vote, _, question = data.partition(":")
    return question, vote == "good"


def _with_row(
    keyboard: InlineKeyboardMarkup | None, question: str, marks: dict[str, str]
) -> InlineKeyboardMarkup:
    row = [
        InlineKeyboardButton(sign + marks[vote], callback_data=f"{vote}:{question}")
        for vote, sign in _SIGNS.items()
    ]
    return InlineKeyboardMarkup([*_others(keyboard), row])


def _others(keyboard: InlineKeyboardMarkup | None) -> list[tuple[InlineKeyboardButton, ...]]:
    """The rows with addresses: all that an answer has besides."""
    rows = keyboard.inline_keyboard if keyboard else ()
    return [row for row in rows if all(button.url for button in row)]
