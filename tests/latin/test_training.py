from pathlib import Path

import numpy as np
import pytest
from latin.lexicon import pairs, small_channel

from knowledge.errors import EvaluationError, KhabarError
from knowledge.evaluation.latin import latin_accuracy, read_lexicon, train_latin
from knowledge.language.latin.channel import parse_channel, read_channel, write_channel
from knowledge.language.latin.training import Attested, train


def lexicon(file: Path) -> Path:
    file.write_text("".join(f"{pair.word}\t{pair.latin}\t3\n" for pair in pairs()), "utf-8")
    return file


def test_the_same_lexicon_gives_the_same_file(tmp_path: Path) -> None:
    words = lexicon(tmp_path / "words.tsv")
    for name in ("one", "two"):
        train_latin([words], tmp_path / name, lambda done, of: None)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_probabilities_of_a_symbol_sum_to_one() -> None:
    probabilities = small_channel().probabilities
    assert np.allclose(probabilities.sum(axis=1), 1.0)
    assert (probabilities > 0).all()


def test_training_learns_what_a_phone_is_written_with() -> None:
    channel = train([Attested("कमल", "qamal", 5), Attested("कलम", "qalam", 5)], lambda done, of: None)
    row = channel.probabilities[channel.numbers["क"]]
    assert channel.chunks[int(row.argmax())] == "q"


def test_a_final_inherent_vowel_is_written_less_often_than_a_first_one() -> None:
    channel = read_channel()
    spelled = [channel.probabilities[symbol] for symbol in channel.spell("नमक")]
    unwritten = channel.chunks.index("")
    first, last = spelled[1][unwritten], spelled[-1][unwritten]
    assert first < 0.1 < 0.9 < last


def test_a_channel_is_read_as_it_was_written() -> None:
    channel = small_channel()
    again = parse_channel(write_channel(channel, "by hand"), "a file")
    assert again.symbols == channel.symbols
    assert again.digest == channel.digest
    assert again.spell("दिल्ली") == channel.spell("दिल्ली")


def test_a_file_that_is_no_channel_is_named() -> None:
    with pytest.raises(KhabarError, match=r"latin\.tsv"):
        parse_channel("क\tख\tnot a count\n", "latin.tsv")


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    train(pairs(), lambda done, of: told.append((done, of)))
    assert told[-1][0] == told[-1][1] == len(told)


def test_words_held_out_change_nothing(tmp_path: Path) -> None:
    words, held = lexicon(tmp_path / "words.tsv"), tmp_path / "held.tsv"
    more = tmp_path / "more.tsv"
    held.write_text("कमल\tqqqamal\t9\n", "utf-8")
    more.write_text(words.read_text("utf-8") + held.read_text("utf-8"), "utf-8")
    with_held = train_latin([more], tmp_path / "a", lambda done, of: None, without=[held])
    plain = train_latin([words], tmp_path / "b", lambda done, of: None)
    assert with_held.symbols == plain.symbols
    assert np.array_equal(with_held.counts, plain.counts)


@pytest.mark.parametrize("line", ["कमल kamal 3", "कमल\tkamal\tmany", "कमल\tkamal"])
def test_a_malformed_line_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "words.tsv"
    file.write_text(f"पानी\tpani\t1\n{line}\n", "utf-8")
    with pytest.raises(EvaluationError, match=r"words\.tsv, line 2"):
        read_lexicon(file)


def test_a_missing_lexicon_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"none\.tsv"):
        read_lexicon(tmp_path / "none.tsv")


def test_a_csv_lexicon_has_the_spelling_first(tmp_path: Path) -> None:
    file = tmp_path / "words.csv"
    file.write_text("Pani,पानी\n", "utf-8")
    assert read_lexicon(file) == [Attested("पानी", "pani", 1.0)]


def test_accuracy_counts_spellings_as_often_as_they_are_attested(tmp_path: Path) -> None:
    file = tmp_path / "words.tsv"
    file.write_text("राजनाथ\trajnath\t3\nराजनाथ\tzzz\t1\n", "utf-8")
    measured = latin_accuracy(file, {"पानी": 5, "BJP": 9}, small_channel())
    assert (measured.first, measured.within_five) == (0.75, 0.75)
    assert (measured.first_of_spellings, measured.within_five_of_spellings) == (0.5, 0.5)


def test_forms_that_normalise_alike_are_one_word(tmp_path: Path) -> None:
    file = tmp_path / "words.tsv"
    file.write_text("हिन्दी\thindi\t1\n", "utf-8")
    assert latin_accuracy(file, {"हिंदी": 50}, read_channel()).first == 1.0
