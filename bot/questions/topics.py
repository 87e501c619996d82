"""The topics that are missing: unanswered questions, grouped by what they are about.

Each question is a set of subjects with their weights (`Library.subjects`). The most frequent sets come
first and lead a topic each, unless they are close to one that leads already: the weight of what both are
about is at least `SAME` of the weight of all that either is about (weighted Jaccard).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Protocol

from bot.questions.log import Asked, QuestionsLog
from knowledge.language.subjects import Subject

SAME = 0.5
MOST_EXAMPLES = 3

MOST_READ = 2000
"""The newest questions that are grouped: reading a question takes a millisecond or two of one core."""

KEPT_FOR = timedelta(minutes=5)

MANY = 10
"""The topics are found anew when a tenth of the questions is new: a few are grouped in no time."""


class Library(Protocol):
    """What knows the words of the news."""

    def subjects(self, questions: Iterable[str]) -> list[tuple[Subject, ...]]:
        """What each question is about, the most specific first."""
        ...


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that was asked in vain.

    `words` say what it is about, the most specific first, as people write it, in Devanagari where
    anybody did. `examples` are the questions asked most often, at most three; `last` is when it was
    asked last.
    """

    words: tuple[str, ...]
    questions: int
    persons: int
    examples: tuple[str, ...]
    last: datetime


@dataclass(frozen=True, slots=True)
class _Kind:
    """The questions about the same set of subjects."""

    weights: Mapping[str, float]
    asked: tuple[tuple[Asked, tuple[Subject, ...]], ...]


def unanswered(log: QuestionsLog, library: Library, since: datetime) -> list[Topic]:
    """What was asked in vain since then: what most people want first, then what was asked most often.

    At most the newest `MOST_READ` are read. A question without a content word is about nothing, and
    left out.
    """
    return _topics(log.unanswered(since), library)


def _topics(unanswered: Sequence[Asked], library: Library) -> list[Topic]:
    asked = unanswered[-MOST_READ:]
    different = list(dict.fromkeys(each.question for each in asked))
    subjects = dict(zip(different, library.subjects(different), strict=True))
    kinds = _kinds((each, subjects[each.question]) for each in asked)
    topics = [_topic(group) for group in _grouped(kinds)]
    return sorted(topics, key=lambda topic: (-topic.persons, -topic.questions, topic.words))


@dataclass(slots=True)
class Lately:
    """The topics as they were at most `KEPT_FOR` ago: finding many takes a core for some seconds."""

    _found: list[Topic] = field(default_factory=list)
    _read: int = 0
    _good_until: datetime | None = None
    _finding: Lock = field(default_factory=Lock)

    def unanswered(self, log: QuestionsLog, library: Library, since: datetime, now: datetime) -> list[Topic]:
        """Those of `unanswered`, found anew at once where they would look wrong.

        That is when more than one in `MANY` of the questions came or went since, when one that is shown was
        deleted, or the clock was set back.
        """
        with self._finding:
            asked = log.unanswered(since)
            if not self._good(asked, now):
                self._found, self._read = _topics(asked, library), len(asked)
                self._good_until = now + KEPT_FOR
            return self._found

    def _good(self, asked: Sequence[Asked], now: datetime) -> bool:
        if self._good_until is None or abs(len(asked) - self._read) * MANY > self._read:
            return False
        questions = {each.question for each in asked}
        if not all(questions.issuperset(topic.examples) for topic in self._found):
            return False
        return timedelta(0) < self._good_until - now <= KEPT_FOR


def _kinds(questions: Iterable[tuple[Asked, tuple[Subject, ...]]]) -> list[_Kind]:
    """The most frequent first."""
    alike: defaultdict[frozenset[str], list[tuple[Asked, tuple[Subject, ...]]]] = defaultdict(list)
    for asked, subjects in questions:
        if subjects:
            alike[frozenset(subject.term for subject in subjects)].append((asked, subjects))
    kinds = [
        _Kind({subject.term: subject.weight for subject in members[0][1]}, tuple(members))
        for members in alike.values()
    ]
    return sorted(kinds, key=lambda kind: (-len(kind.asked), len(kind.weights), sorted(kind.weights)))


def _grouped(kinds: Sequence[_Kind]) -> list[list[_Kind]]:
    """Each group begins with the kind that leads it."""
    groups: list[list[_Kind]] = []
    leading: defaultdict[str, list[int]] = defaultdict(list)  # by subject the groups whose leader has it
    for kind in kinds:
        near = {number for term in kind.weights for number in leading[term]}
        closeness, number = max(((_closeness(kind, groups[n][0]), -n) for n in near), default=(0.0, 0))
        if closeness >= SAME:
            groups[-number].append(kind)
            continue
        for term in kind.weights:
            leading[term].append(len(groups))
        groups.append([kind])
    return groups


def _closeness(one: _Kind, other: _Kind) -> float:
    shared = sum(weight for term, weight in one.weights.items() if term in other.weights)
    return shared / sum({**one.weights, **other.weights}.values())


def _topic(group: Sequence[_Kind]) -> Topic:
    members = [member for kind in group for member in kind.asked]
    questions = Counter(asked.question for asked, _ in members)
    return Topic(
        words=tuple(_word(term, members) for term in group[0].weights),
        questions=len(members),
        persons=len({asked.person for asked, _ in members}),
        examples=tuple(question for question, _ in questions.most_common(MOST_EXAMPLES)),
        last=max(asked.time for asked, _ in members),
    )


def _word(term: str, members: Sequence[tuple[Asked, tuple[Subject, ...]]]) -> str:
    typed = Counter(subject.word for _, subjects in members for subject in subjects if subject.term == term)
    return max(typed, key=lambda word: (not word.isascii(), typed[word], word))
