"""The words of a corpus with all that is known of each, carried over from generation to generation."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.corpus.forms import spellings_of, write_forms
from knowledge.corpus.ragged import Ragged
from knowledge.language.analysis import Analyser
from knowledge.language.latin.channel import Channel
from knowledge.language.latin.forms import NO_TERM
from knowledge.language.normalise import sound
from knowledge.language.thesaurus import thesaurus_words
from knowledge.mapped import SortedStrings, Strings, carried, mapped

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Lexicon:
    """Every word of a corpus as written, and the index terms that they are forms of.

    The thesaurus's words are always among them, with count 0 where the corpus hasn't them: whoever types
    daam in Latin letters means दाम, also where the corpus only has कीमत.

    Attributes:
        forms: the words as written, in order.
        counts: how often each form stands in the corpus; 0 for one that only the thesaurus has.
        term_of: the number of each form's index term, NO_TERM for a stop word.
        spellings: how each form is spelled in the symbols of the Latin-letter channel.
        terms: the index terms, in order.
        sounds: the different sounds of the terms, in order.
        sound_of: the number of each term's sound.
    """

    forms: list[str]
    counts: Numbers
    term_of: Numbers
    spellings: Ragged
    terms: list[str]
    sounds: list[str]
    sound_of: Numbers

    @classmethod
    def empty(cls) -> "Lexicon":
        """That of a corpus without words."""
        nothing = np.empty(0, dtype=np.int64)
        return cls([], nothing, nothing, Ragged.of([], np.uint16), [], [], nothing)

    @classmethod
    def read(cls, folder: Path) -> "Lexicon":
        """That of the generation in `folder`."""
        counts, term_of = (mapped(folder / f"words.{part}.npy") for part in ("counts", "terms"))
        sounds = list(Strings(folder, "sounds"))
        begins, members = (mapped(folder / f"alike.{part}.npy") for part in ("begins", "terms"))
        sound_of = np.empty(len(members), dtype=np.int64)
        sound_of[members] = np.repeat(np.arange(len(sounds)), np.diff(begins))
        return cls(
            list(Strings(folder, "words")),
            counts,
            term_of,
            Ragged.read(folder, "words.spelled"),
            list(Strings(folder, "terms")),
            sounds,
            sound_of,
        )

    def write(self, folder: Path, digest: int) -> None:
        """Write all that `read` and answering need; `digest` is that of the channel of the spellings."""
        Strings.write(folder, "words", self.forms)
        np.save(folder / "words.counts.npy", self.counts)
        np.save(folder / "words.terms.npy", self.term_of)
        self.spellings.write(folder, "words.spelled")
        SortedStrings.write(folder, "terms", self.terms)
        self._write_sounds(folder)
        write_forms(folder, self.forms, self.counts, self.term_of, self.spellings, digest)

    def _write_sounds(self, folder: Path) -> None:
        alike = np.argsort(self.sound_of, kind="stable")
        begins = np.searchsorted(self.sound_of[alike], np.arange(len(self.sounds) + 1))
        SortedStrings.write(folder, "sounds", self.sounds)
        np.save(folder / "alike.begins.npy", begins)
        np.save(folder / "alike.terms.npy", alike)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Each form's number."""
        return {form: number for number, form in enumerate(self.forms)}

    def term(self, form: str) -> str | None:
        """The index term of a form of the corpus, "" for a stop word; None for an unknown form."""
        number = self.numbers.get(form)
        if number is None:
            return None
        term = int(self.term_of[number])
        return "" if term == NO_TERM else self.terms[term]

    def terms_of(self, forms: Sequence[str]) -> Numbers:
        """The numbers of the index terms of these forms, NO_TERM for stop words and unknown forms."""
        padded = np.append(self.term_of, NO_TERM)  # so that number -1 is an unknown form's
        return padded[[self.numbers.get(form, -1) for form in forms]]

    def changed(
        self, forms: Sequence[str], more: Numbers, channel: Channel, analyser: Analyser
    ) -> tuple["Lexicon", Numbers]:
        """The lexicon once each of `forms` stands so many times more, or fewer; the new numbers of the terms.

        These are by old number, -1 for a term that is gone. What is left at 0 is gone, but for the
        thesaurus's words. The channel, in whose symbols new forms are spelled, is the one of the old forms.
        """
        counts = self.counts.copy()
        numbers = np.array([self.numbers.get(form, -1) for form in forms], dtype=np.int64)
        counts[numbers[numbers >= 0]] += more[numbers >= 0]
        listed = thesaurus_words()
        known = np.array([self.numbers[word] for word in listed if word in self.numbers], dtype=np.int64)
        kept = np.union1d(np.flatnonzero(counts), known)
        found = zip(forms, numbers.tolist(), more.tolist(), strict=True)
        added = {form: count for form, number, count in found if number < 0 and count}
        fresh = dict.fromkeys(listed.difference(self.numbers), 0) | added
        return self._joined(_merged(self.forms, kept, fresh), counts, fresh, channel, analyser)

    def _joined(
        self,
        forms: "_Merged",
        counts: Numbers,
        fresh: Mapping[str, int],
        channel: Channel,
        analyser: Analyser,
    ) -> tuple["Lexicon", Numbers]:
        """What `changed` gives, for these forms, of which the fresh ones stand so many times."""
        term_of_fresh = [analyser.term(form) for form in forms.added]
        terms = _merged(self.terms, np.setdiff1d(self.term_of[forms.kept], NO_TERM), {*term_of_fresh} - {""})
        sound_of_fresh = [sound(term) for term in terms.added]
        sounds = _merged(self.sounds, np.unique(self.sound_of[terms.kept]), sound_of_fresh)
        lexicon = Lexicon(
            forms.strings,
            carried(counts, forms.old_of, np.array([fresh[form] for form in forms.added], dtype=np.int64)),
            carried(terms.renumbered(self.term_of), forms.old_of, terms.numbers_of(term_of_fresh)),
            self.spellings.carried(forms.old_of, spellings_of(forms.added, channel)),
            terms.strings,
            sounds.strings,
            carried(sounds.renumbered(self.sound_of), terms.old_of, sounds.numbers_of(sound_of_fresh)),
        )
        return lexicon, terms.number_of


