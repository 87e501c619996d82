"""The words of a corpus with all that is known of each, carried over from generation to generation."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
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
from knowledge.mapped import SortedStrings, Strings, mapped

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
        sounds: how each term sounds.
    """

    forms: list[str]
    counts: Numbers
    term_of: Numbers
    spellings: Ragged
    terms: list[str]
    sounds: list[str]

    @classmethod
    def empty(cls) -> "Lexicon":
        """That of a corpus without words."""
        nothing = np.empty(0, dtype=np.int64)
        return cls([], nothing, nothing, Ragged.of([], np.uint16), [], [])

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
            [sounds[number] for number in sound_of.tolist()],
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
        sounds = sorted(set(self.sounds))
        numbers = {key: number for number, key in enumerate(sounds)}
        sound_of = np.array([numbers[key] for key in self.sounds], dtype=np.int64)
        alike = np.argsort(sound_of, kind="stable")
        SortedStrings.write(folder, "sounds", sounds)
        np.save(folder / "alike.begins.npy", np.searchsorted(sound_of[alike], np.arange(len(sounds) + 1)))
        np.save(folder / "alike.terms.npy", alike)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Each form's number."""
        return {form: number for number, form in enumerate(self.forms)}

    @cached_property
    def term_numbers(self) -> Mapping[str, int]:
        """Each term's number."""
        return {term: number for number, term in enumerate(self.terms)}

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

    def renumbered(self, later: "Lexicon") -> Numbers:
        """By term its number in `later`, -1 where it is gone."""
        return np.array([later.term_numbers.get(term, -1) for term in self.terms], dtype=np.int64)

    def changed(self, forms: Sequence[str], more: Numbers, channel: Channel, analyser: Analyser) -> "Lexicon":
        """The lexicon once each of `forms` stands so many times more, or fewer.

        What is left at 0 is gone, but for the thesaurus's words. The channel, in whose symbols new forms
        are spelled, is the one of the old forms.
        """
        counts = self.counts.copy()
        numbers = np.array([self.numbers.get(form, -1) for form in forms], dtype=np.int64)
        counts[numbers[numbers >= 0]] += more[numbers >= 0]
        listed = thesaurus_words()
        known = np.array([self.numbers[word] for word in listed if word in self.numbers], dtype=np.int64)
        kept = np.union1d(np.flatnonzero(counts), known)
        found = zip(forms, numbers.tolist(), more.tolist(), strict=True)
        added = {form: count for form, number, count in found if number < 0 and count}
        fresh = sorted((dict.fromkeys(listed.difference(self.numbers), 0) | added).items())
        return self._joined(kept, counts[kept], fresh, channel, analyser)

    def _joined(
        self,
        kept: Numbers,
        counts: Numbers,
        counted: list[tuple[str, int]],
        channel: Channel,
        analyser: Analyser,
    ) -> "Lexicon":
        """The forms numbered `kept`, and among them the fresh ones that are `counted`."""
        fresh = [form for form, _ in counted]
        old_forms = [self.forms[number] for number in kept.tolist()]
        places = np.array([bisect_left(old_forms, form) for form in fresh], dtype=np.int64)
        order = np.insert(np.arange(len(kept)), places, len(kept) + np.arange(len(fresh)))
        fresh_terms = [analyser.term(form) for form in fresh]
        terms, row_of = self._terms(kept, set(fresh_terms) - {""})
        numbers = {term: number for number, term in enumerate(terms)} | {"": NO_TERM}
        fresh_term_of = np.array([numbers[term] for term in fresh_terms], dtype=np.int64)
        term_of = np.concatenate([np.append(row_of, NO_TERM)[self.term_of[kept]], fresh_term_of])
        known = dict(zip(self.terms, self.sounds, strict=True))
        spellings = self.spellings.taken(kept).followed_by(spellings_of(fresh, channel))
        return Lexicon(
            sorted([*old_forms, *fresh]),
            np.insert(counts, places, [count for _, count in counted]),
            term_of[order],
            spellings.taken(order),
            terms,
            [known.get(term) or sound(term) for term in terms],
        )

    def _terms(self, kept: Numbers, fresh: set[str]) -> tuple[list[str], Numbers]:
        """The terms of the forms numbered `kept` and the `fresh` ones; by old number each one's new one."""
        held = np.zeros(len(self.terms) + 1, dtype=bool)  # one more, for the stop words' -1
        held[self.term_of[kept]] = True
        still = [self.terms[number] for number in np.flatnonzero(held[:-1]).tolist()]
        terms = sorted([*still, *sorted(fresh.difference(still))])  # two runs, which are merged
        numbers = {term: number for number, term in enumerate(terms)}
        return terms, np.array([numbers.get(term, -1) for term in self.terms], dtype=np.int64)
