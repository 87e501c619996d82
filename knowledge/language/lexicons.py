"""What is known of words before any corpus is: everything that reading a question draws on."""

from dataclasses import dataclass
from pathlib import Path

from knowledge.language.acronyms import Acronyms, read_acronyms
from knowledge.language.analysis import Analyser
from knowledge.language.background import Background, read_background
from knowledge.language.english import English, read_english
from knowledge.language.numerals import Numerals, read_numerals
from knowledge.language.thesaurus import Thesaurus, read_thesaurus


@dataclass(frozen=True, slots=True)
class Lexicons:
    """The analyser and the word lists that questions are read with; safe to share between threads."""

    analyser: Analyser
    thesaurus: Thesaurus
    english: English
    acronyms: Acronyms
    numerals: Numerals
    background: Background


def read_lexicons(english_dictionary: Path | None = None) -> Lexicons:
    """The shipped lexicons; `english_dictionary` is one in dictd's format, read beside the English one.

    Raises:
        DictionaryError: the dictionary isn't where it should be.
    """
    analyser = Analyser()
    return Lexicons(
        analyser=analyser,
        thesaurus=read_thesaurus(analyser),
        english=read_english(analyser, english_dictionary),
        acronyms=read_acronyms(),
        numerals=read_numerals(),
        background=read_background(),
    )
