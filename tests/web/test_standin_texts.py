"""Texts, entities, links and buttons: what Telegram makes of them, and what it refuses."""

import pytest

from bot.web.standin.errors import ApiError
from bot.web.standin.formatting import compose
from bot.web.standin.keyboards import checked_keyboard
from bot.web.standin.links import WrongLink, checked_link, find_entities, size_utf16
from bot.web.standin.markup import WrongMarkup, parse_html
from bot.web.standin.wire import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity


def entity(kind: str, offset: int, length: int, url: str | None = None) -> MessageEntity:
    return MessageEntity(type=kind, offset=offset, length=length, url=url)


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("सादा पाठ", "सादा पाठ", []),
        ("<b>मौसम</b>", "मौसम", [entity("bold", 0, 4)]),
        ("🙏 <strong>जी</strong>", "🙏 जी", [entity("bold", 3, 2)]),
        ("<i>क</i><em>ख</em>", "कख", [entity("italic", 0, 1), entity("italic", 1, 1)]),
        ("<u>क</u><ins>ख</ins>", "कख", [entity("underline", 0, 1), entity("underline", 1, 1)]),
        ("<s>क</s><del>ख</del>", "कख", [entity("strikethrough", 0, 1), entity("strikethrough", 1, 1)]),
        ("<tg-spoiler>राज़</tg-spoiler>", "राज़", [entity("spoiler", 0, 4)]),
        ('<span class="tg-spoiler">क</span>', "क", [entity("spoiler", 0, 1)]),
        ("<code>a&lt;b</code>", "a<b", [entity("code", 0, 3)]),
        ("<pre>x</pre>", "x", [entity("pre", 0, 1)]),
        ("<blockquote>उद्धरण</blockquote>", "उद्धरण", [entity("blockquote", 0, 6)]),
        ("<blockquote expandable>क</blockquote>", "क", [entity("expandable_blockquote", 0, 1)]),
        ("<blockquote expandable=''>क</blockquote>", "क", [entity("expandable_blockquote", 0, 1)]),
        ("<B>क</B>", "क", [entity("bold", 0, 1)]),
        ("<b>क<i>ख</i></b>", "कख", [entity("bold", 0, 2), entity("italic", 1, 1)]),
        ("<b></b>क", "क", []),
        (
            "<a href='https://example.org/?a=1&amp;b=2'>यहाँ</a>",
            "यहाँ",
            [entity("text_link", 0, 4, "https://example.org/?a=1&b=2")],
        ),
        ("<a>example.org</a>", "example.org", [entity("text_link", 0, 11, "http://example.org/")]),
        ("<a href='नहीं'>क</a>", "क", []),
        ("&lt;&gt;&amp;&quot;&#2325;&#x1F64F;", '<>&"क🙏', []),
        ("&laquo; & &#99999999; &amp", "&laquo; & &#99999999; &", []),
    ],
)
def test_reads_telegrams_html(html: str, text: str, entities: list[MessageEntity]) -> None:
    assert parse_html(html) == (text, entities)


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ("<b>क", 'Can\'t find end tag corresponding to start tag "b"'),
        ("क</b>", "Unexpected end tag at byte offset 3"),
        ("<b>क</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("क <div>", 'Unsupported start tag "div" at byte offset 4'),
        ("5 < 7", 'Unsupported start tag "" at byte offset 2'),
        ("5 <", "Unclosed start tag at byte offset 2"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href='x>क</a>", "Unclosed start tag at byte offset 0"),
        ("<a href=x/>क</a>", "Unexpected end of name token at byte offset 8"),
        ("<i x>क</i>", 'Expected equal sign in declaration of an attribute of the tag "i" at byte offset 0'),
        ("<i =x>क</i>", 'Empty attribute name in the tag "i" at byte offset 0'),
        ("<b>क</b", "Unclosed end tag at byte offset 6"),
        ("<span>क</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("&#xD83D;", "Text contains invalid Unicode characters"),
    ],
)
def test_refuses_bad_html_as_telegram_does(html: str, complaint: str) -> None:
    with pytest.raises(WrongMarkup) as caught:
        parse_html(html)
    assert str(caught.value).startswith(complaint)


def test_cleans_the_text_and_moves_its_entities() -> None:
    formatted = compose("\r\n \u202eक\u202cख\tग  \n", entities=[entity("bold", 4, 1), entity("italic", 6, 3)])
    assert formatted.text == "कख ग"
    assert formatted.entities == (entity("bold", 0, 1), entity("italic", 1, 3))


@pytest.mark.parametrize(
    ("text", "given", "reason"),
    [
        ("", [], "message text is empty"),
        (" \n\u200b ", [], "text must be non-empty"),
        ("क" * 4097, [], "message is too long"),
        ("🙏" * 2049, [], "message is too long"),
        ("नमस्ते", [entity("bold", 9, 1)], "entity begins after the end of the text at UTF-16 offset 9"),
        (
            "नमस्ते",
            [entity("bold", 0, 7)],
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 7",
        ),
        ("🙏क", [entity("bold", 1, 1)], "entity begins in a middle of a UTF-16 symbol at UTF-16 offset 1"),
        (
            "क🙏",
            [entity("bold", 0, 2)],
            "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at UTF-16 offset 2",
        ),
        ("क", [entity("bold", -1, 1)], "receive an entity with incorrect offset -1"),
        ("क", [entity("bold", 0, 0)], "receive an entity with incorrect length 0"),
        ("क", [entity("shiny", 0, 1)], "can't parse MessageEntity: Unsupported type specified"),
        ("क", [entity("text_link", 0, 1)], "can't parse MessageEntity: Can't find field \"url\""),
        ("क", [entity("text_link", 0, 1, "x")], "entity URL 'x' is invalid: Wrong HTTP URL"),
        (
            "कखग",
            [entity("bold", 0, 2), entity("italic", 1, 2)],
            "entities bold and italic overlap without nesting",
        ),
        ("कख", [entity("code", 0, 2), entity("bold", 0, 1)], "entity bold can't be nested in code"),
    ],
)
def test_refuses_texts_that_telegram_refuses(text: str, given: list[MessageEntity], reason: str) -> None:
    with pytest.raises(ApiError) as caught:
        compose(text, entities=given)
    assert (caught.value.code, caught.value.description) == (400, f"Bad Request: {reason}")


def test_the_limit_counts_utf16_units_after_parsing() -> None:
    assert size_utf16(compose("<b>" + "🙏" * 2048 + "</b>", "HTML").text) == 4096


def test_only_the_first_hundred_entities_are_kept() -> None:
    formatted = compose("<b>क</b> " * 120, "html")
    assert len(formatted.entities) == 100
    assert formatted.entities[-1].offset == 198


def test_other_markup_and_two_kinds_at_once_are_refused() -> None:
    with pytest.raises(ApiError, match="unsupported parse_mode"):
        compose("*क*", "MarkdownV2")
    with pytest.raises(ApiError, match="exclude each other"):
        compose("<b>क</b>", "HTML", [entity("bold", 0, 1)])


def test_finds_commands_mentions_links_and_hashtags() -> None:
    text = "/ask@khabar_bot कौन? @Khabar_Bot देखो https://pib.gov.in/a?b=c। #चंद्रयान3 a/b x@y.in </b>"
    units = text.encode("utf-16-le")
    found = [
        (one.type, units[2 * one.offset : 2 * (one.offset + one.length)].decode("utf-16-le"))
        for one in find_entities(text)
    ]
    assert found == [
        ("bot_command", "/ask@khabar_bot"),
        ("mention", "@Khabar_Bot"),
        ("url", "https://pib.gov.in/a?b=c"),
        ("hashtag", "#चंद्रयान3"),
    ]


def test_finds_nothing_within_code_and_links() -> None:
    formatted = compose("<code>/ask</code> <a href='https://a.in'>@khabar_bot</a> <b>/help</b>", "HTML")
    assert [one.type for one in formatted.entities] == ["code", "text_link", "bold", "bot_command"]


@pytest.mark.parametrize(
    ("url", "stored"),
    [
        ("example.org", "http://example.org/"),
        ("https://example.org/समाचार#:~:text=%E0%A4%95", "https://example.org/समाचार#:~:text=%E0%A4%95"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/a"),
        ("tg://resolve?domain=khabar_bot", "tg://resolve?domain=khabar_bot"),
    ],
)
def test_takes_good_links(url: str, stored: str) -> None:
    assert checked_link(url) == stored


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "URL host is empty"),
        ("https:///x", "URL host is empty"),
        ("not-a-url", "Wrong HTTP URL"),
        ("http://localhost/a", "Wrong HTTP URL"),
        ("http://a.in/x y", "Wrong HTTP URL"),
        ("http://a.in:port/", "Wrong HTTP URL"),
        ("ftp://a.in", "Unsupported URL protocol"),
        ("javascript://a.in", "Unsupported URL protocol"),
    ],
)
def test_refuses_bad_links(url: str, reason: str) -> None:
    with pytest.raises(WrongLink, match=f"^{reason}$"):
        checked_link(url)