@dataclass(frozen=True, slots=True)
class _Merged:
    """Sorted strings of which some are gone and others were added.

    Attributes:
        strings: all that there are now.
        old_of: by number the number before, -1 for what was added.
        number_of: by number before the number now, -1 for what is gone.
        added: what was added, in order.
    """

    strings: list[str]
    old_of: Numbers
    number_of: Numbers
    added: list[str]

    @property
    def kept(self) -> Numbers:
        """The numbers before of what is still there."""
        return self.old_of[self.old_of >= 0]

    def renumbered(self, numbers: Numbers) -> Numbers:
        """These numbers before as they are now, -1 for -1."""
        return np.append(self.number_of, -1)[numbers]

    def numbers_of(self, strings: Sequence[str]) -> Numbers:
        """The numbers now of these strings, -1 for others."""
        numbers = {string: number for number, string in enumerate(self.strings)}
        return np.array([numbers.get(string, -1) for string in strings], dtype=np.int64)


def _merged(old: Sequence[str], kept: Numbers, others: Iterable[str]) -> _Merged:
    """The strings with the numbers `kept` of `old`, and the others that aren't among them."""
    still = [old[number] for number in kept.tolist()]
    added = sorted(set(others).difference(still))
    old_of = np.insert(kept, [bisect_left(still, string) for string in added], -1)
    number_of = np.full(len(old), -1, dtype=np.int64)
    number_of[kept] = np.flatnonzero(old_of >= 0)
    return _Merged(sorted([*still, *added]), old_of, number_of, added)  # two runs, which are merged
