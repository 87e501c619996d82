import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.articles import Article
from knowledge.corpus.passages import MAX_CHARACTERS, passages
from knowledge.sample import FOLDER
from knowledge.sources import source_at

REPORT = (
    "सोनपुर में नदी पर बना नया पुल सोमवार को लोगों के लिए खोल दिया गया।",
    "पुल की लंबाई 420 मीटर है और इसे बनाने में तीन साल लगे।",
    "पहले गाँव वालों को नाव से नदी पार करनी पड़ती थी, जिसमें बरसात में जान का ख़तरा रहता था।",
    "अभियंता डॉ. मीरा सिंह ने बताया कि खंभे नदी के तल से तीस मीटर नीचे तक जाते हैं।",
    "क्या अब दोनों ओर के बाज़ार एक हो जाएँगे?",
    "दुकानदारों को उम्मीद है कि बिक्री दोगुनी होगी!",
)
CLAUSE = "जहाँ खेतों में पानी भरने से धान की फ़सल को भारी नुक़सान हुआ"

words = st.text(st.sampled_from("कमलनापतौि"), min_size=1, max_size=12)
long_sentences = st.lists(words, min_size=1, max_size=250).map(lambda parts: " ".join(parts))
marks = st.sampled_from(["।", "? ", "! ", "।\n", "\n", "\n\n", " । ", "... ", ", ", " और "])
texts = st.lists(st.tuples(long_sentences, marks), max_size=12).map(
    lambda parts: "".join(sentence + mark for sentence, mark in parts)
)


def cut(text: str) -> list[str]:
    return [passage.text for passage in passages(Article("a", "शीर्षक", text))]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def report(sentences: int) -> str:
    return " ".join(REPORT[number % len(REPORT)] for number in range(sentences))


@given(texts | st.text(max_size=40))
def test_passages_are_the_whole_text_in_order(text: str) -> None:
    found = passages(Article("a", "", text))
    assert "".join(squeezed(passage.text) for passage in found) == squeezed(text)
    assert [passage.position for passage in found] == list(range(len(found)))
    assert all(passage.text in text and passage.text == passage.text.strip() != "" for passage in found)


@given(texts)
def test_passages_are_at_most_as_long_as_a_person_reads_in_telegram(text: str) -> None:
    assert all(len(passage) <= MAX_CHARACTERS for passage in cut(text))


@given(texts)
def test_words_stay_whole(text: str) -> None:
    spaced = re.sub("[।?!]", r"\g<0> ", text)  # a sentence may end without a blank behind it
    assert [word for passage in cut(spaced) for word in passage.split()] == spaced.split()


@pytest.mark.parametrize("sentences", range(3, 60, 7))
def test_passages_hold_whole_sentences_in_about_equal_parts(sentences: int) -> None:
    found = cut(report(sentences))
    assert all(passage.startswith(REPORT) and passage.endswith(REPORT) for passage in found)
    longest = max(map(len, found))
    assert all(len(passage) > longest - 2 * max(map(len, REPORT)) for passage in found)


def test_passages_of_news_hold_about_forty_to_a_hundred_and_ten_words() -> None:
    counts = [
        len(passage.text.split())
        for article in source_at(str(FOLDER)).read()
        if isinstance(article, Article)
        for passage in passages(article)
    ]
    assert min(counts) >= 40
    assert max(counts) < 140
    assert sorted(counts)[len(counts) // 2] < 120


@pytest.mark.parametrize("text", ["", " \n\t\n "])
def test_an_article_without_text_has_no_passages(text: str) -> None:
    assert cut(text) == []


def test_a_short_article_is_one_passage() -> None:
    assert cut(f"\n {REPORT[0]}\n\n{REPORT[1]} ") == [f"{REPORT[0]}\n\n{REPORT[1]}"]


@pytest.mark.parametrize("sentences", range(6, 14))
def test_a_heading_goes_with_what_follows_it(sentences: int) -> None:
    heading = "बाज़ार पर असर"
    found = cut(f"{report(sentences)}\n{heading}\n{report(9)}")
    assert any(f"{heading}\n{REPORT[0]}" in passage for passage in found)


def test_an_overlong_sentence_is_cut_where_a_clause_ends() -> None:
    sentence = ", ".join([CLAUSE] * 30) + "।"
    found = cut(sentence)
    assert len(found) > 1
    assert " ".join(found) == sentence
    assert all(passage.startswith(CLAUSE) and passage.endswith((f"{CLAUSE},", "।")) for passage in found)


def test_without_commas_an_overlong_sentence_is_cut_before_a_conjunction() -> None:
    sentence = " और ".join([CLAUSE] * 30) + "।"
    found = cut(sentence)
    assert len(found) > 1
    assert " ".join(found) == sentence
    assert all(passage.startswith("और जहाँ") for passage in found[1:])


def test_an_address_longer_than_a_passage_is_cut_anywhere() -> None:
    address = "https://news.example/" + "a" * 2000
    assert "".join(cut(f"पता: {address} है।")).replace("पता:", "").replace("है।", "").strip() == address