def button(**action: object) -> InlineKeyboardButton:
    return InlineKeyboardButton.model_validate({"text": "और", **action})


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (button(), "Text buttons are unallowed in the inline keyboard"),
        (button(callback_data=""), "Text buttons are unallowed in the inline keyboard"),
        (button(callback_data="x", url="https://a.in"), "exactly one action"),
        (button(callback_data="क" * 22), "BUTTON_DATA_INVALID"),
        (button(url="not-a-url"), "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL"),
        (button(copy_text=CopyTextButton(text="")), "BUTTON_COPY_TEXT_INVALID"),
        (button(copy_text=CopyTextButton(text="x" * 257)), "BUTTON_COPY_TEXT_INVALID"),
        (button(callback_data="x", style="shiny"), "BUTTON_STYLE_INVALID"),
        (InlineKeyboardButton(text=" ", callback_data="x"), "must have a text"),
    ],
)
def test_refuses_bad_buttons(wrong: InlineKeyboardButton, reason: str) -> None:
    with pytest.raises(ApiError, match=reason):
        checked_keyboard(InlineKeyboardMarkup(inline_keyboard=[[wrong]]))


def test_takes_good_buttons_and_drops_empty_rows() -> None:
    good = [
        button(callback_data="क" * 21, style="primary"),
        button(url="https://a.in"),
        button(callback_data="0"),
    ]
    stored = checked_keyboard(InlineKeyboardMarkup(inline_keyboard=[[], good]))
    assert stored is not None
    assert [[one.url for one in row] for row in stored.inline_keyboard] == [[None, "https://a.in/", None]]
    assert checked_keyboard(InlineKeyboardMarkup(inline_keyboard=[])) is None


@pytest.mark.parametrize("rows", [[9], [8] * 13])
def test_refuses_too_many_buttons(rows: list[int]) -> None:
    one = button(callback_data="x")
    with pytest.raises(ApiError, match="reply markup is too long"):
        checked_keyboard(InlineKeyboardMarkup(inline_keyboard=[[one] * width for width in rows]))
