"""What operators do to the corpus, from Telegram and from the command line alike."""

from dataclasses import dataclass, field
from typing import Literal

from bot.corpus.sources import Sources
from bot.settings import Settings
from knowledge.corpus.shelf import Shelf
from knowledge.errors import SourceError
from knowledge.sources.web.clock import Clock, SystemClock
from knowledge.sources.web.looking import Seen, look


@dataclass(frozen=True, slots=True)
class Target:
    """What a name stands for: a source that was added or one of the settings, or an article.

    `name` is a location or an id, `title` what people call it.
    """

    kind: Literal["added", "settings", "article"]
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Desk:
    """The deeds, on one data folder; each opens the store, and is called in a thread."""

    settings: Settings
    clock: Clock = field(default_factory=SystemClock)

    def add(self, address: str) -> Seen | None:
        """What is at the address, which is followed from now on; None for an article that is let in again.

        Raises:
            SourceError: there is nothing to follow, or it is followed already.
            StoreError: it can't be remembered.
        """
        with Sources.open(self.settings, self.clock) as sources:
            if sources.wishes.allow(address):
                sources.wishes.wish("reload", self.clock.now())
                return None
            if not address.startswith(("http://", "https://")):
                raise SourceError(f"“{address}”: no address; write it with http:// or https://")
            if any(each.location == address for each in sources.all()):
                raise SourceError(f"{address}: it is followed already; khabar sources tells how it does")
            seen = look(address, None, sources.web().fetcher)
            sources.wishes.add(address, seen.kind, self.clock.now())
            return seen

    def target(self, name: str) -> Target | None:
        """What is meant by the number or location of a source, or by the id or address of an article.

        Raises:
            StoreError: the store can't be read.
        """
        with Sources.open(self.settings, self.clock) as sources:
            all = sources.all()
            found = [each.location for each in all if each.location == name]
            if name.isdecimal() and 0 < int(name) <= len(all):
                found = [all[int(name) - 1].location]
            if not found:
                article = sources.wishes.article(name)
                return Target("article", article.id, article.title or article.id) if article else None
            own = {each.location for each in self.settings.corpus.sources}
            return Target("settings" if found[0] in own else "added", found[0], found[0])

    def remove(self, target: Target) -> None:
        """Drops the added source, or leaves the article out for good; the next reload carries it out.

        Raises:
            StoreError: it can't be remembered.
        """
        with Sources.open(self.settings, self.clock) as sources:
            if target.kind == "article" and (article := sources.wishes.article(target.name)):
                sources.wishes.ban(article, self.clock.now())
            elif target.kind == "added" and sources.wishes.drop(target.name):
                sources.memory.forget(target.name)
            sources.wishes.wish("reload", self.clock.now())

    def roll_back(self) -> str:
        """The generation before the served one, which is served until an operator reloads.

        Raises:
            GenerationError: there is none, or none that can be read.
            StoreError: the schedule can't be held.
        """
        with Sources.open(self.settings, self.clock) as sources, sources.wishes.transaction():
            sources.wishes.wish("hold", self.clock.now())  # first: a rollback that isn't held is undone
            return Shelf(self.settings.data_dir).rollback()

    def served(self) -> str | None:
        """The id of the served generation."""
        return Shelf(self.settings.data_dir).current()

    def is_due(self) -> bool:
        """Whether the schedule has anything to reload."""
        with Sources.open(self.settings, self.clock) as sources:
            return sources.is_due()
