"""The noisy channel P(latin | Devanagari): how likely each phone is to be written with which letters.

A word is typed phone by phone, each as a chunk of zero to four letters, and the chunks stand one
after the other: P(latin | word) is the sum, over all ways to cut the letters into one chunk for each
phone, of the product of P(chunk | phone in its context). A context is worth what was seen of it: its
chunk has `(count + s * wider) / (total + s)`, where `wider` is the chunk's probability in the next
wider context and `s` is STRENGTH (Dirichlet smoothing). The phone alone falls back on SPELLINGS.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

import numpy as np
import numpy.typing as npt

from knowledge.errors import KhabarError
from knowledge.language.latin.phones import Contexts, contexts
from knowledge.language.latin.spellings import prior
from knowledge.language.latin.typist import Typist, parse_typist, write_typist

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

STRENGTH = 16.0
"""How many sightings of a context weigh as much as the next wider one: on held-out words of the
training lexicon 16 explained more than 4, 8 or 32."""

PRIOR_STRENGTH = 0.5
"""How many sightings of a phone weigh as much as its entry in SPELLINGS."""

_NOTHING = "-"
"""How the empty chunk is written in a parameter file."""

_TYPIST = "# typist"
"""The line of a parameter file after which the typist stands."""


@dataclass(frozen=True)
class Channel:
    """What was counted: how often each phone, in each of its contexts, was written with each chunk.

    Attributes:
        symbols: phones, in contexts that were met often; wider contexts before narrower ones.
        parents: for each symbol the number of its next wider one, -1 for a phone alone.
        chunks: the letter groups, "" among them.
        counts: expected counts of a symbol itself (not of a narrower one), symbols by chunks.
        typist: weighs the words that these counts leave; learnt from the same cuts.
    """

    symbols: tuple[str, ...]
    parents: Numbers
    chunks: tuple[str, ...]
    counts: Floats
    typist: Typist

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Each symbol's number by its name."""
        return {name: number for number, name in enumerate(self.symbols)}

    @cached_property
    def probabilities(self) -> Floats:
        """P(chunk | symbol), symbols by chunks; a row sums to 1."""
        alone = [name for name, parent in zip(self.symbols, self.parents, strict=True) if parent < 0]
        return smoothed(self.counts, self.parents, prior(alone, self.chunks))

    @cached_property
    def digest(self) -> int:
        """A number that tells these symbols from others: what was built with them fits no others."""
        return zlib.crc32("\n".join(self.symbols).encode())

    def spell(self, word: str) -> list[int]:
        """The symbols of a Devanagari word in order; empty when it has a phone that was never met."""
        numbers = [self._number(phone) for phone in contexts(word)]
        return [] if -1 in numbers else numbers

    def _number(self, phone: Contexts) -> int:
        return next((self.numbers[name] for name in reversed(phone) if name in self.numbers), -1)


def smoothed(counts: Floats, parents: Numbers, prior: Floats) -> Floats:
    """P(chunk | symbol) from the counts of each symbol without its narrower ones; `prior` by phones alone."""
    depth = depths(parents)
    levels = [np.nonzero(depth == level)[0] for level in range(int(depth.max()) + 1)]
    total = counts.copy()
    for members in reversed(levels[1:]):
        np.add.at(total, parents[members], total[members])
    result = np.empty_like(counts)
    for level, members in enumerate(levels):
        strength = STRENGTH if level else PRIOR_STRENGTH
        wider = result[parents[members]] if level else prior
        seen = total[members].sum(axis=1, keepdims=True)
        result[members] = (total[members] + strength * wider) / (seen + strength)
    return result


def depths(parents: Numbers) -> Numbers:
    """How many wider contexts each symbol has: 0 for a phone alone."""
    depth = np.zeros(len(parents), dtype=np.int64)
    for number, parent in enumerate(parents.tolist()):
        depth[number] = 0 if parent < 0 else depth[parent] + 1
    return depth


def write_channel(channel: Channel, header: str) -> str:
    """The text of a parameter file: a line a symbol with its wider one and its chunks' counts; the typist."""
    lines = [f"# {line}" for line in header.splitlines()]
    for name, parent, counts in zip(channel.symbols, channel.parents.tolist(), channel.counts, strict=True):
        seen = (f"{channel.chunks[n] or _NOTHING} {counts[n]:.3g}" for n in np.nonzero(counts)[0].tolist())
        lines.append("\t".join((name, channel.symbols[parent] if parent >= 0 else "", *seen)))
    return "\n".join((*lines, _TYPIST, *write_typist(channel.typist), ""))


def parse_channel(text: str, source: str) -> Channel:
    """The channel whose parameter file is `text`; `source` names it in errors.

    Raises:
        KhabarError: the text is not what `write_channel` writes.
    """
    lines = text.splitlines()
    try:
        middle = lines.index(_TYPIST)
        rows = [line.split("\t") for line in lines[:middle] if line[:2] != "# "]
        return _channel(rows, parse_typist(lines[middle + 1 :]))
    except (ValueError, KeyError, IndexError) as error:
        raise KhabarError(f"{source}: not a Latin-letter channel ({error}); train it anew") from error


def _channel(rows: Sequence[Sequence[str]], typist: Typist) -> Channel:
    numbers = {name: number for number, (name, *_) in enumerate(rows)}
    parents = np.array([numbers[row[1]] if row[1] else -1 for row in rows], dtype=np.int64)
    entries = list(_entries(rows))
    chunks = sorted({chunk for _, chunk, _ in entries})
    places = {chunk: place for place, chunk in enumerate(chunks)}
    counts = np.zeros((len(rows), len(chunks)))
    for number, chunk, count in entries:
        counts[number, places[chunk]] = count
    return Channel(tuple(numbers), parents, tuple(chunks), counts, typist)


def _entries(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, str, float]]:
    for number, (_, _, *seen) in enumerate(rows):
        for entry in seen:
            chunk, count = entry.split(" ")
            yield number, "" if chunk == _NOTHING else chunk, float(count)


@cache
def read_channel() -> Channel:
    """The channel that Khabar ships; read once a process, since a reload spells by it and matches by it."""
    file = resources.files("knowledge.language").joinpath("data/latin.tsv")
    return parse_channel(file.read_text("utf-8"), "data/latin.tsv")
