"""How likely somebody typed just these letters for a word: the channel again, with a longer memory.

The channel judges each phone by its neighbours alone, which lets a trie of all words be walked quickly.
Whoever types remembers the letters before: "runner" is spelled as in English and means रनर rather than
रेनर, which the channel puts first. So the few words that the channel leaves are weighed by
P(latin | word), summed over all cuts into chunks, with P(chunk | phones around, letters before): a
network with one hidden layer, as in Bengio et al., A Neural Probabilistic Language Model (JMLR 2003), in
place of the counts of a joint-sequence model (Bisani and Ney, Speech Communication 2008).
"""

from base64 import b85decode, b85encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from knowledge.language.latin.phones import is_vowel, phones

LONGEST_CHUNK = 4
"""Letters that one phone is written with at most: the श of station is tio, a schwa of through ough."""

PHONES_BEFORE, PHONES_AFTER, LETTERS_BEFORE = 3, 4, 4
"""How far a typist looks: more phones, and a wider hidden layer, found no more held-out words."""

ALPHABET = 27
"""The letters a to z, and 0 for none."""

ASKEW = 3.0
"""How many letters a phone may stand from where it would if letters were spread evenly over phones."""

SLIP = 1e-4
"""What any single letter, or none, has for any phone on top: slips that the lexicon doesn't show."""

DROPPED_VOWEL = 3e-3
"""What a vowel has on top for not being written, as in messages: rjnth for राजनाथ."""

Weights = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_WINDOW = PHONES_BEFORE + 1 + PHONES_AFTER


@dataclass(frozen=True)
class Typist:
    """The network's weights.

    Attributes:
        phones: the phones it knows; phone n is number n + 1 in a window, 0 stands for none.
        chunks: the letter groups it knows, "" among them.
        inputs: a row for each phone at each place of the window, then for each letter at each place
            before, the furthest first, then the bias; a column a hidden unit.
        outputs: a row a chunk, a column a hidden unit and the bias.
    """

    phones: tuple[str, ...]
    chunks: tuple[str, ...]
    inputs: Weights
    outputs: Weights

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {phone: number for number, phone in enumerate(self.phones, 1)}

    @cached_property
    def _places(self) -> dict[str, int]:
        return {chunk: place for place, chunk in enumerate(self.chunks)}

    def fits(self, latin: str, words: Sequence[str]) -> Floats:
        """The log of P(latin | word) for each of the words in Devanagari, at most 0; letters a to z."""
        spelled = [phones(word) for word in words]
        lengths = np.array([len(word) for word in spelled])
        numbers = np.zeros((len(words), lengths.max(initial=1)), dtype=np.int64)
        dropped = np.zeros(numbers.shape)
        for row, word in enumerate(spelled):
            numbers[row, : len(word)] = [self._numbers.get(phone, 0) for phone in word]
            dropped[row, : len(word)] = [DROPPED_VOWEL * is_vowel(phone) for phone in word]
        likely = self._likely(latin, numbers, lengths)
        likely[..., :2] += SLIP
        likely[..., 0] += dropped[:, :, None]
        return _summed(likely, lengths)

    def _likely(self, latin: str, numbers: Numbers, lengths: Numbers) -> Floats:
        """P(chunk) by word, phone, place in the letters, and length of the chunk that begins there."""
        even = np.arange(numbers.shape[1])[:, None] * (len(latin) / np.maximum(lengths, 1))[:, None, None]
        near = np.abs(np.arange(len(latin) + 1) - even) <= ASKEW
        word, phone, place = np.nonzero(near & (numbers > 0)[:, :, None])
        around = self.inputs[windows(numbers, len(self.phones))].sum(axis=2)
        before = self.inputs[letters(latin, len(self.phones))].sum(axis=1) + self.inputs[-1]
        hidden = np.tanh(around[word, phone] + before[place])
        weights = np.exp(hidden @ self.outputs[:, :-1].T + self.outputs[:, -1])
        following = self._following(latin)[place]
        shares = np.take_along_axis(weights, following, axis=1) / weights.sum(axis=1, keepdims=True)
        likely = np.zeros((*near.shape, LONGEST_CHUNK + 1))
        likely[word, phone, place] = np.where(following < 0, 0.0, shares)
        return likely

    def _following(self, latin: str) -> Numbers:
        """The chunk of each length that begins at each place of the letters, -1 for none it knows."""
        return np.array(
            [
                [
                    self._places.get(latin[place : place + length], -1)
                    if place + length <= len(latin)
                    else -1
                    for length in range(LONGEST_CHUNK + 1)
                ]
                for place in range(len(latin) + 1)
            ]
        )


def windows(numbers: Numbers, known: int) -> Numbers:
    """The rows of `Typist.inputs` for the phones around each phone.

    Args:
        numbers: words by phones, 0 where a word is at its end.
        known: how many phones there are.
    """
    padded = np.pad(numbers, ((0, 0), (PHONES_BEFORE, PHONES_AFTER)))
    around = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW, axis=1)
    return around + np.arange(_WINDOW) * (known + 1)


def letters(latin: str, known: int) -> Numbers:
    """The rows of `Typist.inputs` for the letters before each place, the nearest last; `known` phones."""
    codes = np.array([0] * LETTERS_BEFORE + [ord(letter) - ord("a") + 1 for letter in latin])
    before = np.lib.stride_tricks.sliding_window_view(codes, LETTERS_BEFORE)
    return before + np.arange(LETTERS_BEFORE) * ALPHABET + _WINDOW * (known + 1)


def inputs_of(known: int) -> int:
    """How many rows `Typist.inputs` has without the bias, with so many phones."""
    return _WINDOW * (known + 1) + LETTERS_BEFORE * ALPHABET


def _summed(likely: Floats, lengths: Numbers) -> Floats:
    """The log of the sum over all cuts of the product of the chunks' probabilities, for each word."""
    places = likely.shape[2]
    reached = np.zeros((len(lengths), places))
    reached[:, 0] = 1.0
    for phone in range(likely.shape[1]):
        following = np.zeros_like(reached)
        for length in range(min(LONGEST_CHUNK + 1, places)):
            here = likely[:, phone, : places - length, length]
            following[:, length:] += reached[:, : places - length] * here
        reached = np.where((phone < lengths)[:, None], following, reached)
    return np.asarray(np.log(np.maximum(reached[:, -1], np.finfo(float).tiny)))


def write_typist(typist: Typist) -> Iterator[str]:
    """The lines of a parameter file: the phones, then a row of weights a line, named and in base 85."""
    yield "\t".join(typist.phones)
    for row in typist.inputs:
        yield _written(row)
    for chunk, row in zip(typist.chunks, typist.outputs, strict=True):
        yield f"{chunk}\t{_written(row)}"


def parse_typist(lines: Iterable[str]) -> Typist:
    """The typist of these lines, which `write_typist` wrote.

    Raises:
        ValueError: they are others.
    """
    first, *rows = lines
    known = tuple(first.split("\t"))
    inputs = inputs_of(len(known)) + 1
    chunks, outputs = zip(*(row.split("\t") for row in rows[inputs:]), strict=True)
    return Typist(known, chunks, _read(rows[:inputs]), _read(outputs))


def _written(row: Weights) -> str:
    return b85encode(row.astype("<f2").tobytes()).decode()


def _read(rows: Iterable[str]) -> Weights:
    return np.array([np.frombuffer(b85decode(row), dtype="<f2") for row in rows], dtype=np.float32)
