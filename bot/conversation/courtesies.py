"""Greetings, thanks, and how one is: no questions, and nothing that the news would lack."""

from typing import Literal

from knowledge.language.normalise import normalise
from knowledge.language.words import words


def _set(listed: str) -> frozenset[str]:
    return frozenset(map(normalise, listed.split()))


_GREETINGS = _set(
    "नमस्ते नमस्कार प्रणाम सलाम हैलो हेलो हाय सुप्रभात "
    "namaste namaskar namaskaar pranam pranaam salaam hello helo hi hii hey suprabhat"
)
_THANKS = _set(
    "धन्यवाद शुक्रिया आभार थैंक्यू थैंक्स dhanyavad dhanyawad dhanyvad shukriya aabhar thanks thank thankyou thanx thx"
)
_BESIDE = _set(
    "जी आप आपका आपको तुम बहुत भाई दोस्त यार सर "
    "ji aap aapka aapko bahut bahot bhai dost yaar sir tum you u so very much a lot there"
)


_HOW_ARE_YOU = frozenset(
    " ".join(map(normalise, phrase.split()))
    for phrase in (
        "कैसे हो", "कैसी हो", "कैसे हैं", "कैसी हैं", "हाल कैसा है", "हाल चाल कैसा है", "सब ठीक", "सब ठीक है",
        "क्या हाल", "क्या हाल है", "क्या हाल हैं", "क्या हाल चाल", "क्या हाल चाल है", "क्या हालचाल है",
        "kaise ho", "kaisi ho", "kaise hain", "kaisi hain", "kaise hai", "haal kaisa hai",
        "kya haal", "kya haal hai", "kya haal hain", "kya haal chaal", "kya haal chaal hai",
        "kya hal", "kya hal hai", "kya hal chal", "kya hal chal hai", "sab theek", "sab theek hai",
        "how are", "how r", "how are things", "how do do", "how is it going", "whats up", "what's up",
    )
)  # fmt: skip
"""Without the words that stand beside them: how are (you)."""


def courtesy(text: str) -> Literal["greeting", "thanks", "how are you"] | None:
    """What a message is that consists of nothing else: `courtesy("namaste ji")` is "greeting"."""
    spoken = [normalise(word) for word in words(text)]
    said = set(spoken)
    core = " ".join(word for word in spoken if word not in _GREETINGS | _BESIDE | {"और", "aur", "today"})
    if core in _HOW_ARE_YOU:
        return "how are you"
    if not said <= _GREETINGS | _THANKS | _BESIDE:
        return None
    if said & _THANKS:
        return "thanks"
    return "greeting" if said & _GREETINGS else None
