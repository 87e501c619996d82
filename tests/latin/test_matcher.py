from collections.abc import Mapping
from pathlib import Path

import pytest

from knowledge.corpus.forms import MappedForms, write_counted_forms
from knowledge.errors import CorruptGeneration
from knowledge.language.latin.channel import Channel, read_channel
from knowledge.language.latin.forms import NO_TERM
from knowledge.language.latin.matcher import Keyboard, Matcher

NEWS = {
    "राजनाथ": 40,
    "राजनीति": 90,
    "राजधानी": 30,
    "रजनी": 2,
    "कहां": 60,
    "कहा": 500,
    "खा": 8,
    "नहीं": 900,
    "नई": 100,
    "है": 2000,
    "में": 1800,
    "के": 1500,
    "रक्षा": 50,
    "डिफेंस": 4,
    "ट्रांसपोर्ट": 6,
    "परिवहन": 12,
    "स्कूल": 20,
    "स्कूलों": 10,
    "शिक्षा": 30,
    "क्षेत्र": 40,
    "ज़मीन": 9,
    "जमीन": 11,
    "वजह": 14,
    "फूल": 5,
    "उत्तराखंड": 25,
    "किसान": 33,
    "IPL": 7,
    "2020": 50,
}


@pytest.fixture(scope="module")
def channel() -> Channel:
    return read_channel()


def matcher_of(folder: Path, counts: Mapping[str, int], channel: Channel, **terms: int) -> Matcher:
    numbers = {form: terms.get(form, len(terms)) for form in counts}
    write_counted_forms(folder, counts, numbers, channel)
    return Matcher(MappedForms(folder, channel.digest), Keyboard(channel))


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory, channel: Channel) -> Matcher:
    return matcher_of(tmp_path_factory.mktemp("news"), NEWS, channel)


@pytest.mark.parametrize(
    ("latin", "form"),
    [
        ("rajnath", "राजनाथ"),
        ("raajnaath", "राजनाथ"),
        ("rjnth", "राजनाथ"),
        ("rajneeti", "राजनीति"),
        ("rajniti", "राजनीति"),
        ("raksha", "रक्षा"),
        ("rakshaa", "रक्षा"),
        ("defence", "डिफेंस"),
        ("transport", "ट्रांसपोर्ट"),
        ("parivahan", "परिवहन"),
        ("kshetra", "क्षेत्र"),
        ("chhetr", "क्षेत्र"),
        ("shikshaa", "शिक्षा"),
        ("wajah", "वजह"),
        ("vajah", "वजह"),
        ("phool", "फूल"),
        ("fool", "फूल"),
        ("uttrakhand", "उत्तराखंड"),
        ("utarakhand", "उत्तराखंड"),
        ("kisan", "किसान"),
        ("kissan", "किसान"),
        ("nahin", "नहीं"),
        ("nahi", "नहीं"),
        ("nhi", "नहीं"),
        ("kahan", "कहां"),
        ("h", "है"),
        ("m", "में"),
        ("k", "के"),
    ],
)
def test_each_way_of_typing_finds_the_word_first(matcher: Matcher, latin: str, form: str) -> None:
    assert matcher.candidates(latin)[0].form == form


def test_a_short_spelling_keeps_its_longer_reading(matcher: Matcher) -> None:
    assert "कहां" in [candidate.form for candidate in matcher.candidates("kha")]


def test_zameen_may_be_typed_with_z_or_j(matcher: Matcher) -> None:
    assert {candidate.form for candidate in matcher.candidates("zameen", 2)} == {"ज़मीन", "जमीन"}
    assert {candidate.form for candidate in matcher.candidates("jamin", 2)} == {"ज़मीन", "जमीन"}


def test_candidates_come_best_first_and_no_more_than_asked_for(matcher: Matcher) -> None:
    found = matcher.candidates("raj", 3)
    assert len(found) == 3
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
    assert all(candidate.fit <= 0.01 for candidate in found)


def test_a_word_that_the_corpus_has_fits_far_better_than_one_it_has_not(matcher: Matcher) -> None:
    known, unknown = matcher.candidates("uttarakhand", 1)[0], matcher.candidates("yugoslavia", 1)
    assert known.fit / len("uttarakhand") > -0.5
    assert not unknown or unknown[0].fit / len("yugoslavia") < -1.5


@pytest.mark.parametrize("latin", ["", "é", "123", "म", "a" * 200])
def test_what_is_no_word_in_latin_letters_finds_nothing(matcher: Matcher, latin: str) -> None:
    assert matcher.candidates(latin) == ()
    assert matcher.shares(latin) == ()


def test_forms_of_one_stem_add_up(tmp_path: Path, channel: Channel) -> None:
    matcher = matcher_of(tmp_path, {"पान": 10, "पानी": 10, "पाना": 10}, channel, पान=0, पानी=0, पाना=1)
    shares = dict(matcher.shares("pan"))
    assert shares[0] > shares[1]
    assert sum(shares.values()) == pytest.approx(1.0)


def test_stop_words_take_their_share_and_stand_for_no_term(tmp_path: Path, channel: Channel) -> None:
    write_counted_forms(tmp_path, {"है": 900, "हाय": 1, "ही": 400}, {"हाय": 3}, channel)
    matcher = Matcher(MappedForms(tmp_path, channel.digest), Keyboard(channel))
    assert matcher.candidates("hai")[0].term == NO_TERM
    assert sum(share for _, share in matcher.shares("hai")) < 0.5
    assert {term for term, _ in matcher.shares("hai")} <= {3}


def test_the_more_frequent_of_two_words_that_sound_alike_comes_first(
    tmp_path: Path, channel: Channel
) -> None:
    for common, rare in (("काम", "कम"), ("कम", "काम")):
        folder = tmp_path / common
        folder.mkdir()
        assert matcher_of(folder, {common: 9000, rare: 1}, channel).candidates("kam")[0].form == common


def test_an_empty_corpus_finds_nothing(tmp_path: Path, channel: Channel) -> None:
    assert matcher_of(tmp_path, {"IPL": 3}, channel).candidates("rajnath") == ()


def test_tables_of_another_channel_are_refused(tmp_path: Path, channel: Channel) -> None:
    write_counted_forms(tmp_path, NEWS, {}, channel)
    with pytest.raises(CorruptGeneration, match="khabar reload"):
        MappedForms(tmp_path, channel.digest + 1)


def test_the_order_of_the_vocabulary_does_not_matter(tmp_path: Path, channel: Channel) -> None:
    found = []
    for number, forms in enumerate((sorted(NEWS), sorted(NEWS, reverse=True))):
        folder = tmp_path / str(number)
        folder.mkdir()
        counts = {form: NEWS[form] for form in forms}
        found.append(matcher_of(folder, counts, channel).candidates("rajni"))
    assert found[0] == found[1]


def test_parameters_are_small_and_name_their_sources() -> None:
    from importlib import resources

    text = resources.files("knowledge.language").joinpath("data/latin.tsv").read_bytes()
    assert len(text) < 500_000
    assert b"Dakshina" in text[:500]
    assert b"CC BY-SA 4.0" in text[:500]
