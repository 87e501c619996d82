from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.messages import catalogue, render
from bot.messages.text import size_utf16
from knowledge.articles import Answer, Article, Hit, Passage

TEXTS = catalogue.load()
TEXT = "नगर निगम ने पुस्तकालय खोला। उद्घाटन महापौर सरिता वर्मा ने किया।"
ARTICLE = Article(
    "pustakalay", "नया पुस्तकालय", TEXT, "https://news.example.com/p", date(2021, 4, 7), "सूरजपुर समाचार"
)


def hit(article: Article = ARTICLE, highlights=((12, 21),), best_sentence=(28, 64)) -> Hit:
    return Hit(Passage(article, 0, article.text), 7.5, tuple(highlights), best_sentence)


def answer(*hits: Hit, answered: bool = True) -> Answer:
    return Answer("कौन?", "devanagari", answered, 0.9, hits, "g", 1.0)


def styled(content: render.Content, kind: str) -> list[str]:
    text = content.text.encode("utf-16-le")
    found = [e for e in content.entities if e.type == kind]
    return [text[2 * e.offset : 2 * (e.offset + e.length)].decode("utf-16-le") for e in found]


def test_the_whole_message():
    content = render.answer(answer(hit()), TEXTS.hindi)
    assert content.text == f"नया पुस्तकालय\n\n{TEXT}\nस्रोत: सूरजपुर समाचार · 7 अप्रैल 2021"
    assert styled(content, MessageEntity.EXPANDABLE_BLOCKQUOTE) == [TEXT]
    assert styled(content, MessageEntity.BOLD) == ["नया पुस्तकालय", "पुस्तकालय"]
    assert styled(content, MessageEntity.UNDERLINE) == ["उद्घाटन महापौर सरिता वर्मा ने किया।"]
    assert content.preview.url == ARTICLE.url
    assert content.preview.prefer_small_media
    button = content.keyboard.inline_keyboard[0][0]
    assert button.text == "पूरी ख़बर पढ़िए"
    assert button.url.startswith("https://news.example.com/p#:~:text=%E0%A4%89")


def test_only_the_best_passage_is_shown():
    other = hit(replace(ARTICLE, title="दूसरी ख़बर"))
    assert render.answer(answer(hit(), other), TEXTS.hindi) == render.answer(answer(hit()), TEXTS.hindi)


def test_no_answer_has_no_source_though_passages_were_found():
    assert render.answer(answer(hit(), answered=False), TEXTS.hindi) == render.Content(TEXTS.hindi.no_answer)


def test_the_date_is_in_the_catalogues_language():
    assert "7 अप्रैल 2021" in render.passage(hit(), TEXTS.hindi).text
    assert "7 April 2021" in render.passage(hit(), TEXTS.latin_hindi).text


def test_a_best_sentence_below_the_fold_leads():
    text = "पहले कुछ और बताया गया। " * 6 + "पुल सोमवार को खुला।"
    content = render.passage(hit(replace(ARTICLE, text=text), [(138, 141)], (138, len(text))), TEXTS.hindi)
    assert content.text.startswith("नया पुस्तकालय\n\nपुल सोमवार को खुला।\n\nपहले")
    assert styled(content, MessageEntity.BOLD) == ["नया पुस्तकालय", "पुल", "पुल"]
    assert styled(content, MessageEntity.UNDERLINE) == ["पुल सोमवार को खुला।"]


def test_without_an_address_no_button_no_preview_but_a_source():
    bare = replace(ARTICLE, url=None)
    assert render.passage(hit(bare), TEXTS.hindi).keyboard is None
    assert render.passage(hit(bare), TEXTS.hindi).preview.is_disabled
    assert render.passage(hit(bare), TEXTS.hindi).text.endswith("\nस्रोत: सूरजपुर समाचार · 7 अप्रैल 2021")
    bare = replace(bare, publisher=None, published=None)
    assert render.passage(hit(bare), TEXTS.hindi).text.endswith("\nस्रोत: pustakalay")


def test_an_address_that_telegram_would_refuse_gives_no_button():
    content = render.passage(hit(replace(ARTICLE, url="http://localhost/p")), TEXTS.hindi)
    assert content.keyboard is None
    assert content.preview.is_disabled


def test_an_unknown_publisher_is_named_by_its_site():
    content = render.passage(hit(replace(ARTICLE, publisher=None)), TEXTS.hindi)
    assert content.text.endswith("\nस्रोत: news.example.com · 7 अप्रैल 2021")


def test_a_message_without_a_title_begins_with_the_passage():
    assert render.passage(hit(replace(ARTICLE, title="")), TEXTS.hindi).text.startswith(TEXT)


def test_markup_and_bidirectional_controls_of_an_article_do_nothing():
    hostile = replace(ARTICLE, title="<b>\u202eउलटा</b>\n&amp;", publisher="\u2067<a href=x>")
    content = render.passage(hit(hostile), TEXTS.hindi)
    assert content.text.startswith("<b>उलटा</b> &amp;\n\n")
    assert content.text.endswith("स्रोत: <a href=x> · 7 अप्रैल 2021")


def test_one_sentence_is_not_underlined_whole():
    alone = hit(replace(ARTICLE, text="पुल खुला।"), (), (0, 9))
    assert styled(render.passage(alone, TEXTS.hindi), MessageEntity.UNDERLINE) == []


WORDS = st.lists(
    st.sampled_from(["पुल", "🙏🏽", "खुला।", "क्षत्रिय", "\n", "\u202e", "शब्द" * 90]), min_size=1, max_size=900
)


@given(WORDS, st.sampled_from(["", "शीर्षक " * 200]), st.data())
def test_every_message_is_one_that_telegram_takes(words, title, data):
    text = " ".join(words)
    spans, end = [], 0
    for word in words:
        start, end = end, end + len(word)
        spans.append((start, end))
        end += 1
    best = data.draw(st.sampled_from(spans))
    content = render.passage(hit(replace(ARTICLE, text=text, title=title), spans, best), TEXTS.hindi)
    size = size_utf16(content.text)
    assert size <= 4096
    assert len(content.entities) <= 100
    assert "स्रोत: सूरजपुर समाचार" in content.text
    for one in content.entities:
        assert 0 <= one.offset < one.offset + one.length <= size
        for other in content.entities:
            a, b = sorted([one, other], key=lambda e: (e.offset, -e.length))
            assert b.offset >= a.offset + a.length or b.offset + b.length <= a.offset + a.length
