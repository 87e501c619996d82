from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.messages import catalogue, render
from bot.messages.text import size_utf16
from knowledge.articles import Answer, Article, Copy, Hit, Passage

TEXTS = catalogue.load()
TEXT = "नगर निगम ने पुस्तकालय खोला। उद्घाटन महापौर सरिता वर्मा ने किया।"
ARTICLE = Article(
    "pustakalay", "नया पुस्तकालय", TEXT, "https://news.example.com/p", date(2021, 4, 7), "सूरजपुर समाचार"
)


def hit(article: Article = ARTICLE, highlights=((12, 21),), best_sentence=(28, 64)) -> Hit:
    return Hit(Passage(article, 0, article.text), 7.5, tuple(highlights), best_sentence)


def answer(*hits: Hit, answered: bool = True) -> Answer:
    return Answer("कौन?", "devanagari", answered, 0.9, hits, "g", 1.0)


def refusal(*nearby: Article, meant: str | None = None) -> Answer:
    return replace(answer(hit(), answered=False), nearby=nearby, meant=meant)


def buttons(content: render.Content) -> list[tuple[str, str | None]]:
    return [(button.text, button.url) for row in content.keyboard.inline_keyboard for button in row]


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


def test_where_else_it_came_out_is_told_with_a_button_for_each():
    copies = (
        Copy("a", "", "https://other.example.org/p", date(2021, 4, 7), "दूसरा अख़बार"),
        Copy("b", "", "https://third.example.org/p"),
        Copy("c", "", None, None, "छपा हुआ"),
        Copy("d", "", "https://fourth.example.org/p"),
    )
    content = render.answer(answer(hit(replace(ARTICLE, copies=copies))), TEXTS.hindi)
    assert content.text.endswith("7 अप्रैल 2021\nयहाँ भी छपा: दूसरा अख़बार, third.example.org, छपा हुआ")
    assert buttons(content)[1:] == [
        ("दूसरा अख़बार", "https://other.example.org/p"),
        ("third.example.org", "https://third.example.org/p"),
    ]


def test_a_copy_in_the_same_paper_is_told_by_its_day():
    copies = (Copy("a", "", "https://news.example.com/q", date(2021, 4, 8), ARTICLE.publisher),)
    content = render.answer(answer(hit(replace(ARTICLE, copies=copies))), TEXTS.hindi)
    assert content.text.endswith(f"यहाँ भी छपा: {ARTICLE.publisher} · 8 अप्रैल 2021")
    assert buttons(content)[1] == (f"{ARTICLE.publisher} · 8 अप्रैल 2021", "https://news.example.com/q")


def test_an_answer_that_is_kept_can_be_voted_on_below_all_else():
    copied = replace(ARTICLE, copies=(Copy("a", "", "https://other.example.org/p"),))
    *others, votes = render.answer(answer(hit(copied)), TEXTS.hindi, "q-1_2").keyboard.inline_keyboard
    assert tuple(others) == render.answer(answer(hit(copied)), TEXTS.hindi).keyboard.inline_keyboard
    assert [(each.text, each.callback_data) for each in votes] == [("👍", "good:q-1_2"), ("👎", "bad:q-1_2")]
    bare = render.answer(answer(hit(replace(ARTICLE, url=None))), TEXTS.hindi, "q-1_2")
    assert bare.keyboard.inline_keyboard == (votes,)


def test_a_refusal_cant_be_voted_on():
    for refused in (refusal(), refusal(ARTICLE), refusal(meant="पुल?")):
        assert render.answer(refused, TEXTS.hindi, "q-1_2") == render.answer(refused, TEXTS.hindi)


def test_only_the_best_passage_is_shown():
    other = hit(replace(ARTICLE, title="दूसरी ख़बर"))
    assert render.answer(answer(hit(), other), TEXTS.hindi) == render.answer(answer(hit()), TEXTS.hindi)


def test_no_answer_has_no_source_though_passages_were_found():
    assert render.answer(answer(hit(), answered=False), TEXTS.hindi) == render.Content(TEXTS.hindi.no_answer)


def test_an_unsure_answer_begins_by_saying_so():
    sure, unsure = answer(hit()), replace(answer(hit()), unsure=True)
    said = render.answer(unsure, TEXTS.hindi)
    assert said.text == f"{TEXTS.hindi.unsure}\n\n{render.answer(sure, TEXTS.hindi).text}"
    assert styled(said, MessageEntity.BOLD) == ["नया पुस्तकालय", "पुस्तकालय"]


