"""A WebMemory of dictionaries, which forgets when the test ends."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from knowledge.sources.web.memory import ListingState, PageState, SourceState


class PlainMemory:
    def __init__(self) -> None:
        self._sources: dict[str, SourceState] = {}
        self._listings: dict[tuple[str, str], ListingState] = {}
        self._pages: dict[tuple[str, str], PageState] = {}
        self._names: dict[tuple[str, str], str] = {}

    def source(self, name: str) -> SourceState:
        return self._sources.get(name, SourceState())

    def remember_source(self, name: str, state: SourceState) -> None:
        self._sources[name] = state

    def listings(self, source: str) -> list[ListingState]:
        return [state for (owner, _), state in self._listings.items() if owner == source]

    def remember_listings(self, source: str, states: Iterable[ListingState]) -> None:
        self._listings |= {(source, state.url): state for state in states}

    def page(self, source: str, names: Sequence[str]) -> PageState | None:
        keys = (self._names.get((source, name)) for name in names)
        return next((self._pages[source, key] for key in keys if key), None)

    def due(self, source: str, now: datetime, limit: int) -> list[PageState]:
        pages = [page for (owner, _), page in self._pages.items() if owner == source and page.due_at]
        due = [page for page in pages if page.due_at and page.due_at <= now]
        return sorted(due, key=lambda page: (-page.day.toordinal(), page.article_id is not None))[:limit]

    def bring_forward(self, source: str, later_than: datetime, now: datetime) -> None:
        for (owner, key), page in self._pages.items():
            if owner == source and page.due_at and page.due_at > later_than:
                self._pages[owner, key] = replace(page, due_at=now)

    def remember_pages(self, source: str, states: Iterable[PageState]) -> None:
        for state in states:
            self._pages[source, state.key] = state
            self._names |= {(source, name): state.key for name in (state.key, *state.names)}

    def forget_page(self, source: str, key: str) -> None:
        del self._pages[source, key]
        self._names = {name: led for name, led in self._names.items() if (name[0], led) != (source, key)}

    def forget(self, source: str) -> None:
        for kept in (self._listings, self._pages, self._names):
            for key in [key for key in kept if key[0] == source]:
                del kept[key]
        self._sources.pop(source, None)
