import base64
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.language.analysis import Analyser
from knowledge.language.english import English, read_english

ENTRIES = (
    ("00databaseinfo", "00-database-info\nA dictionary of four words\n"),
    ("cobbler", 'cobbler /kˈɒblə/ <N>\n1. मोची\n      "मरम्मत वाला चप्पल सीता है."\n'),
    ("sieve", "sieve /sˈɪv/ <VT>\n1. छानना\n2. ध्यान~से~देखना{कुछ~ढूँढना}\n"),
    ("sieve", "sieve /sˈɪv/ <N>\n1. छलनी, चलनी\n"),
    ("The", "the\n1. यह\n"),
    ("to and fro", "to and fro\n1. इधर~उधर\n"),
    ("meander", "meander <V>\n1. करना\n2. ?\n"),
)

LEXICON = (
    ("flood", "बाढ़ सैलाब"),
    ("minister", "मंत्री"),
    ("prime minister", "प्रधानमंत्री पीएम"),
    ("defence", "रक्षा"),
    ("defence minister", "रक्षामंत्री"),
    ("state of emergency", "आपातकाल"),
    ("mp", "सांसद"),
    ("bjp", "भाजपा बीजेपी"),
    ("us", "अमेरिका"),
    ("india", "भारत"),
    ("child", "बच्चा"),
    ("strong", "मजबूत"),
    ("withdraw", "वापस"),
    ("labour", "मजदूर"),
    ("center", "केंद्र"),
    ("organise", "आयोजन"),
    ("programme", "कार्यक्रम"),
    ("dialogue", "संवाद"),
    ("travel", "यात्रा"),
    ("ceasefire", "युद्धविराम"),
    ("soon", "जल्द"),
    ("gay", "समलैंगिक"),
    ("fir", "प्राथमिकी"),
    ("universe", "ब्रह्मांड"),
    ("university", "विश्वविद्यालय"),
)

WriteDictionary = Callable[..., Path]


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    return Analyser()


@pytest.fixture(scope="session")
def shipped(analyser: Analyser) -> English:
    """With the shipped lexicon alone."""
    return read_english(analyser, None)


@pytest.fixture(scope="session")
def english(analyser: Analyser) -> English:
    """With a lexicon of a few words."""
    return English(analyser, dict(LEXICON), None)


@pytest.fixture
def with_dictionary(analyser: Analyser) -> Callable[[Path], English]:
    """Gives the same lexicon with the dictionary of an index behind it."""
    return lambda index: English(analyser, dict(LEXICON), index)


@pytest.fixture
def write_dictionary(tmp_path: Path) -> WriteDictionary:
    """Writes the entries in dictd's format, packed or not, and gives back the index."""

    def write(*, packed: bool = True) -> Path:
        begin, lines, texts = 0, [], []
        for head, text in ENTRIES:
            entry = text.encode()
            lines.append(f"{head}\t{in_base_64(begin)}\t{in_base_64(len(entry))}\n")
            texts.append(entry)
            begin += len(entry)
        body = b"".join(texts)
        if packed:
            (tmp_path / "freedict-eng-hin.dict.dz").write_bytes(gzip.compress(body))
        else:
            (tmp_path / "freedict-eng-hin.dict").write_bytes(body)
        index = tmp_path / "freedict-eng-hin.index"
        index.write_text("".join(lines), "utf-8")
        return index

    return write


def in_base_64(number: int) -> str:
    return base64.b64encode(number.to_bytes(6, "big")).decode().lstrip("A") or "A"
