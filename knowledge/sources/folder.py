"""Articles in a folder of files."""

import io
import json
import os
import stat
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import ClassVar

from knowledge.errors import SourceError
from knowledge.sources.decoding import NotText, byte_order_mark, decode
from knowledge.sources.extraction import extract
from knowledge.sources.plaintext import from_markdown, from_text
from knowledge.sources.readings import Readings, digest
from knowledge.sources.records import Rejected, to_article
from knowledge.sources.source import Item, Skipped

LIMIT_BYTES = 20_000_000
"""The largest file, and in a .jsonl the longest line, that can be one article."""

READERS: Mapping[str, Callable[[str], Mapping[str, object]]] = {
    ".txt": from_text,
    ".md": from_markdown,
    ".html": extract,
    ".htm": extract,
}
JSON_LINES = ".jsonl"


@dataclass(frozen=True, slots=True)
class FolderSource:
    """The articles in a folder and the folders below it: .txt, .md, .html, .htm, and .jsonl with one a line.

    Files are read in the order of their names; hidden ones and other kinds are passed over. An article that
    comes without an id has its path within the folder for one, with `#` and the line number in a .jsonl.

    A file of the size and time, and a line of the words, that are among the `readings` isn't read again.
    """

    path: Path
    readings: dict[bytes, str] = field(default_factory=dict, compare=False, repr=False)
    whole: ClassVar[bool] = True

    @property
    def name(self) -> str:
        """The folder as the operator wrote it."""
        return str(self.path)

    def read(self) -> Iterator[Item]:
        """Every article, and what gave none or lost a field, each with its file, its line and the reason.

        Raises:
            SourceError: the folder is missing, is no folder, can't be read, or vanishes meanwhile.
        """
        try:
            found = list(_walk(self.path, "", set()))
        except OSError as error:
            raise SourceError(
                f"{self.name}: can't read the folder ({_reason(error)}); check its path"
            ) from error
        memory = Readings(dict(self.readings))
        for item in found:
            yield from (
                [item] if isinstance(item, Skipped) else _read(self.path / item.path, item.name, memory)
            )
            # without this, the files that are gone with the folder would count as removed articles
            if not self.path.is_dir():
                raise SourceError(
                    f"{self.name}: the folder vanished while it was read; check its disk or mount"
                )
        self.readings.clear()
        self.readings.update(memory.now)


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    name: str


def _walk(folder: Path, within: str, seen: set[tuple[int, int]]) -> Iterator[_File | Skipped]:
    """The files to read, below `folder` in order of their names; a folder that is reached twice, once."""
    here = folder.stat()
    if (here.st_dev, here.st_ino) in seen:
        return
    seen.add((here.st_dev, here.st_ino))
    for entry in sorted(os.scandir(folder), key=lambda entry: (_printable(entry.name), entry.name)):
        if entry.name.startswith("."):
            continue
        path = within + entry.name
        try:
            if entry.is_dir():
                yield from _walk(folder / entry.name, f"{path}/", seen)
            elif Path(entry.name).suffix.lower() in (*READERS, JSON_LINES):
                yield _File(path, _printable(path))
        except OSError as error:
            yield Skipped(_printable(path), _reason(error))


def _read(path: Path, name: str, memory: Readings) -> Iterator[Item]:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            yield Skipped(name, "it is no regular file")
        elif path.suffix.lower() == JSON_LINES:
            yield from read_json_lines(path, name, memory)
        else:
            stamp = digest(name, f"{status.st_size} {status.st_mtime_ns}")
            yield from memory.unless_known([stamp], lambda: _read_file(path, name), lambda _: stamp)
    except FileNotFoundError:
        yield Skipped(
            name, "it is a broken link" if path.is_symlink() else "it vanished while the folder was read"
        )
    except OSError as error:
        yield Skipped(name, _reason(error))


def _read_file(path: Path, name: str) -> Iterator[Item]:
    with path.open("rb") as file:
        data = file.read(LIMIT_BYTES + 1)
    if len(data) > LIMIT_BYTES:
        yield Skipped(name, f"it is larger than {LIMIT_BYTES // 1_000_000} MB")
        return
    if not data.strip():
        yield Skipped(name, "it is empty")
        return
    reader = READERS[path.suffix.lower()]
    yield from _items(name, name, lambda: reader(decode(data, is_html=reader is extract)))


def read_json_lines(path: Path, name: str, memory: Readings | None = None) -> Iterator[Item]:
    """The article of each line of a .jsonl file, and the lines that gave none; blank ones are passed over.

    Args:
        path: the file.
        name: what to call it in ids and reports.
        memory: which lines needn't be read again.

    Raises:
        OSError: the file can't be read.
    """
    empty, memory = True, memory or Readings({})
    with path.open("rb") as file:
        encoding = byte_order_mark(file.peek(4)[:4]) or "utf-8"
        # a line in another encoding is told by itself, so that it doesn't lose the others
        text = io.TextIOWrapper(file, encoding, errors="surrogateescape", newline="\n")
        for number, line in enumerate(iter(lambda: text.readline(LIMIT_BYTES), ""), start=1):
            if len(line) >= LIMIT_BYTES:
                yield Skipped(f"{name}:{number}", f"the line is longer than {LIMIT_BYTES // 1_000_000} MB")
                while len(line) >= LIMIT_BYTES and not line.endswith("\n"):
                    line = text.readline(LIMIT_BYTES)
            elif line.strip():
                yield from _read_line(line, name, number, memory)
            empty = False
    if empty:
        yield Skipped(name, "it is empty")


def _read_line(line: str, name: str, number: int, memory: Readings) -> Iterator[Item]:
    """The line's article; one that has its id from its place is another one in another place."""
    default_id = f"{name}#{number}"
    words = line.rstrip("\r\n")
    anywhere, here = digest("", words), digest(default_id, words)
    yield from memory.unless_known(
        [anywhere, here],
        lambda: _items(f"{name}:{number}", default_id, partial(_record, line)),
        lambda article: here if article.id == default_id else anywhere,
    )


def _record(line: str) -> Mapping[str, object]:
    if not line.isascii():
        line = _repaired(line)
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Rejected(f"it is no JSON ({error})") from error
    if not isinstance(record, dict):
        raise Rejected("it is no JSON object")
    return record


def _repaired(line: str) -> str:
    try:
        line.encode()
    except UnicodeEncodeError:
        return decode(line.encode(errors="surrogateescape"))
    return line


def _items(name: str, default_id: str, record: Callable[[], Mapping[str, object]]) -> Iterator[Item]:
    try:
        article, remarks = to_article(record(), default_id)
    except (Rejected, NotText) as error:
        yield Skipped(name, str(error))
        return
    yield article
    yield from (Skipped(name, remark) for remark in remarks)


def _printable(name: str) -> str:
    """The name in composed form, with bytes that are no UTF-8 spelt out: one file, one id on every system."""
    return unicodedata.normalize(
        "NFC", name.encode(errors="surrogateescape").decode(errors="backslashreplace")
    )


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
