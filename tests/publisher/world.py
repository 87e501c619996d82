"""What papers publish in a month, and what befalls them: a pure function of the time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Look = Literal["story", "mislabelled", "login", "empty", "huge", "babble"]
READABLE = ("story", "mislabelled")


@dataclass(frozen=True, slots=True)
class Version:
    """What a piece is from `since` on, and where."""

    since: datetime
    path: str
    title: str
    text: str
    look: Look = "story"


@dataclass(frozen=True, slots=True)
class Piece:
    """One article of one paper through time.

    Attributes:
        story: the number of its story, which copies share.
        versions: oldest first; where the path changes, the old one redirects if `redirects`.
        gone_at: when it is taken back, with the status `gone` from then on.
        redirects: whether a piece that moved leaves a redirect behind, or nothing.
    """

    story: int
    versions: tuple[Version, ...]
    gone_at: datetime | None = None
    gone: int = 404
    redirects: bool = True

    @property
    def out_at(self) -> datetime:
        return self.versions[0].since

    def at(self, now: datetime) -> Version | None:
        """What it is now; None before it is out, and when it was taken back."""
        if self.gone_at and self.gone_at <= now:
            return None
        return next((version for version in reversed(self.versions) if version.since <= now), None)

    def known_at(self, now: datetime) -> Version | None:
        """The words that a reader who was there all the time knows, at the place where they are now."""
        current = self.at(now)
        readable = [each for each in self.versions if each.since <= now and each.look in READABLE]
        if current is None or not readable:
            return None
        last = readable[-1]
        return Version(last.since, current.path, last.title, last.text)

    def known_since(self, begin: datetime, now: datetime) -> set[Version]:
        """All that such a reader has known at any of these times."""
        moments = (begin, now, *(version.since for version in self.versions))
        return {known for each in moments if begin <= each <= now and (known := self.known_at(each))}

    def changed_at(self, now: datetime) -> datetime:
        """When it last changed, of the times up to now."""
        moments = [version.since for version in self.versions] + [self.gone_at or self.out_at]
        return max(moment for moment in moments if moment <= now)


@dataclass(frozen=True, slots=True)
class Rules:
    """A robots.txt."""

    since: datetime
    delay_s: int
    disallowed: tuple[str, ...] = ()

    @property
    def body(self) -> bytes:
        lines = [
            "User-agent: *",
            f"Crawl-delay: {self.delay_s}",
            *map("Disallow: {}".format, self.disallowed),
        ]
        return "\n".join(lines).encode()


@dataclass(frozen=True, slots=True)
class Trouble:
    """Hours in which a paper's server does what servers do."""

    begin: datetime
    end: datetime
    what: Literal["refused", "error", "busy", "empty"]
    under: str = "/"


@dataclass(frozen=True, slots=True)
class Paper:
    """A publisher with a server of its own; the oldest piece comes first."""

    name: str
    pieces: tuple[Piece, ...]
    rules: tuple[Rules, ...]
    says_version: Literal["etag", "date", "both"]
    troubles: tuple[Trouble, ...] = ()
    by_path: dict[str, Piece] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        paths = {version.path: piece for piece in self.pieces for version in piece.versions}
        object.__setattr__(self, "by_path", paths)

    def out(self, now: datetime) -> Iterator[tuple[Piece, Version]]:
        """What is out now, newest first."""
        for piece in reversed(self.pieces):
            if version := piece.at(now):
                yield piece, version

    def changed_at(self, now: datetime) -> datetime:
        """When anything last changed, of the times up to now."""
        changes = (piece.changed_at(now) for piece in self.pieces if piece.out_at <= now)
        return max(changes, default=self.rules[0].since)

    def rules_at(self, now: datetime) -> Rules:
        return next(rules for rules in reversed(self.rules) if rules.since <= now)

    def forbade(self, path: str, begin: datetime, end: datetime) -> bool:
        """Whether its robots.txt forbade the path at any time of these."""
        ends = [rules.since for rules in self.rules[1:]] + [end]
        return any(
            rules.since < end and until > begin and any(map(path.startswith, rules.disallowed))
            for rules, until in zip(self.rules, ends, strict=True)
        )

    def trouble_at(self, now: datetime, path: str) -> Trouble | None:
        return next(
            (each for each in self.troubles if each.begin <= now < each.end and path.startswith(each.under)),
            None,
        )
