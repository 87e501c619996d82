"""In which of its languages the bot speaks to a person."""

from collections import OrderedDict

from telegram import User

from bot.messages.catalogue import Catalogue, Catalogues
from knowledge.articles import Script
from knowledge.language.concepts import script_of
from knowledge.language.function_words import FunctionWords
from knowledge.language.words import words

_PERSONS = 10_000


class Voice:
    """Speaks to people as they wrote last: Hindi in either script, or English.

    What that was, is in memory alone, for those who wrote last. To all others the bot speaks the language of
    their Telegram.
    """

    def __init__(self, catalogues: Catalogues, function_words: FunctionWords) -> None:
        self._catalogues = catalogues
        self._words = function_words
        self._wrote: OrderedDict[int, Catalogue] = OrderedDict()

    def replying(self, text: str, person: User | None) -> Catalogue:
        """The catalogue for a reply to what a person wrote; without letters in it, the one for the person."""
        script = script_of(text)
        if script == "other":
            return self.to(person)
        is_english = script == "latin" and self._is_english(text)
        texts = self._catalogues.english if is_english else self._catalogues.for_script(script)
        if person and not person.is_bot:  # Telegram's own stands for whoever writes unnamed, in any group
            self._remember(person.id, texts)
        return texts

    def to(self, person: User | None, script: Script | None = None) -> Catalogue:
        """The catalogue for a person who wrote no words just now; `script` is what the talk is in, if any."""
        if person and person.id in self._wrote:
            return self._wrote[person.id]
        if script:
            return self._catalogues.for_script(script)
        return self._catalogues.for_language(person.language_code if person else None)

    def _is_english(self, text: str) -> bool:
        """Whether the words that tell the languages apart are English ones: the and who, not hai and kab."""
        said = set(words(text))
        english = {word for word in said if self._words.is_english(word)}
        hindi = {word for word in said if self._words.is_hindi(word)}
        return len(english - hindi) > len(hindi - english)

    def _remember(self, person: int, texts: Catalogue) -> None:
        self._wrote.pop(person, None)
        self._wrote[person] = texts
        if len(self._wrote) > _PERSONS:
            self._wrote.popitem(last=False)
