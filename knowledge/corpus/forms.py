"""The words of a corpus as written, laid out in its generation for matching by sound."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from knowledge.corpus.ragged import Ragged
from knowledge.errors import CorruptGeneration
from knowledge.language.latin.channel import Channel
from knowledge.language.latin.forms import NO_TERM
from knowledge.language.latin.trie import Trie, grow
from knowledge.mapped import Numbers, Strings, mapped

LONGEST_SPELLING = 64
"""Phones of a form; a longer one is no word that anybody types."""

_NAME = "forms"
_TRIE = ("symbols", "children", "words")


def spellings_of(forms: Sequence[str], channel: Channel) -> Ragged:
    """How these forms are spelled in the channel's symbols, a row each; nothing for what it can't spell."""
    spelled = map(channel.spell, forms)
    return Ragged.of((each if len(each) <= LONGEST_SPELLING else [] for each in spelled), np.uint16)


def write_forms(
    folder: Path, forms: Sequence[str], counts: Numbers, terms: Numbers, spellings: Ragged, digest: int
) -> None:
    """Write the tables `forms.*` into a generation's folder; forms that aren't spelled are passed over.

    Args:
        folder: the generation's, where it is being built.
        forms: the words as written in the corpus, स्कूलों and not its stem, in their order.
        counts: how often each form stands in the corpus; 0 is allowed.
        terms: the number of each form's index term, NO_TERM for a stop word.
        spellings: how each form is spelled.
        digest: that of the channel in whose symbols they are spelled.
    """
    spelled = np.flatnonzero(np.diff(spellings.begins))
    chosen = spellings.taken(spelled)
    trie, order = grow(chosen.begins, chosen.values)
    numbers = spelled[order]
    Strings.write(folder, _NAME, map(forms.__getitem__, numbers.tolist()))
    np.save(folder / f"{_NAME}.counts.npy", counts[numbers].astype(np.int32))
    np.save(folder / f"{_NAME}.terms.npy", terms[numbers].astype(np.int32))
    for part in _TRIE:
        np.save(folder / f"{_NAME}.{part}.npy", getattr(trie, part))
    np.save(folder / f"{_NAME}.channel.npy", np.array([digest], dtype=np.int64))


def write_counted_forms(
    folder: Path, counts: Mapping[str, int], terms: Mapping[str, int], channel: Channel
) -> None:
    """Write the tables of forms by their counts; those that aren't among `terms` are stop words."""
    forms = sorted(counts)
    write_forms(
        folder,
        forms,
        np.array([counts[form] for form in forms], dtype=np.int64),
        np.array([terms.get(form, NO_TERM) for form in forms], dtype=np.int64),
        spellings_of(forms, channel),
        channel.digest,
    )


class MappedForms:
    """The forms of a generation, memory-mapped: their spelling, counts and terms, by number.

    About 80 bytes a form on disk and, where touched, in memory: four nodes of the trie with ten bytes
    each, the form itself and eight for where it begins, four each for its count and its term.

    Raises:
        CorruptGeneration: they were laid out for another channel than the one of this digest.
    """

    def __init__(self, folder: Path, digest: int) -> None:
        self.written = Strings(folder, _NAME)
        self.counts = mapped(folder / f"{_NAME}.counts.npy")
        self.terms = mapped(folder / f"{_NAME}.terms.npy")
        self.trie = Trie(*(mapped(folder / f"{_NAME}.{part}.npy") for part in _TRIE))
        if mapped(folder / f"{_NAME}.channel.npy").tolist() != [digest]:
            raise CorruptGeneration(f"{folder}: laid out for another Latin-letter channel; run khabar reload")
