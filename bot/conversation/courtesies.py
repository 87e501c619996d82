"""Greetings and thanks: no questions, and nothing that the news would lack."""

from typing import Literal

from knowledge.language.normalise import normalise
from knowledge.language.words import words


def _set(listed: str) -> frozenset[str]:
    return frozenset(map(normalise, listed.split()))


_GREETINGS = _set(
    "नमस्ते नमस्कार प्रणाम सलाम हैलो हेलो हाय "
    "namaste namaskar namaskaar pranam pranaam salaam hello helo hi hii hey"
)
_THANKS = _set(
    "धन्यवाद शुक्रिया आभार थैंक्यू थैंक्स dhanyavad dhanyawad dhanyvad shukriya aabhar thanks thank thankyou thanx thx"
)
_BESIDE = _set(
    "जी आप आपका आपको बहुत भाई दोस्त सर "
    "ji aap aapka aapko bahut bahot bhai dost sir you u so very much a lot there"
)


def courtesy(text: str) -> Literal["greeting", "thanks"] | None:
    """What a message is that consists of nothing else: `courtesy("namaste ji")` is "greeting"."""
    said = {normalise(word) for word in words(text)}
    if not said <= _GREETINGS | _THANKS | _BESIDE:
        return None
    if said & _THANKS:
        return "thanks"
    return "greeting" if said & _GREETINGS else None
