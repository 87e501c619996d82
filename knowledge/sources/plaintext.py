"""The record of an article in a plain text or Markdown file."""

import re
from itertools import pairwise

from knowledge.sources.lines import BULLET, SENTENCE_END

FIELDS = ("title", "url", "published", "publisher")
FRONT_MATTER = re.compile(
    r"\A\s*---[ \t]*\n((?:[ \t]*\n|[ \t]*[\w-]+[ \t]*:.*\n|[ \t]*#.*\n){1,40})---[ \t]*(?:\n|\Z)"
)
HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*$")
MARKUP = (
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]+)\]\([^)\s]+(?:\s+\"[^\"]*\")?\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"^>\s?", re.MULTILINE), ""),
)
WRAP_CHARS = range(55, 111)
"""The longest line of a file that is wrapped by hand; verses are shorter, paragraphs longer."""
WRAPPED_LINES = 6
WRAPPED_SHARE = 0.6


def from_text(text: str) -> dict[str, object]:
    """The record of a plain text, with the fields of its front matter; lines wrapped by hand are joined."""
    record, body = front_matter(text.replace("\r\n", "\n"))
    return {**record, "text": _unwrapped(body) if _is_wrapped(body) else body}


def from_markdown(text: str) -> dict[str, object]:
    """The record of a Markdown text, without markup; the first heading is the title when none is given."""
    record, body = front_matter(text.replace("\r\n", "\n"))
    for pattern, plain in MARKUP:
        body = pattern.sub(plain, body)
    lines = body.split("\n")
    headings = [found[1] for line in lines if (found := HEADING.match(line))]
    # blank lines keep a heading apart from the paragraph below it
    body = "\n".join(f"\n{found[1]}\n" if (found := HEADING.match(line)) else line for line in lines)
    return {**({"title": headings[0]} if headings else {}), **record, "text": _unwrapped(body)}


def front_matter(text: str) -> tuple[dict[str, object], str]:
    """The known fields between `---` lines at the start, and the text below; all text when there are none.

    A value may stand in quotes; other fields are left out.
    """
    found = FRONT_MATTER.match(text.lstrip("\ufeff"))
    if not found:
        return {}, text
    record: dict[str, object] = {}
    for line in found[1].splitlines():
        key, _, value = line.partition(":")
        value = value.strip()
        if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        if key.strip().lower() in FIELDS and value:
            record[key.strip().lower()] = value
    return record, text.lstrip("\ufeff")[found.end() :]


def _is_wrapped(text: str) -> bool:
    """Whether most lines end near one width and amid a sentence, as no verse and no list does."""
    lines = [line.rstrip() for line in text.split("\n")]
    broken = [line for line, following in pairwise(lines) if line and following.strip()]
    width = max(map(len, lines), default=0)
    if width not in WRAP_CHARS or len(broken) < WRAPPED_LINES:
        return False
    full = [line for line in broken if len(line) >= 0.75 * width and not SENTENCE_END.search(line)]
    return len(full) >= WRAPPED_SHARE * len(broken)


def _unwrapped(text: str) -> str:
    """The text with each paragraph on one line; blank lines and list items begin new ones."""
    paragraphs: list[str] = []
    open_paragraph = False
    for line in map(str.strip, text.split("\n")):
        if open_paragraph and line and not BULLET.match(line):
            paragraphs[-1] += f" {line}"
        elif line:
            paragraphs.append(line)
        open_paragraph = bool(line)
    return "\n".join(paragraphs)