def test_a_refusal_offers_nearby_headlines_and_shows_nothing_of_the_articles():
    other = replace(ARTICLE, title="पुल बंद", url="https://news.example.com/pul")
    content = render.answer(refusal(ARTICLE, other), TEXTS.hindi)
    assert content.text == f"{TEXTS.hindi.no_answer}\n\n{TEXTS.hindi.nearby}"
    assert buttons(content) == [("नया पुस्तकालय", ARTICLE.url), ("पुल बंद", other.url)]
    assert [len(row) for row in content.keyboard.inline_keyboard] == [1, 1]
    assert content.entities == ()
    assert content.preview.is_disabled


def test_nearby_articles_without_an_address_are_lines():
    nowhere = replace(ARTICLE, id="pul", title="पुल\nबंद", url="http://localhost/p")
    bare = Article("aam", "", TEXT)
    content = render.answer(refusal(nowhere, ARTICLE, bare), TEXTS.hindi)
    *lines, untitled = content.text.splitlines()[2:]
    assert lines == [TEXTS.hindi.nearby, "• पुल बंद · सूरजपुर समाचार · 7 अप्रैल 2021"]
    assert untitled.startswith("• नगर निगम ने पुस्तकालय")
    assert buttons(content) == [("नया पुस्तकालय", ARTICLE.url)]
    assert render.answer(refusal(bare), TEXTS.hindi).keyboard is None


def test_a_long_headline_is_cut_on_a_button_and_longer_ones_in_a_line():
    long = replace(ARTICLE, title="चंपा नदी का पुराना पुल " * 30, publisher="समाचार " * 100)
    ((text, _),) = buttons(render.answer(refusal(long), TEXTS.hindi))
    assert text.endswith("का …")
    assert size_utf16(text) <= 64
    lines = render.answer(refusal(*[replace(long, url=None)] * 3), TEXTS.hindi).text
    assert size_utf16(lines) <= 4096


def test_a_refusal_asks_whether_another_spelling_was_meant():
    content = render.answer(refusal(ARTICLE, meant="चंपा नदी का\u202e पुल?"), TEXTS.hindi)
    assert content.text == f"{TEXTS.hindi.no_answer}\n\n{TEXTS.hindi.meant}\nचंपा नदी का पुल?"
    assert styled(content, MessageEntity.BOLD) == ["चंपा नदी का पुल?"]
    ((button,),) = content.keyboard.inline_keyboard
    assert (button.text, button.callback_data) == (TEXTS.hindi.yes_meant, render.ASK_MEANT)
    assert len(render.ASK_MEANT.encode()) <= 64
    assert content.preview.is_disabled


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
    assert render.passage(hit(bare), TEXTS.hindi).text.endswith("\nस्रोत: नया पुस्तकालय")


def test_no_reader_is_shown_the_name_of_a_file():
    bare = replace(ARTICLE, id="000_78b19d3ea7c3fc42.txt", url=None, publisher=None, published=None)
    untitled = replace(bare, title="")
    copied = replace(untitled, copies=(Copy("001_a.txt", ""),))
    for article in (bare, untitled, copied):
        assert ".txt" not in render.passage(hit(article), TEXTS.hindi).text
    source = render.passage(hit(untitled), TEXTS.hindi).text.rpartition("\nस्रोत: ")[2]
    assert source
    assert TEXT.startswith(source.rstrip("… "))
    nearby = Answer("पुस्तकालय कब खुला?", "devanagari", False, 0.1, (), "g1", 1.0, nearby=(untitled,))
    assert ".txt" not in render.answer(nearby, TEXTS.hindi).text


def test_a_dated_article_of_an_unknown_publisher_is_named_by_its_title():
    article = replace(ARTICLE, url=None, publisher=None)
    assert render.passage(hit(article), TEXTS.hindi).text.endswith("\nस्रोत: नया पुस्तकालय · 7 अप्रैल 2021")


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


@given(WORDS, st.sampled_from(["", "शीर्षक " * 200]), st.booleans(), st.data())
def test_every_message_is_one_that_telegram_takes(words, title, unsure, data):
    text = " ".join(words)
    spans, end = [], 0
    for word in words:
        start, end = end, end + len(word)
        spans.append((start, end))
        end += 1
    best = data.draw(st.sampled_from(spans))
    found = hit(replace(ARTICLE, text=text, title=title), spans, best)
    content = render.passage(found, TEXTS.hindi, unsure=unsure)
    size = size_utf16(content.text)
    assert size <= 4096
    assert len(content.entities) <= 100
    assert "स्रोत: सूरजपुर समाचार" in content.text
    for one in content.entities:
        assert 0 <= one.offset < one.offset + one.length <= size
        for other in content.entities:
            a, b = sorted([one, other], key=lambda e: (e.offset, -e.length))
            assert b.offset >= a.offset + a.length or b.offset + b.length <= a.offset + a.length
