from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.acronyms import latin_of, letter_names, read_acronyms
from knowledge.language.normalise import normalise
from knowledge.language.words import words

ACRONYMS = read_acronyms()


@pytest.mark.parametrize("written", ["SCO", "sco", "S.C.O.", "s c o", "Sco"])
def test_letters_names_of_an_acronym(written):
    assert letter_names(written) == ("एससीओ",)


def test_names_vary_letter_by_letter_but_alike_throughout():
    assert letter_names("isi") == ("आईएसआई", "आइएसआइ")
    assert letter_names("who")[:2] == ("डब्ल्यूएचओ", "डब्लूएचओ")
    assert letter_names("jk") == ("जेके",)
    assert letter_names("xyz") == ("एक्सवाईजेड", "एक्सवाईजी", "एक्सवाइजेड", "एक्सवाइजी")


@pytest.mark.parametrize("word", ["", "भाजपा", "g20", "a1", "é", "..."])
def test_what_is_not_of_latin_letters_has_no_names(word):
    assert letter_names(word) == ()


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("एससीओ", "sco"),
        ("एस.सी.ओ.", "sco"),
        ("एस सी ओ", "sco"),
        ("यूएनआईएफआईएल", "unifil"),
        ("बीजेपी", "bjp"),
        ("यूएन", "un"),
        ("आईएसआई", "isi"),
        ("आइएसआइ", "isi"),
        ("सीबीआइ", "cbi"),
        ("डब्ल्यूएचओ", "who"),
        ("डब्लूएचओ", "who"),
        ("सीइओ", "ceo"),
        ("ज़ेडपी", "zp"),
        ("क्यूआर", "qr"),
        ("एक्सएल", "xl"),
        ("पीओके", "pok"),
    ],
)
def test_devanagari_words_read_as_letters(word, latin):
    assert latin_of(word) == latin


@pytest.mark.parametrize(
    "word",
    [
        *words("के आर बी आई एक टीके बीवी बीबी केसी पीके आइए इसी ऐसी जैसी जीती पीता नाटो भाजपा सेना एकड़ आईना sco"),
        "",
        "जी20",
    ],
)
def test_ordinary_words_are_no_letters(word):
    assert latin_of(word) is None


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxy", min_size=3, max_size=7))
def test_every_spelling_is_read_back(acronym):
    spellings = letter_names(acronym)
    assert spellings
    assert len(set(spellings)) == len(spellings)
    assert {latin_of(spelling) for spelling in spellings} <= {acronym}


@given(st.text(max_size=12))
def test_any_text_can_be_asked_for(text):
    latin_of(text)
    letter_names(text)
    assert normalise(text) not in ACRONYMS.equivalents(text)
    assert 0 <= ACRONYMS.likely(text) <= 1


@pytest.mark.parametrize(
    ("term", "others"),
    [
        ("भाजपा", {"bjp", "बीजेपी"}),
        ("BJP", {"बीजेपी", "भाजपा"}),
        ("बीजेपी", {"bjp", "भाजपा"}),
        ("bhajpa", {"bjp", "बीजेपी", "भाजपा"}),
        ("सपा", {"sp", "एसपी"}),
        ("बसपा", {"bsp", "बीएसपी"}),
        ("माकपा", {"cpm", "सीपीएम"}),
        ("भाकपा", {"cpi", "सीपीआई"}),
        ("राजग", {"nda", "एनडीए"}),
        ("संप्रग", {"upa", "यूपीए"}),
        ("जदयू", {"jdu", "जेडीयू"}),
        ("राकांपा", {"ncp", "एनसीपी"}),
        ("संरा", {"un", "यूएन"}),
        ("AAP", {"आप"}),
        ("NATO", {"नाटो"}),
        ("यूनेस्को", {"unesco"}),
        ("ISRO", {"इसरो"}),
        ("U.N.I.F.I.L.", {"यूनिफिल", "यूएनआईएफआईएल"}),
        ("आइएसआइ", {"isi", "आईएसआई"}),
        ("WHO", {"डब्ल्यूएचओ", "डब्लूएचओ"}),
        ("mgnrega", {"मनरेगा", "नरेगा"}),
        ("सुभासपा", {"sbsp", "एसबीएसपी"}),
        ("सर्न", {"cern"}),
        ("FEMA", {"फेमा"}),
        ("npci", {"एनपीसीआई"}),
    ],
)
def test_established_acronyms_have_all_their_forms(term, others):
    assert others <= set(ACRONYMS.equivalents(term))


def test_unknown_words():
    assert ACRONYMS.equivalents("मौसम") == ()
    assert ACRONYMS.equivalents("xqz") == ()
    assert ACRONYMS.equivalents("एक्सक्यूएम")[0] == "xqm"
    assert ACRONYMS.likely("मौसम") == 0


def test_ordinary_words_are_doubtful_unless_marked():
    assert ACRONYMS.likely("who") < 0.1
    assert ACRONYMS.likely("us") < 0.5
    assert ACRONYMS.likely("आप") < 0.1
    assert ACRONYMS.likely("WHO") == ACRONYMS.likely("w.h.o.") == ACRONYMS.likely("bjp") == 1
    assert ACRONYMS.likely("डब्ल्यूएचओ") == 1


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("एस सी ओ की बैठक", ((0, 3, "एससीओ"),)),
        ("बैठक एस.सी.ओ. की", ((1, 4, "एससीओ"),)),
        ("S.C.O. me", ((0, 3, "sco"),)),
        ("u n i f i l kya h", ((0, 6, "unifil"),)),
        ("यू पी के सीएम", ((0, 2, "यूपी"),)),
        ("पी ओ के में", ((0, 3, "पीओके"),)),
        ("जी एस टी के बाद", ((0, 3, "जीएसटी"),)),
        ("आई सी एम आर के", ((0, 4, "आईसीएमआर"),)),
        ("b j p k neta", ((0, 3, "bjp"),)),
        ("ए पी जे अब्दुल कलाम", ((0, 3, "एपीजे"),)),
        ("एच एस प्रणय और यू.एन.", ((0, 2, "एचएस"), (4, 6, "यूएन"))),
        ("u n me", ((0, 2, "un"),)),
    ],
)
def test_spelled_out_acronyms_are_joined(text, spelled):
    assert ACRONYMS.joined(words(text)) == spelled


@pytest.mark.parametrize(
    "text", ["मोदी जी के घर", "कौन सी आई", "us m k h", "h m k n", "टीम के एस", "बीजेपी की बैठक", "r u sure", ""]
)
def test_words_of_one_letter_are_not_joined(text):
    assert ACRONYMS.joined(words(text)) == ()


@given(st.lists(st.sampled_from(words("एस सी ओ के जी आई u n k h bjp दिल्ली")), max_size=10))
def test_joined_ranges_are_in_order_and_spell_their_words(text):
    last = 0
    for begin, end, form in ACRONYMS.joined(text):
        assert last <= begin < end - 1 < len(text)
        assert form == "".join(text[begin:end])
        last = end


def test_the_table_is_well_formed():
    data = resources.files("knowledge.language").joinpath("data/acronyms.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in data.splitlines() if not line.startswith("#")]
    assert len(rows) >= 150
    heads = [latin.split()[0].partition(":")[0] for latin, _ in rows]
    assert len(set(heads)) == len(heads)
    for latin, devanagari in rows:
        assert latin.isascii(), latin
        assert not any(character.isascii() and character.isalpha() for character in devanagari), devanagari
        first = latin.split()[0].partition(":")[0]
        for form in (entry.partition(":")[0] for entry in devanagari.split()):
            assert first in ACRONYMS.equivalents(form)
