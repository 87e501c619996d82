from itertools import product
from math import exp

import numpy as np
import pytest
from latin.lexicon import small_channel

from knowledge.language.latin.channel import read_channel
from knowledge.language.latin.typist import Typist, parse_typist, write_typist


@pytest.fixture(scope="module")
def typist() -> Typist:
    return read_channel().typist


@pytest.mark.parametrize(
    ("latin", "meant", "other"),
    [
        ("runner", "रनर", "रेनर"),
        ("curt", "कर्ट", "कुर्त"),
        ("place", "प्लेस", "प्लाके"),
        ("kaam", "काम", "कम"),
        ("baarish", "बारिश", "बरस"),
        ("samachaar", "समाचार", "समचर"),
    ],
)
def test_the_word_that_is_written_so_fits_better(typist: Typist, latin: str, meant: str, other: str) -> None:
    better, worse = typist.fits(latin, [meant, other])
    assert better > worse


def test_a_fit_does_not_hang_on_the_words_beside_it(typist: Typist) -> None:
    words = ["राजनाथ", "नाथ", "राजनीति", "ओम"]
    together = typist.fits("rajnath", words)
    assert together == pytest.approx([typist.fits("rajnath", [word])[0] for word in words], rel=1e-4)


def test_what_may_be_typed_for_a_word_is_at_most_certain(typist: Typist) -> None:
    spellings = ["".join(letters) for size in (1, 2, 3) for letters in product("aehkmno", repeat=size)]
    total = sum(exp(typist.fits(latin, ["हम"])[0]) for latin in spellings)
    assert 0.5 < total < 1.1  # slips are on top


def test_a_dropped_vowel_costs_little_and_other_letters_much(typist: Typist) -> None:
    dropped, strange = (typist.fits(latin, ["राजनाथ"])[0] for latin in ("rjnth", "wxqyz"))
    assert dropped > strange + 10


def test_a_typist_is_read_as_it_was_written() -> None:
    typist = small_channel().typist
    again = parse_typist(write_typist(typist))
    assert (again.phones, again.chunks) == (typist.phones, typist.chunks)
    assert np.array_equal(again.inputs, typist.inputs)
    assert np.array_equal(again.outputs, typist.outputs)


def test_letters_that_no_phone_is_written_with_are_all_but_impossible(typist: Typist) -> None:
    assert typist.fits("a" * 30, ["क"])[0] < -100
