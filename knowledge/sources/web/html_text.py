"""The text of a piece of HTML, as feeds carry it."""

import regex
from lxml import etree, html

BLOCKS = (
    *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figure", "footer", "form"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"),
    *("table", "td", "th", "tr", "ul"),
)
UNSEEN = ("script", "style", "template", "noscript", "iframe", "svg", "figcaption", "form")
MARKUP = regex.compile(r"<[a-zA-Z!/]|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
TWICE_ESCAPED = regex.compile(r"&lt;/?(?:p|br|div|b|strong|em|span|a|h\d|ul|li)\b", regex.IGNORECASE)
NO_TEXT = regex.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def html_to_text(fragment: str) -> str:
    """The text that a reader sees, a block a line; plain text comes out as it is."""
    if TWICE_ESCAPED.search(fragment):
        fragment = _text(fragment)  # a publisher's program has escaped it once too often
    return _text(fragment) if MARKUP.search(fragment) else fragment.strip()


def _text(fragment: str) -> str:
    root = html.fragment_fromstring(NO_TEXT.sub("", fragment), create_parent="div")
    etree.strip_elements(root, *UNSEEN, etree.Comment, with_tail=False)
    for element in root.iter(*BLOCKS):
        element.text = f"\n{element.text or ''}"
        element.tail = f"\n{element.tail or ''}"
    lines = (" ".join(line.split()) for line in root.text_content().split("\n"))
    return "\n".join(line for line in lines if line)
