import pytest
from standin_client import Person

from bot.conversation.courtesies import courtesy
from bot.messages import catalogue
from bot.web.standin import StandIn

TEXTS = catalogue.load()


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("नमस्ते!", "greeting"),
        ("Namaste ji 🙏", "greeting"),
        ("hello, thank you so much", "thanks"),
        ("बहुत-बहुत धन्यवाद", "thanks"),
        ("shukriya bhai", "thanks"),
        ("धन्यवाद प्रस्ताव पर किसने जवाब दिया", None),
        ("hi-tech city kahan hai", None),
        ("कैसे हो", "how are you"),
        ("नमस्ते, आप कैसे हैं?", "how are you"),
        ("Kya haal hai bhai", "how are you"),
        ("aur kaise ho", "how are you"),
        ("Hi, how are you?", "how are you"),
        ("क्या हाल है दिल्ली का", None),
        ("how much", None),
        ("how are elections held", None),
        ("जी", None),
        ("", None),
    ],
)
def test_greetings_and_thanks_are_told_from_questions(said: str, kind: str | None) -> None:
    assert courtesy(said) == kind


async def test_they_are_returned_in_kind_and_not_looked_up(telegram: StandIn) -> None:
    async with Person(telegram.origin) as meera:
        assert (await meera.ask("नमस्ते"))["text"] == TEXTS.hindi.start
        assert (await meera.ask("dhanyavad"))["text"] == TEXTS.latin_hindi.welcome
        assert (await meera.ask("बहुत शुक्रिया"))["text"] == TEXTS.hindi.welcome
        assert (await meera.ask("kya haal hai"))["text"] == TEXTS.latin_hindi.i_am_well
        assert (await meera.ask("कैसे हो"))["text"] == TEXTS.hindi.i_am_well
        assert (await meera.ask("how are you"))["text"] == TEXTS.english.i_am_well
    assert "sendChatAction" not in [call.method for call in telegram.calls.made]
