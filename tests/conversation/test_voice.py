"""In which language the bot speaks: as people write, and without a word of theirs, as their Telegram."""

import pytest
from bot_in_loop import keeping
from standin_client import Person
from telegram import User

from bot.conversation.voice import Voice
from bot.messages import catalogue
from bot.web.standin import StandIn
from knowledge.language.function_words import read_function_words

TEXTS = catalogue.load()
LATIN, ENGLISH = "surajpur ki metro kab chalegi?", "When was the metro in Surajpur opened?"
DEVANAGARI = "सूरजपुर में मेट्रो कब चलेगी?"


@pytest.mark.parametrize("language_code", ["hi", "en", None])
@pytest.mark.parametrize(
    ("question", "texts"),
    [(LATIN, TEXTS.latin_hindi), (DEVANAGARI, TEXTS.hindi), (ENGLISH, TEXTS.english)],
)
async def test_who_has_asked_is_spoken_to_as_they_wrote(telegram: StandIn, language_code, question, texts):
    async with Person(telegram.origin, language_code=language_code) as meera:
        assert (await meera.ask(question))["text"].startswith(texts.no_answer)
        assert (await meera.ask("/help"))["text"] == texts.help
        assert (await meera.ask("/start"))["text"] == texts.start
        assert (await meera.ask("🙏🙏"))["text"] == texts.no_question


async def test_privacy_is_told_in_the_letters_of_the_question(library, tmp_path):
    async with keeping(library, tmp_path, days=45) as standin, Person(standin.origin) as meera:
        await meera.ask(LATIN)
        assert (await meera.ask("/privacy"))["text"] == TEXTS.latin_hindi.privacy.format(days=45)
        assert (await meera.ask("/forget"))["text"] == TEXTS.latin_hindi.forgotten.format(count=1)


async def test_everybody_is_spoken_to_in_their_own_language(telegram: StandIn):
    async with Person(telegram.origin, id=501) as meera, Person(telegram.origin, id=502) as ravi:
        await meera.ask(LATIN)
        assert (await ravi.ask("/help"))["text"] == TEXTS.hindi.help
        await meera.ask(DEVANAGARI)
        assert (await meera.ask("/help"))["text"] == TEXTS.hindi.help, "as they wrote last"


def test_who_writes_unnamed_is_remembered_as_nobody():
    unnamed = User(1087968824, "Group", is_bot=True, username="GroupAnonymousBot")  # the same in all groups
    voice = Voice(TEXTS, read_function_words())
    assert voice.replying(LATIN, unnamed) == TEXTS.latin_hindi
    assert voice.to(unnamed) == TEXTS.hindi


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("aaj petrol ka daam kya hai", "hi-Latn"),
        ("India ka PM kaun hai?", "hi-Latn"),
        ("PM kisan yojana", "hi-Latn"),
        ("Who won the match?", "en"),
        ("tell me about Modi", "en"),
        ("IPL का match कब है", "hi"),
    ],
)
def test_what_people_write_tells_their_language(text, language):
    assert Voice(TEXTS, read_function_words()).replying(text, None).language == language
