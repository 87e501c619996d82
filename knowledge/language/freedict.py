"""FreeDict's English-Hindi dictionary, where the operator has it: it is GPL and not shipped.

It comes in the format of dictd: an index of lines `head<TAB>offset<TAB>length`, both numbers in base 64,
and the entries one after another, as text or compressed with dictzip, which gzip reads. An entry is

    flood /flˈʌd/ <N>
    1. बाढ़
          "The rivers are in spate due to flood."

with `~` for the spaces in a gloss and explanations in brackets.
"""

import gzip
import zlib
from base64 import b64decode
from binascii import Error as NotBase64
from pathlib import Path
from typing import Self

import regex

from knowledge.errors import DictionaryError

DEBIAN_FOLDER = Path("/usr/share/dictd")
"""Where the Debian package dict-freedict-eng-hin puts it."""

_NAME = "freedict-eng-hin"
_SENSE = regex.compile(r"^\d+\. (.*)$", regex.MULTILINE)
_BRACKETS = regex.compile(r"\{[^}]*\}?|\[[^]]*\]?|\([^)]*\)?")
_HINDI = regex.compile(r"[\u0900-\u0963\u0970-\u097f\u200c\u200d]+")

_FULL_OF = """आना रखना रखने लगाना डालना बनाना बनाने निकालना मारना चलना पड़ना उठाना करनेवाला प्रकार तरह आदि विशेष
    व्यक्ति स्थान जगह वस्तु पदार्थ समूह भाग कार्य काम क्रिया स्थिति योग्य संबंधी सम्बन्धी युक्त पूर्ण भरा
    छोटा छोटी छोटे बड़ा बड़ी बड़े अधिक ज्यादा कम बिना अति अलग गलत पुनः समय"""
"""What glosses of several words are full of (a fish, a place, "a small kind of"), and say little by."""
_FILLERS = frozenset(_FULL_OF.split())


def find_dictionary(folder: Path = DEBIAN_FOLDER) -> Path | None:
    """The index of the dictionary where Debian installs it; None where it isn't."""
    index = folder / f"{_NAME}.index"
    return index if index.is_file() and _entries_beside(index).is_file() else None


def dictionary_index(location: Path) -> Path:
    """The index of the dictionary at `location`: its folder, its index or its entries (.dict, .dict.dz).

    Raises:
        DictionaryError: there is none, or its index or entries are missing.
    """
    name = location.name.removesuffix(".dz").removesuffix(".dict").removesuffix(".index")
    index = location / f"{_NAME}.index" if location.is_dir() else location.with_name(f"{name}.index")
    for file in (index, _entries_beside(index)):
        if not file.is_file():
            raise DictionaryError(
                f"English dictionary {location} can't be read: {file} is missing; "
                "install dict-freedict-eng-hin, or take english_dictionary out of the settings"
            )
    return index


class Dictionary:
    """The entries of a dictionary in dictd's format; immutable, safe to share between threads."""

    def __init__(self, places: dict[str, list[tuple[int, int]]], entries: bytes) -> None:
        self._places = places
        self._entries = entries
        self.heads = places.keys()

    @classmethod
    def open(cls, index: Path) -> Self:
        """The dictionary with that index; its entries stand beside it. Takes about 0.1 s.

        Only heads of one word are kept.

        Raises:
            DictionaryError: index or entries can't be read, or don't fit each other.
        """
        file = _entries_beside(index)
        try:
            packed = file.read_bytes()
            entries = gzip.decompress(packed) if file.suffix == ".dz" else packed
            places = _places(index.read_text("utf-8"), len(entries))
        except (OSError, EOFError, ValueError, zlib.error) as error:
            raise DictionaryError(
                f"English dictionary {index} can't be read: {error}; install dict-freedict-eng-hin again"
            ) from error
        return cls(places, entries)

    def words(self, head: str) -> list[str]:
        """The Hindi words for `head`, none for an unknown one: `words("flood")` begins with बाढ़.

        Nouns come before verbs and glosses of one word before the words of longer ones, without those
        that such glosses are full of.
        """
        texts = [
            self._entries[begin:end].decode("utf-8", "replace") for begin, end in self._places.get(head, ())
        ]
        texts.sort(key=lambda text: "<N>" not in text.partition("\n")[0])
        glosses = [gloss for text in texts for sense in _SENSE.findall(text) for gloss in _glosses(sense)]
        alone = [gloss[0] for gloss in glosses if len(gloss) == 1]
        within = [word for gloss in glosses if len(gloss) > 1 for word in gloss if word not in _FILLERS]
        return list(dict.fromkeys(alone + within))


def _glosses(sense: str) -> list[list[str]]:
    """The words of each gloss of a sense: बाढ़~आना, सैलाब gives बाढ़, आना and सैलाब."""
    parts = regex.split("[,;/:]", _BRACKETS.sub("", sense))
    return [words for words in map(_HINDI.findall, parts) if words]


def _entries_beside(index: Path) -> Path:
    packed = index.with_suffix(".dict.dz")
    return packed if packed.is_file() else index.with_suffix(".dict")


def _places(index: str, size: int) -> dict[str, list[tuple[int, int]]]:
    places: dict[str, list[tuple[int, int]]] = {}
    for number, line in enumerate(index.splitlines(), 1):
        fields = line.split("\t")
        try:
            head, begin, length = fields[0], _number(fields[1]), _number(fields[2])
        except (IndexError, NotBase64):
            raise ValueError(f"line {number} is not head, offset and length") from None
        if begin + length > size:
            raise ValueError(f"line {number} points behind the end of the entries, which are cut short")
        if head.isalpha():
            places.setdefault(head.lower(), []).append((begin, begin + length))
    return places


def _number(digits: str) -> int:
    return int.from_bytes(b64decode(digits.rjust(8, "A"), validate=True), "big")
