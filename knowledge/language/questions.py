"""What kind of answer a question wants, and which words are of that kind."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from knowledge.language.normalise import normalise

Wanted = Literal["number", "time", "reason", "name", "place", "anything"]

_ASKING: tuple[tuple[Wanted, str], ...] = (
    ("number", "कितना कितनी कितने कितनों many much"),
    ("time", "कब तारीख when date"),
    ("reason", "क्यों किसलिए why"),
    ("place", "कहां किधर where"),
    ("name", "कौन किसने किसका किसकी किसके किसको किसे किससे किन्होंने किन्हें who whom whose"),
)
_NUMBERS = """एक दो तीन चार पांच छह छः सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस बीस
    पच्चीस तीस चालीस पचास साठ सत्तर अस्सी नब्बे सौ हजार लाख करोड़ अरब दर्जन दोनों तीनों चारों आधा डेढ़ ढाई
    पहला पहली दूसरा दूसरे दूसरी तीसरा तीसरे तीसरी"""
_TIMES = """जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर अक्तूबर नवंबर दिसंबर
    सोमवार मंगलवार बुधवार गुरुवार गुरूवार बृहस्पतिवार शुक्रवार शनिवार रविवार"""
_REASONS = "क्योंकि वजह कारण ताकि इसलिए चलते मद्देनजर लिए"

_WANTED_BY = {normalise(word): wanted for wanted, asking in reversed(_ASKING) for word in asking.split()}
_NUMBER_WORDS = frozenset(map(normalise, _NUMBERS.split()))
_TIME_WORDS = frozenset(map(normalise, _TIMES.split()))
_REASON_WORDS = frozenset(map(normalise, _REASONS.split()))


def wanted(words: Sequence[str]) -> Wanted:
    """The kind of answer that a question's words want: `wanted(["कब", "हुआ"])` is "time"."""
    kinds = {kind for word in words if (kind := _WANTED_BY.get(normalise(word)))}
    return next((kind for kind, _ in _ASKING if kind in kinds), "anything")


def gives(form: str, kind: Wanted) -> float:
    """How well a normalised word is of the wanted kind, 0 to 1.

    A number of four digits may be a year, any other a day.
    """
    number = form[:1].isdigit() or form in _NUMBER_WORDS
    if kind == "number":
        return float(number)
    if kind == "time":
        return 1.0 if form in _TIME_WORDS or (form.isdigit() and len(form) == 4) else 0.3 * number
    return float(kind == "reason" and form in _REASON_WORDS)


def role(sequence: Sequence[int | str]) -> int | None:
    """The concept that says what somebody is who is asked for, None where none does.

    `sequence` is a question's, as in `Query`: of रक्षा मंत्री कौन हैं, and of who is the defence minister of,
    it is the number of मंत्री. A name follows it in a passage that answers.
    """
    for place, word in enumerate(sequence):
        if word == "कौन" and place and isinstance(before := sequence[place - 1], int):
            return before
        if word == "who":
            return _last_of_first_run(sequence[place + 1 :])
    return None


def counted(sequence: Sequence[int | str]) -> int | None:
    """The concept that stands behind how many or how much, None where none does: of कितने साल that of साल.

    `sequence` is a question's, as in `Query`. A number stands before it in a passage that answers.
    """
    return next(
        (
            item
            for word, item in pairwise(sequence)
            if isinstance(item, int) and isinstance(word, str) and _WANTED_BY.get(word) == "number"
        ),
        None,
    )


def _last_of_first_run(sequence: Sequence[int | str]) -> int | None:
    """The last of the concepts that come first without a function word between them."""
    last: int | None = None
    for item in sequence:
        if isinstance(item, int):
            last = item
        elif last is not None:
            break
    return last
