"""Reading the words of a question: Devanagari, Hindi in Latin letters, English, numbers, acronyms.

Nobody says in which language a Latin-letter word is. It has an English reading where the lexicon has it,
and a Hindi one where it spells a word of the corpus; both stand side by side, each as likely as the
spelling fits the Hindi word. A word that is read wrongly rarely finds anything beside its neighbours.
"""

from collections.abc import Sequence
from math import exp

from knowledge.language.acronyms import latin_of, letter_names
from knowledge.language.concepts import Shares, Vocabulary, together, with_others
from knowledge.language.english import Reading
from knowledge.language.lexicons import Lexicons
from knowledge.language.spellings import SYNONYM_SHARE, UNKNOWN_SYNONYM_SHARE, shares_of

OTHER_TRANSLATION_SHARE = 0.5
"""How far a passage with another translation than the commonest is about an English word."""

FITTING = -1.2
SHARPNESS = 4.0
"""The log-likelihood a letter at which a word that is in the English lexicon is as likely Hindi, and how
quickly that changes: a Hindi word is typed at -0.3 to -0.9."""

RARE_LOAN = 5
"""How many times as often as an English word in Devanagari the corpus has its translation, so that this
stands beside it however well the letters fit: XQuAD in English gains 0.005 MRR@10. With 1 it gains 0.013, but
the news questions lose one passage of eighty, of a film called by its English name."""

SURE_READING = 0.5
"""The share of a Hindi reading from which on its synonyms are looked for too."""

LITERAL_SHARE = 0.5
"""How far a passage with the word itself, in Latin letters, is about it."""

LONGEST_ACRONYM = 7


