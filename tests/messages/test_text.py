import regex
from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.messages.text import Mark, Marked, clean, clean_line, cut, joined, size_utf16

BOLD, UNDERLINE = MessageEntity.BOLD, MessageEntity.UNDERLINE
HINDI = st.text(st.sampled_from("कखगाि्ंँ़ र।?.\n🙏‍👩😀e\u0301"), max_size=200)


def test_texts_are_joined_with_their_marks():
    both = Marked("राम ", (Mark(BOLD, 0, 3),)) + Marked("श्याम").styled(UNDERLINE)
    assert both == Marked("राम श्याम", (Mark(BOLD, 0, 3), Mark(UNDERLINE, 4, 9)))


def test_a_part_keeps_the_marks_that_reach_into_it():
    text = Marked("राम और श्याम", (Mark(BOLD, 0, 6), Mark(UNDERLINE, 7, 12)))
    assert text[4:9] == Marked("और श्", (Mark(BOLD, 0, 2), Mark(UNDERLINE, 3, 5)))


def test_nothing_is_not_styled():
    assert Marked("").styled(BOLD) == Marked("")


def test_entities_count_utf16_units_and_come_outermost_first():
    text = Marked("🙏 राम", (Mark(BOLD, 2, 5), Mark(UNDERLINE, 0, 5)))
    assert [(e.type, e.offset, e.length) for e in text.entities()] == [(UNDERLINE, 0, 6), (BOLD, 3, 3)]


def test_bidirectional_and_control_characters_go_and_joiners_stay():
    text = clean(Marked("\u202eअ\u2066ब\x00क्\u200dष\ud800\tग\n", (Mark(BOLD, 3, 4), Mark(BOLD, 4, 5))))
    assert text == Marked("अबक्\u200dष\tग\n", (Mark(BOLD, 1, 2),))


def test_a_line_has_single_blanks():
    assert clean_line(" पहली\n\u202eपंक्ति\t\u200e दूसरी ") == "पहली पंक्ति दूसरी"


def test_what_fits_is_not_cut():
    assert cut(Marked("राम"), 3) == Marked("राम")


def test_the_cut_is_at_a_sentence_end():
    text = "पहला वाक्य यहाँ है। दूसरा वाक्य यहाँ है। तीसरा वाक्य।"
    assert cut(Marked(text), 48).text == "पहला वाक्य यहाँ है। दूसरा वाक्य यहाँ है। …"


def test_without_a_sentence_end_near_the_cut_is_between_words():
    assert cut(Marked("हाँ। " + "शब्द " * 30), 40).text == "हाँ। " + "शब्द " * 6 + "…"


def test_without_words_the_cut_is_between_graphemes():
    assert cut(Marked("क्षि" * 10), 11).text == "क्षिक्षि…"
    assert cut(Marked("👩‍👩‍👧" * 3), 12).text == "👩‍👩‍👧…"


@given(HINDI, st.integers(3, 100))
def test_a_cut_text_fits_and_begins_like_the_whole_in_whole_graphemes(text, limit_utf16):
    short = cut(Marked(text), limit_utf16).text
    assert size_utf16(short) <= limit_utf16
    kept = short if short == text else short.removesuffix("…").removesuffix(" ")
    assert regex.findall(r"\X", text)[: len(regex.findall(r"\X", kept))] == regex.findall(r"\X", kept)


@given(HINDI, st.integers(0, 40), st.integers(1, 40))
def test_cleaning_keeps_marks_on_the_same_characters(text, start, length):
    dirty = "\u202e" + text.replace(" ", " \u200f") + "\u2069"
    mark = Mark(BOLD, min(start, len(dirty)), min(start + length, len(dirty)))
    cleaned = clean(Marked(dirty, (mark,)))
    marked = "".join(cleaned.text[m.start : m.end] for m in cleaned.marks)
    assert marked == clean(Marked(dirty[mark.start : mark.end])).text


def test_marked_words_with_a_blank_between_are_one():
    assert list(joined([(0, 3), (4, 9), (11, 13)], "राम श्याम, घर", (0, 13))) == [(0, 9), (11, 13)]


def test_marked_words_are_parted_where_the_sentence_ends():
    assert list(joined([(0, 3), (4, 9)], "राम श्याम", (4, 9))) == [(0, 4), (4, 9)]
