"""Articles that are the same: by their address, their words, or their id."""

from dataclasses import dataclass, field

WEB = ("http://", "https://")
"""How the names of sources on the web begin."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An article that was left out, because the article `of` is the same one and came first.

    Both are ids. For people there are the left out article's `title`, and the `place` where they find it: an
    address on the web, or the id, which names the file.
    """

    name: str
    of: str
    reason: str
    title: str = field(default="", compare=False)
    place: str = field(default="", compare=False)


class Seen:
    """The articles kept so far, by what makes two articles one."""

    def __init__(self) -> None:
        self._sources: dict[str, str] = {}
        self._addresses: dict[str, str] = {}
        self._texts: dict[str, tuple[str, str | None]] = {}

    def twin(self, source: str, id: str, address: str | None, digest: str) -> Duplicate | None:
        """The article as a duplicate of one that came before; None if it is none.

        The same text at two addresses is two articles: they are linked as copies. An id from the web is
        made from the article's address: it stands for one article in all sources.
        """
        if address is not None and address in self._addresses:
            return Duplicate(id, self._addresses[address], "the same address")
        of, its_address = self._texts.get(digest, (None, None))
        if of is not None and not (address and its_address):
            return Duplicate(id, of, "the same text")
        other = self._sources.get(id)
        if other is not None and source.startswith(WEB) and other.startswith(WEB):
            return Duplicate(id, id, "the same id")
        return None

    def keep(self, source: str, id: str, address: str | None, digest: str) -> str:
        """The id under which the article is kept: its own, or one that tells it from a namesake."""
        while id in self._sources:
            id = f"{source}/{id}"
        self._sources[id] = source
        if address:
            self._addresses[address] = id
        self._texts.setdefault(digest, (id, address))
        return id
