"""Training the typist on the cuts that the channel found in the training words.

The channel says how likely each phone was written with which chunk; each such use is an example, as
heavy as it is likely. The network learns to foretell the chunk from the phones around and the letters
before, by Adam (Kingma and Ba, ICLR 2015) with a rate that falls to nothing. The generator that shuffles
the examples is seeded: the same lexicons give the same weights on the same machine with as many threads.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from knowledge.language.latin.typist import Numbers, Typist, Weights, inputs_of

EPOCHS = 6
HIDDEN = 64
"""With 48 about one held-out spelling in three hundred fewer is found first; 160 find no more."""

BATCH = 512
RATE = 3e-3

SURE = 8.0
"""Weight from which on a longer chunk is among those foretold; single letters always are."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Uses of chunks.

    Attributes:
        inputs: the rows of `Typist.inputs` that are on, examples by rows.
        chunks: the chunk that was written.
        weights: how many people are expected to have written it so, float32.
    """

    inputs: Numbers
    chunks: Numbers
    weights: Weights


def practise(
    examples: Examples, phones: tuple[str, ...], chunks: tuple[str, ...], progress: Callable[[int], None]
) -> Typist:
    """The typist that foretells the examples; `progress` is told the epochs done."""
    used = np.bincount(examples.chunks, examples.weights, len(chunks))
    kept = [n for n, chunk in enumerate(chunks) if len(chunk) < 2 or used[n] >= SURE]
    places = np.full(len(chunks), -1)
    places[kept] = np.arange(len(kept))
    known = places[examples.chunks] >= 0
    weights: Weights = examples.weights[known] / np.float32(examples.weights[known].mean())
    network = _Network(inputs_of(len(phones)), len(kept))
    for epoch in range(EPOCHS):
        network.epoch(examples.inputs[known], places[examples.chunks[known]], weights, epoch)
        progress(epoch + 1)
    inputs, outputs = (weights.astype(np.float16).astype(np.float32) for weights in network.weights)
    return Typist(phones, tuple(chunks[n] for n in kept), inputs, outputs)


class _Network:
    """Weights while they are learnt, with Adam's running means of their gradients."""

    def __init__(self, inputs: int, chunks: int) -> None:
        self._random = np.random.default_rng(0)
        shapes = (inputs + 1, HIDDEN), (chunks, HIDDEN + 1)
        self.weights = [self._random.standard_normal(shape, dtype=np.float32) / 10 for shape in shapes]
        self._means = [np.zeros(shape, dtype=np.float32) for shape in shapes]
        self._squares = [np.zeros(shape, dtype=np.float32) for shape in shapes]
        self._steps = 0

    def epoch(self, inputs: Numbers, chunks: Numbers, weights: Weights, epoch: int) -> None:
        """Learn from every example once."""
        order = self._random.permutation(len(chunks))
        for begin in range(0, len(order), BATCH):
            done = (epoch + begin / len(order)) / EPOCHS
            batch = order[begin : begin + BATCH]
            gradients = self._gradients(inputs[batch], chunks[batch], weights[batch] / np.float32(len(batch)))
            self._adam(gradients, RATE * (1 - done))

    def _gradients(self, inputs: Numbers, chunks: Numbers, weights: Weights) -> tuple[Weights, Weights]:
        """Of the weighted cross-entropy, with respect to the weights."""
        before, after = self.weights
        hidden = np.tanh(before[inputs].sum(axis=1) + before[-1])
        scores = hidden @ after[:, :-1].T + after[:, -1]
        errors = np.exp(scores - scores.max(axis=1, keepdims=True))
        errors /= errors.sum(axis=1, keepdims=True)
        errors[np.arange(len(chunks)), chunks] -= 1
        errors *= weights[:, None]
        of_after = np.concatenate([errors.T @ hidden, errors.sum(axis=0)[:, None]], axis=1)
        slopes = (errors @ after[:, :-1]) * (1 - hidden**2)
        of_before = _gathered(inputs, slopes, len(before))
        of_before[-1] = slopes.sum(axis=0)
        return of_before, of_after

    def _adam(self, gradients: tuple[Weights, Weights], rate: float) -> None:
        self._steps += 1
        unbiased = 1 - 0.9**self._steps, 1 - 0.99**self._steps
        for weights, mean, square, gradient in zip(
            self.weights, self._means, self._squares, gradients, strict=True
        ):
            mean += 0.1 * (gradient - mean)
            square += 0.01 * (gradient**2 - square)
            weights -= rate * (mean / unbiased[0]) / (np.sqrt(square / unbiased[1]) + 1e-6)


def _gathered(inputs: Numbers, slopes: Weights, rows: int) -> Weights:
    """The sum of the slopes of the examples in which each row is on."""
    flat = inputs.ravel().astype(np.int16)  # numpy sorts these by radix
    order = np.argsort(flat, kind="stable")
    begins = np.flatnonzero(np.diff(flat[order], prepend=-1))
    total = np.zeros((rows, slopes.shape[1]), dtype=np.float32)
    total[flat[order][begins]] = np.add.reduceat(slopes[order // inputs.shape[1]], begins, axis=0)
    return total
