"""Reading the pages of a source: what each gives, and what is remembered of it afterwards."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from knowledge.articles import Article
from knowledge.errors import Busy, FetchError, Gone, Unreachable
from knowledge.sources.dates import not_to_come
from knowledge.sources.headline import is_same
from knowledge.sources.records import Rejected, to_article
from knowledge.sources.source import Item, Retracted, Skipped, Unchanged
from knowledge.sources.web import decisions
from knowledge.sources.web.clock import Clock
from knowledge.sources.web.decisions import Listed
from knowledge.sources.web.fetcher import NotModified
from knowledge.sources.web.fetching import Answer, Fetching
from knowledge.sources.web.identity import article_id, names_of
from knowledge.sources.web.memory import PageState, WebMemory
from knowledge.sources.web.options import FollowOptions
from knowledge.sources.web.page import PageArticle, read_page

MOST_TIME = timedelta(minutes=20)
"""So long the sitemaps of a check may take, and then its pages: where robots.txt wants a minute between two,
the other sources would wait for hours. The rest is due at the next check."""
PATIENCE = 3
"""So many pages of a host that can't be reached are enough to leave its others for the next check."""


class PageReader:
    """Reads the pages of one source.

    Whatever is yielded is remembered only when the reader is resumed: if the program dies between the two,
    the page is fetched once more.
    """

    def __init__(
        self, source: str, options: FollowOptions, memory: WebMemory, fetcher: Fetching, clock: Clock
    ) -> None:
        self._source = source
        self._options = options
        self._memory = memory
        self._fetcher = fetcher
        self._clock = clock

    def read_due(self, publisher: str) -> Iterator[Item]:
        """Up to `pages_per_check` pages, newest first; what fails is tried again at a later check."""
        troubles: Counter[str] = Counter()
        started, limit = self._clock.now(), self._options.pages_per_check
        for listed in self._memory.due(self._source, started, limit):
            if self._clock.now() - started > MOST_TIME:
                return
            page = self._memory.page(self._source, (listed.key,))
            host = urlsplit(listed.url or "").netloc
            if page != listed or troubles[host] >= PATIENCE:  # another page has turned out to be this one
                continue
            try:
                yield from self.read(page, publisher)
            except FetchError as error:
                troubles[host] += _trouble(error)
                yield Skipped(page.url or page.key, str(error))
                retry_after_s = error.retry_after_s if isinstance(error, Busy) else 0.0
                self._remember(decisions.failed(page, self._clock.now(), retry_after_s))

    def read(self, page: PageState, publisher: str) -> Iterator[Item]:
        """What the page gives now.

        Raises:
            FetchError: nothing, but it may later; the page's state stays as it was.
        """
        try:
            answer = self._fetcher.get(page.url or "", page.validators)
            if isinstance(answer, NotModified) and answer.moved_to:
                moved_to = answer.moved_to  # the article has a new address to show, or is another one's now
                answer = replace(self._fetcher.get(moved_to), moved_to=moved_to)
        except Gone as error:
            yield from self.missing(page, error)
        else:
            yield from self.answered(page, answer, publisher)

    def answered(self, page: PageState, answer: Answer, publisher: str) -> Iterator[Item]:
        """What the page gives, by the answer of its publisher."""
        seen = replace(page, validators=answer.validators)
        if isinstance(answer, NotModified) or (page.in_feed and page.fingerprint):
            if page.fingerprint and page.article_id:
                yield Unchanged(page.article_id)
            self._look_again(replace(seen, url=answer.moved_to or page.url))
            return
        found = read_page(answer.body, answer.content_type, answer.url)
        if isinstance(found, Skipped):
            stays = "; what was read from it stays" if page.fingerprint else ""
            yield Skipped(page.url or found.name, f"{found.reason}{stays}")
            self._look_again(seen)
        else:
            yield from self._found(seen, found, answer, publisher)

    def missing(self, page: PageState, error: Gone) -> Iterator[Item]:
        """What it means that the page isn't there."""
        state, for_good = decisions.missed(page, self._clock.now(), self._options.recheck_days)
        if for_good and page.fingerprint and page.article_id:
            yield Retracted(page.article_id, f"{page.url}: nothing is there any more")
        elif not for_good or not page.article_id:
            yield Skipped(page.url or page.key, str(error))
        self._remember(state)

    def listed(self, page: PageState, listed: Listed, publisher: str) -> Iterator[Item]:
        """The article whose text came with the feed."""
        id = page.article_id or article_id(page.key)
        record = {"title": listed.title, "text": listed.text, "url": page.url, "publisher": publisher}
        try:
            article, _ = to_article(record, id)
        except Rejected as error:
            yield Skipped(page.url or listed.title or page.key, str(error))
            self._remember(replace(page, due_at=None))
        else:
            article = replace(article, published=page.published)
            yield from self._give(replace(page, in_feed=True), article)

    def _found(self, page: PageState, found: PageArticle, answer: Answer, publisher: str) -> Iterator[Item]:
        """The article of a page, under the one identity that its addresses have."""
        at, home = names_of(answer.url, None, None), names_of(found.canonical_url, None, None)
        twin = self._twin(page, at)
        if twin and twin.article_id:
            yield from self._leads_elsewhere(page, twin, answer)
            return
        page = self._absorbed(page, twin, at)
        twin = self._twin(page, home)
        if twin and twin.article_id:
            if not page.article_id and is_same(twin.title, found.title):
                self._merge(page, twin)
                return
            home, found = at, replace(found, canonical_url=answer.url)  # its publisher says so of many pages
        page = self._absorbed(page, twin if home != at else None, home)
        article = Article(
            id=page.article_id or article_id((home or at or page.names)[0]),
            title=found.title,
            text=found.text,
            url=found.canonical_url,
            published=page.published or not_to_come(found.published, self._clock.now()),
            publisher=found.publisher or publisher or None,
        )
        yield from self._give(replace(page, url=answer.moved_to or page.url, in_feed=False), article)

    def _leads_elsewhere(self, page: PageState, twin: PageState, answer: Answer) -> Iterator[Item]:
        """What becomes of a page that redirects to another article's."""
        if page.fingerprint and page.article_id:
            if not answer.moved_to:
                yield Skipped(
                    page.url or "", f"it leads to {answer.url} for now; what was read from it stays"
                )
                self._look_again(page)
                return
            yield Retracted(page.article_id, f"{page.url}: it is at {answer.url} now, with another article")
        self._merge(page, twin)

    def _give(self, page: PageState, article: Article) -> Iterator[Item]:
        """The article, if it says anything new."""
        since = self._options.since
        if since and article.published and article.published < since:
            yield Skipped(page.url or article.id, f"it is of {article.published}, and so older than wanted")
            self._remember(replace(page, due_at=None))
            return
        fingerprint = decisions.fingerprint(article)
        yield Unchanged(article.id) if fingerprint == page.fingerprint else article
        given = replace(page, article_id=article.id, fingerprint=fingerprint, title=article.title)
        self._look_again(replace(given, day=article.published or page.day))

    def _twin(self, page: PageState, names: tuple[str, ...]) -> PageState | None:
        """Another page that goes by these names."""
        other = self._memory.page(self._source, names)
        return other if other and other.key != page.key else None

    def _merge(self, page: PageState, twin: PageState) -> None:
        """From now on the page's names lead to its twin."""
        self._memory.forget_page(self._source, page.key)
        self._remember(_with_names(twin, page.names))

    def _absorbed(self, page: PageState, twin: PageState | None, names: tuple[str, ...]) -> PageState:
        """The page with these names, and in place of a twin that was not read yet."""
        if twin:
            self._memory.forget_page(self._source, twin.key)
            names = (*names, *twin.names)
        return _with_names(page, names)

    def _look_again(self, page: PageState) -> None:
        self._remember(decisions.looked_at(page, self._clock.now(), self._options.recheck_days))

    def _remember(self, page: PageState) -> None:
        self._memory.remember_pages(self._source, [page])


def _with_names(page: PageState, names: tuple[str, ...]) -> PageState:
    return replace(page, names=tuple(dict.fromkeys((*page.names, *names)))[: decisions.MOST_NAMES])


def _trouble(error: FetchError) -> int:
    """How much an error says against the host as a whole."""
    if isinstance(error, Busy):
        return PATIENCE
    return 1 if isinstance(error, Unreachable) else 0
