"""Training the channel by expectation maximisation on words and how people spelled them.

No pair comes with its cut into chunks, so training goes round: with the probabilities so far, count
each chunk of each phone as often as it is expected over all cuts (forward-backward); from the counts
make new probabilities. First for the phones alone with every chunk that occurs, which leaves the
chunks that phones are really written with; then for the phones in their contexts. The cuts that come
out are what the typist practises on. Pairs of like length are one batch of arrays; the same lexicons
give the same channel.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.language.latin.channel import Channel, Floats, Numbers, smoothed
from knowledge.language.latin.phones import Contexts, contexts
from knowledge.language.latin.practice import EPOCHS, Examples, practise
from knowledge.language.latin.spellings import prior
from knowledge.language.latin.typist import LONGEST_CHUNK, letters, windows

ROUNDS_ALONE = 4
ROUNDS_IN_CONTEXT = 4
"""More rounds fit the training words ever better and others a little worse."""

ROUNDS = ROUNDS_ALONE + ROUNDS_IN_CONTEXT + EPOCHS

MET_OFTEN = 20
"""Sightings from which on a context is a symbol. With 10 the held-out words are explained better by
0.02 nats each and found no better, by twice the symbols."""

USED = 2.0
"""Expected count with one phone from which on a longer chunk is kept; single letters always are."""

LONGEST = 22
"""Phones, and letters, of the longest pair that is trained on."""

WORTH_KEEPING = 0.5
"""Expected count below which an entry isn't kept."""

PRACTISED = 0.1
"""Share of a pair's cuts from which on a use of a chunk is practised."""

_NEGLIGIBLE = 1e-7


@dataclass(frozen=True, slots=True)
class Attested:
    """A Devanagari word, a spelling of it in the letters a to z, and how many people wrote it so."""

    word: str
    latin: str
    count: float


@dataclass(frozen=True, slots=True)
class _Lesson:
    phones: Sequence[Contexts]
    latin: str
    count: float


@dataclass(frozen=True, slots=True)
class _Batch:
    """Lessons of like length, padded with -1."""

    lessons: Sequence[_Lesson]
    symbols: Numbers  # lessons, phones
    chunks: Numbers  # lessons, places in the letters, length of the chunk that begins there
    lengths: Numbers  # lessons: letters
    counts: Floats  # lessons


def train(pairs: Iterable[Attested], progress: Callable[[int, int], None]) -> Channel:
    """The channel that explains `pairs`; `progress` is told (done, of) in rounds.

    Pairs with other characters than a to z, or longer than LONGEST, are left out.
    """
    lessons = [_Lesson(contexts(pair.word), pair.latin, pair.count) for pair in pairs]
    lessons = [lesson for lesson in lessons if _usable(lesson)]
    symbols, parents = _inventory(lessons)
    chunks = _train_alone(lessons, symbols[: int((parents < 0).sum())], progress)
    batches = _batches(lessons, symbols, chunks)
    first = prior(symbols[: int((parents < 0).sum())], chunks)
    counts = np.zeros((len(symbols), len(chunks)))
    probabilities = smoothed(counts, parents, first)
    for done in range(ROUNDS_IN_CONTEXT):
        counts = _expected(batches, probabilities)
        probabilities = smoothed(counts, parents, first)
        progress(ROUNDS_ALONE + done + 1, ROUNDS)
    alone = symbols[: len(first)]
    examples = _examples(batches, probabilities, alone)
    typist = practise(examples, alone, chunks, lambda done: progress(ROUNDS - EPOCHS + done, ROUNDS))
    return Channel(symbols, parents, chunks, np.where(counts < WORTH_KEEPING, 0.0, counts), typist)


def _train_alone(
    lessons: Sequence[_Lesson], phones: Sequence[str], progress: Callable[[int, int], None]
) -> tuple[str, ...]:
    """The chunks that phones are written with, told by training the phones without contexts."""
    chunks = tuple(sorted({chunk for lesson in lessons for _, chunk in _cuts(lesson.latin)}))
    batches = _batches(lessons, phones, chunks)
    first = prior(phones, chunks)
    alone = np.full(len(phones), -1, dtype=np.int64)
    counts = np.zeros_like(first)
    for done in range(ROUNDS_ALONE):
        counts = _expected(batches, smoothed(counts, alone, first))
        progress(done + 1, ROUNDS)
    most = counts.max(axis=0)
    return tuple(chunk for n, chunk in enumerate(chunks) if len(chunk) < 2 or most[n] >= USED)


