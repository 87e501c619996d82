"""The words of a corpus as written, laid out in its generation for matching by sound."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from knowledge.errors import CorruptGeneration
from knowledge.language.latin.channel import Channel
from knowledge.language.latin.trie import Trie, grow
from knowledge.mapped import Strings, mapped

NO_TERM = -1
"""The term of a form that is a stop word."""

_NAME = "forms"


def write_forms(
    folder: Path, counts: Mapping[str, int], term_number: Callable[[str], int | None], channel: Channel
) -> None:
    """Write the tables `forms.*` into a generation's folder.

    Args:
        folder: the generation's, where it is being built.
        counts: how often each form stands in the corpus as written, स्कूलों and not its stem. Forms
            without Devanagari letters are passed over; 0 is allowed.
        term_number: the number of a form's index term, None for a stop word.
        channel: what the forms are going to be matched by.
    """
    spelled = {form: symbols for form in sorted(counts) if (symbols := channel.spell(form))}
    forms = list(spelled)
    trie, order = grow(list(spelled.values()))
    ordered = [forms[position] for position in order]
    terms = [NO_TERM if (number := term_number(form)) is None else number for form in ordered]
    Strings.write(folder, _NAME, ordered)
    np.save(folder / f"{_NAME}.counts.npy", np.array([counts[form] for form in ordered], dtype=np.int32))
    np.save(folder / f"{_NAME}.terms.npy", np.array(terms, dtype=np.int32))
    np.save(folder / f"{_NAME}.symbols.npy", trie.symbols)
    np.save(folder / f"{_NAME}.children.npy", trie.children)
    np.save(folder / f"{_NAME}.words.npy", trie.words)
    np.save(folder / f"{_NAME}.channel.npy", np.array([channel.digest], dtype=np.int64))


class Forms:
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
        self.trie = Trie(
            *(mapped(folder / f"{_NAME}.{part}.npy") for part in ("symbols", "children", "words"))
        )
        if mapped(folder / f"{_NAME}.channel.npy").tolist() != [digest]:
            raise CorruptGeneration(f"{folder}: laid out for another Latin-letter channel; run khabar reload")