class WordReader:
    """Gives the index terms that words of a question stand for; safe to share between threads."""

    def __init__(self, lexicons: Lexicons) -> None:
        self._analyser = lexicons.analyser
        self._thesaurus = lexicons.thesaurus
        self._english = lexicons.english
        self._acronyms = lexicons.acronyms
        self._background = lexicons.background

    def read(self, words: Sequence[str], place: int, vocabulary: Vocabulary) -> tuple[int, Shares]:
        """How many words were read from word number `place` on, and the terms that they stand for.

        Function words stand for none.
        """
        word = words[place]
        if not _is_latin(word):
            return 1, self._devanagari(word, vocabulary)
        reading = self._english.at(words, place)
        if reading and reading.length > 1:
            terms = self._translations(reading, vocabulary)
            if terms or not reading.terms:
                return reading.length, terms
            reading = self._english.at(words[: place + 1], place)
        if self._is_acronym(word, words) and (terms := self._acronym(word.lower(), vocabulary)):
            return 1, terms
        if self._is_function_word(word, words):
            return 1, ()
        return 1, self._latin(word, reading, vocabulary)

    def in_devanagari(self, word: str) -> str:
        """The word, or the Hindi function word that it spells in Latin letters: कब for kab and kb."""
        return self._english.function_words.in_devanagari(word) or word

    def function_words(self, word: str) -> Sequence[str]:
        """The function words that `word` is or spells in Latin letters, itself where it spells none."""
        return self._english.function_words.readings(word) or (word,)

    def spelled_out(self, words: Sequence[str], vocabulary: Vocabulary) -> dict[int, tuple[int, Shares]]:
        """Where an acronym of the corpus is spelled letter by letter, in how many words, and its terms.

        U.P., S C O, एस.सी.ओ.; letters that spell nothing the corpus has are words of their own.
        """
        found = (
            (begin, end - begin, self._acronym(form, vocabulary))
            for begin, end, form in self._acronyms.joined(words)
        )
        return {begin: (length, terms) for begin, length, terms in found if terms}

    def _acronym(self, form: str, vocabulary: Vocabulary) -> Shares:
        reading = self._english.at(form.upper(), 0) if form.isascii() else None
        translations = self._translations(reading, vocabulary) if reading and reading.length > 1 else ()
        others = self._acronyms.equivalents(form) or letter_names(form)
        terms = [form if form.isascii() else self._analyser.term(form), *map(self._analyser.term, others)]
        return with_others(translations, _known(terms, vocabulary), 1.0)

    def _is_acronym(self, word: str, words: Sequence[str]) -> bool:
        """Whether the word is written as one: WHO in capitals among others, beside the function word who."""
        capitals = word.isupper() and (len(words) == 1 or not all(map(str.isupper, words)))
        return capitals and len(word) > 1 and self._acronyms.likely(word) == 1.0

    def _is_function_word(self, word: str, words: Sequence[str]) -> bool:
        """Whether the word is one in the language of the function words around it: men is में, or पुरुष."""
        function_words = self._english.function_words
        hindi, english = function_words.is_hindi(word), function_words.is_english(word)
        if not function_words.is_ambiguous(word) or hindi == english:
            return hindi or english
        around = [other for other in words if not function_words.is_ambiguous(other)]
        in_english = sum(map(function_words.is_english, around)) - sum(map(function_words.is_hindi, around))
        return in_english > 0 if english else in_english <= 0

    def _devanagari(self, word: str, vocabulary: Vocabulary) -> Shares:
        term = self._analyser.term(word)
        if not term:
            return ()
        return with_others(
            shares_of(term, self._thesaurus, vocabulary), self._spelled_out(word, vocabulary), 1.0
        )

    def _latin(self, word: str, reading: Reading | None, vocabulary: Vocabulary) -> Shares:
        """The readings of a word in Latin letters; the word itself where it has none."""
        meant, fit = vocabulary.latin(word.lower())
        english = self._translations(reading, vocabulary) if reading else ()
        if reading:
            meant = _standing(meant, vocabulary)
        if english and meant:
            is_loan = self._is_rare_loan(meant, english, vocabulary)
            shares = _either(english, meant, fit, SYNONYM_SHARE if is_loan else 0.0)
        else:
            shares = english or self._with_synonyms(meant, vocabulary)
        shares = with_others(shares, self._spelled_out(word, vocabulary), 1.0)
        literal = word.lower()
        if not shares:
            return ((literal, 1.0),)
        return with_others(shares, _known([literal], vocabulary), LITERAL_SHARE)

    def _is_rare_loan(self, meant: Shares, english: Shares, vocabulary: Vocabulary) -> bool:
        """Whether the Hindi word that fits is the English one itself, and the corpus rather translates it.

        अरेस्ट for arrest, which Hindi at large hasn't, and हेल्थ for health, a synonym of स्वास्थ्य.
        """
        likeliest = max(meant, key=lambda reading: reading[1])[0]
        frequency = vocabulary.document_frequency
        if frequency(english[0][0]) < RARE_LOAN * frequency(likeliest):
            return False
        synonyms = self._thesaurus.get(likeliest)
        if synonyms is None:
            return likeliest not in self._background
        return any(term in synonyms for term, _ in english)

    def _translations(self, reading: Reading, vocabulary: Vocabulary) -> Shares:
        """The translations that the corpus has, the commonest there first; if none, their synonyms."""
        known = sorted(_known(reading.terms, vocabulary), key=vocabulary.document_frequency, reverse=True)
        if not known:
            synonyms = (other for term in reading.terms for other in self._thesaurus.get(term, ()))
            return tuple((term, UNKNOWN_SYNONYM_SHARE) for term in _known(list(synonyms), vocabulary))
        return tuple(
            (term, 1.0 if not place else OTHER_TRANSLATION_SHARE) for place, term in enumerate(known)
        )

    def _instead(self, term: str, vocabulary: Vocabulary) -> Shares:
        """A reading, and of one that the corpus hasn't what it has instead: कीमत for the दाम of daam."""
        known = vocabulary.document_frequency(term)
        return ((term, 1.0),) if known else shares_of(term, self._thesaurus, vocabulary)

    def _with_synonyms(self, meant: Shares, vocabulary: Vocabulary) -> Shares:
        hindi = together((self._instead(term, vocabulary), share) for term, share in meant)
        term, share = max(hindi, key=lambda reading: reading[1], default=("", 0.0))
        if share < SURE_READING:
            return hindi
        synonyms = _known(self._thesaurus.get(term, ()), vocabulary)
        return with_others(hindi, synonyms, SYNONYM_SHARE * share)

    def _spelled_out(self, word: str, vocabulary: Vocabulary) -> list[str]:
        """The terms of the corpus for an acronym: एससीओ, एस.सी.ओ. and SCO; भाजपा and BJP."""
        if self._acronyms.likely(word) < SURE_READING:
            unknown = word.isupper() and 1 < len(word) <= LONGEST_ACRONYM
            forms = letter_names(word) if unknown else tuple(filter(None, [latin_of(word)]))
        else:
            forms = self._acronyms.equivalents(word)
        return _known([self._analyser.term(form) for form in forms], vocabulary)


def _standing(meant: Shares, vocabulary: Vocabulary) -> Shares:
    """The readings that the corpus has."""
    return tuple((term, share) for term, share in meant if vocabulary.document_frequency(term))


def _either(english: Shares, hindi: Shares, fit: float, least: float) -> Shares:
    """What a word means that is in the English lexicon and may as well be Hindi, which fits so well.

    `least` is the share that the English reading has however well the Hindi one fits.
    """
    is_hindi = 1 / (1 + exp(SHARPNESS * (FITTING - fit)))
    spelled = sum(share for _, share in hindi)
    return together(((english, max(least, 1 - is_hindi * spelled)), (hindi, is_hindi)))


def _is_latin(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _known(terms: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    return [term for term in dict.fromkeys(terms) if term and vocabulary.document_frequency(term)]