def _usable(lesson: _Lesson) -> bool:
    letters = lesson.latin.isascii() and lesson.latin.isalpha() and lesson.latin.islower()
    return letters and 0 < len(lesson.phones) <= LONGEST and len(lesson.latin) <= LONGEST


def _inventory(lessons: Iterable[_Lesson]) -> tuple[tuple[str, ...], Numbers]:
    """The symbols, every phone alone and each context met often, and the wider one of each."""
    met: Counter[str] = Counter()
    wider: dict[str, tuple[str, ...]] = {}
    for lesson in lessons:
        for phone in lesson.phones:
            for width, name in enumerate(phone):
                met[name] += int(lesson.count)
                wider[name] = phone[:width]
    names = [name for name in wider if not wider[name] or met[name] >= MET_OFTEN]
    names.sort(key=lambda name: (len(wider[name]), name))
    numbers = {name: number for number, name in enumerate(names)}
    nearest = [next((numbers[n] for n in reversed(wider[name]) if n in numbers), -1) for name in names]
    return tuple(names), np.array(nearest, dtype=np.int64)


def _cuts(latin: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Every chunk of the letters with its place and length."""
    for place in range(len(latin) + 1):
        for length in range(min(LONGEST_CHUNK, len(latin) - place) + 1):
            yield (place, length), latin[place : place + length]


def _batches(lessons: Iterable[_Lesson], symbols: Sequence[str], chunks: Sequence[str]) -> list[_Batch]:
    numbers = {name: number for number, name in enumerate(symbols)}
    places = {chunk: place for place, chunk in enumerate(chunks)}
    alike: dict[tuple[int, int], list[_Lesson]] = defaultdict(list)
    for lesson in lessons:
        alike[(len(lesson.phones) + 1) // 2, (len(lesson.latin) + 1) // 2].append(lesson)
    return [_batch(alike[lengths], numbers, places) for lengths in sorted(alike)]


def _batch(lessons: Sequence[_Lesson], numbers: dict[str, int], places: dict[str, int]) -> _Batch:
    phones = max(len(lesson.phones) for lesson in lessons)
    letters = max(len(lesson.latin) for lesson in lessons)
    symbols = np.full((len(lessons), phones), -1, dtype=np.int64)
    chunks = np.full((len(lessons), letters + 1, LONGEST_CHUNK + 1), -1, dtype=np.int64)
    for row, lesson in enumerate(lessons):
        for column, phone in enumerate(lesson.phones):
            symbols[row, column] = next(numbers[name] for name in reversed(phone) if name in numbers)
        for cut, chunk in _cuts(lesson.latin):
            chunks[row][cut] = places.get(chunk, -1)
    lengths = np.array([len(lesson.latin) for lesson in lessons])
    return _Batch(lessons, symbols, chunks, lengths, np.array([float(lesson.count) for lesson in lessons]))


def _expected(batches: Iterable[_Batch], probabilities: Floats) -> Floats:
    """How often each symbol is expected to have been written with each chunk."""
    counts = np.zeros(probabilities.size)
    for batch in batches:
        uses = list(_uses(batch, probabilities))
        entries = np.concatenate([use.entries for use in uses])
        expected = np.concatenate([use.expected for use in uses])
        counts += np.bincount(entries, weights=expected, minlength=len(counts))
    return counts.reshape(probabilities.shape)


@dataclass(frozen=True, slots=True)
class _Uses:
    """Possible uses of chunks for the phone at one place, by lesson."""

    phone: int
    lessons: Numbers
    places: Numbers  # in the letters
    entries: Numbers  # in the table of probabilities
    expected: Floats  # posterior counts


def _examples(batches: Iterable[_Batch], probabilities: Floats, phones: Sequence[str]) -> Examples:
    """The likely uses of chunks with the phones around and the letters before."""
    inputs: list[Numbers] = []
    chunks: list[Numbers] = []
    weights: list[Floats] = []
    numbers = {phone: number for number, phone in enumerate(phones, 1)}
    for batch in batches:
        around, before = _surroundings(batch, numbers)
        for use in _uses(batch, probabilities):
            likely = use.expected > PRACTISED * batch.counts[use.lessons]
            lessons, places = use.lessons[likely], use.places[likely]
            inputs.append(np.concatenate([around[lessons, use.phone], before[lessons, places]], axis=1))
            chunks.append(use.entries[likely] % probabilities.shape[1])
            weights.append(use.expected[likely])
    return Examples(
        np.concatenate(inputs), np.concatenate(chunks), np.concatenate(weights).astype(np.float32)
    )


def _surroundings(batch: _Batch, numbers: Mapping[str, int]) -> tuple[Numbers, Numbers]:
    """The typist's inputs: by lesson and phone, and by lesson and place in the letters."""
    alone = np.zeros(batch.symbols.shape, dtype=np.int64)
    before: list[Numbers] = []
    for row, lesson in enumerate(batch.lessons):
        alone[row, : len(lesson.phones)] = [numbers[phone] for phone, *_ in lesson.phones]
        padded = lesson.latin.ljust(batch.chunks.shape[1] - 1, "a")  # places that no use is at
        before.append(letters(padded, len(numbers)))
    return windows(alone, len(numbers)), np.stack(before)


def _uses(batch: _Batch, probabilities: Floats) -> Iterator[_Uses]:
    """Every use of a chunk for a phone that isn't negligible, and how often it is expected."""
    steps = [_step(batch, phone, probabilities) for phone in range(batch.symbols.shape[1])]
    forward = _forward(batch, steps)
    rows = np.arange(len(batch.lengths))
    total = forward[-1][rows, batch.lengths]
    behind = np.zeros_like(forward[-1])
    behind[rows, batch.lengths] = np.where(total > 0, batch.counts / np.where(total > 0, total, 1), 0)
    for phone in range(len(steps) - 1, -1, -1):
        (used, cuts), before = steps[phone], forward[phone]
        earlier = np.zeros_like(behind)
        for length, (entry, likely) in enumerate(cuts):
            onward = likely * behind[:, length:]
            posterior = before[:, : onward.shape[1]] * onward
            lessons, places = worth = np.nonzero(posterior > _NEGLIGIBLE)
            yield _Uses(phone, lessons, places, entry[worth], posterior[worth])
            earlier[:, : onward.shape[1]] += onward
        behind = np.where(used[:, None], earlier, behind)


_Cut = tuple[Numbers, Floats]
"""For chunks of one length, by lesson and place: the entry in the table, and its probability."""

_Step = tuple[npt.NDArray[np.bool_], list[_Cut]]
"""One phone: which lessons have it, and its cuts by length."""


def _step(batch: _Batch, phone: int, probabilities: Floats) -> _Step:
    symbol = batch.symbols[:, phone]
    letters = batch.chunks.shape[1] - 1
    cuts: list[_Cut] = []
    for length in range(min(LONGEST_CHUNK, letters) + 1):
        chunk = batch.chunks[:, : letters + 1 - length, length]
        possible = (chunk >= 0) & (symbol >= 0)[:, None]
        entry = np.where(possible, symbol[:, None] * probabilities.shape[1] + chunk, 0)
        cuts.append((entry, np.where(possible, probabilities.ravel()[entry], 0.0)))
    return symbol >= 0, cuts


def _forward(batch: _Batch, steps: Iterable[_Step]) -> list[Floats]:
    """After each number of phones, the probability of the letters up to each place."""
    reached = np.zeros(batch.chunks.shape[:2])
    reached[:, 0] = 1.0
    forward = [reached]
    for used, cuts in steps:
        following = np.zeros_like(reached)
        for length, (_, likely) in enumerate(cuts):
            following[:, length:] += reached[:, : likely.shape[1]] * likely
        reached = np.where(used[:, None], following, reached)
        forward.append(reached)
    return forward
