"""A folder of articles: encodings, names, links, ids that stay, and what vanishes meanwhile."""

import json
import os
import shutil
import unicodedata
from pathlib import Path

import pytest
from folder_reading import STORY, articles, read, skipped

from knowledge.articles import Article
from knowledge.errors import SourceError
from knowledge.sources import FolderSource, Skipped, source_at


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("text", [STORY, STORY * 30])
def test_hindi_is_read_in_any_unicode_encoding(tmp_path: Path, encoding: str, text: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding=encoding)
    assert [article.text for article in articles(tmp_path)] == [text]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_json_lines_may_have_a_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    lines = "\n".join(json.dumps({"id": key, "text": STORY}, ensure_ascii=False) for key in "कख")
    (tmp_path / "a.jsonl").write_text(lines, encoding=encoding)
    assert [(article.id, article.text) for article in articles(tmp_path)] == [("क", STORY), ("ख", STORY)]


@pytest.mark.parametrize(
    "text", ["Café.", "The minister’s visit was a “success” – officials said so on Monday."]
)
def test_english_in_a_windows_encoding_is_recognised(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode("cp1252"))
    assert [article.text for article in articles(tmp_path)] == [text]


def test_a_damaged_place_does_not_lose_the_text(tmp_path: Path) -> None:
    data = (STORY * 3).encode()
    (tmp_path / "a.txt").write_bytes(data[:-1])
    (tmp_path / "b.jsonl").write_bytes(
        b'{"text": "' + data[:-1] + b'"}\n' + json.dumps({"text": STORY}).encode()
    )
    assert [article.text.count("\ufffd") for article in articles(tmp_path)] == [1, 1, 0]
    assert skipped(tmp_path) == []


def test_what_is_no_text_is_skipped(tmp_path: Path) -> None:
    png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4
    (tmp_path / "1.txt").write_bytes(png)
    (tmp_path / "2.html").write_bytes(png)
    (tmp_path / "3.md").write_bytes(b"\x00" * 5000)
    (tmp_path / "4.jsonl").write_bytes(png.replace(b"\n", b" "))
    (tmp_path / "5.txt").write_bytes(b"")
    (tmp_path / "6.jsonl").write_bytes(b"")
    (tmp_path / "7.txt").write_bytes(b" \n\n")
    (tmp_path / "8.html").write_text("<html><body><nav>होम</nav></body></html>", encoding="utf-8")
    found = skipped(tmp_path)
    assert [name for name, _ in found] == [
        "1.txt", "2.html", "3.md", "4.jsonl:1", "5.txt", "6.jsonl", "7.txt", "8.html",
    ]  # fmt: skip
    assert all("not text" in reason for _, reason in found[:3])
    assert [reason for _, reason in found[4:7]] == ["it is empty"] * 3
    assert articles(tmp_path) == []


def test_what_is_too_large_is_skipped_and_the_rest_is_read(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(20_000_001)
    with (tmp_path / "b.jsonl").open("wb") as file:
        file.write(b'{"text": "' + b"a" * 20_000_000 + b'"}\n')
        file.write(json.dumps({"text": STORY}).encode() + b"\n")
    assert read(tmp_path) == [
        Skipped("a.txt", "it is larger than 20 MB"),
        Skipped("b.jsonl:1", "the line is longer than 20 MB"),
        Article("b.jsonl#2", "शिवपुर में शनिवार को नया पुल खुल गया", STORY),
    ]


def test_files_come_in_the_order_of_their_names_and_hidden_ones_never(tmp_path: Path) -> None:
    for name in ["b.txt", "a/z.txt", "a/b/c.TXT", ".hidden.txt", ".git/x.txt", "notes.pdf", "c.txt/d.txt"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(STORY, encoding="utf-8")
    assert [article.id for article in articles(tmp_path)] == ["a/b/c.TXT", "a/z.txt", "b.txt", "c.txt/d.txt"]


def test_an_id_does_not_depend_on_how_a_system_writes_the_name(tmp_path: Path) -> None:
    name = "पढ़ाई.txt"
    (tmp_path / unicodedata.normalize("NFD", name)).write_text(STORY, encoding="utf-8")
    (tmp_path / os.fsdecode(b"\xff.txt")).write_text(STORY, encoding="utf-8")
    ids = [article.id for article in articles(tmp_path)]
    assert ids == sorted([unicodedata.normalize("NFC", name), "\\xff.txt"])


def test_links_are_followed_once_and_loops_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "b").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert [article.id for article in articles(tmp_path)] == ["a/x.txt"]
    assert skipped(tmp_path) == [
        ("gone.txt", "it is a broken link"),
        ("self.txt", "too many levels of symbolic links"),
    ]


def test_a_pipe_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert skipped(tmp_path) == [("a.txt", "it is no regular file")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "a.txt").chmod(0)
    assert skipped(tmp_path) == [("a.txt", "permission denied")]


def test_a_file_that_vanishes_meanwhile_is_skipped(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(STORY, encoding="utf-8")
    items = FolderSource(tmp_path).read()
    first = next(items)
    (tmp_path / "b.txt").unlink()
    second, third = items
    assert second == Skipped("b.txt", "it vanished while the folder was read")
    assert [item.id for item in (first, third) if isinstance(item, Article)] == ["a.txt", "c.txt"]


def test_a_folder_that_vanishes_meanwhile_is_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(STORY, encoding="utf-8")
    items = FolderSource(folder).read()
    next(items)
    shutil.rmtree(folder)
    with pytest.raises(SourceError, match=r"news: the folder vanished"):
        list(items)


def test_what_is_no_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    with pytest.raises(SourceError, match=r"nowhere: can't read the folder \(no such file or directory\)"):
        read(tmp_path / "nowhere")
    with pytest.raises(SourceError, match=r"a\.txt: can't read the folder \(not a directory\)"):
        read(tmp_path / "a.txt")


def test_a_location_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    source = source_at(str(tmp_path))
    assert source.name == str(tmp_path)
    assert [item.id for item in source.read() if isinstance(item, Article)] == ["a.txt"]


@pytest.mark.parametrize("location", ["", "https://example.com/feed.xml", "ftp://example.com"])
def test_other_locations_are_refused(location: str) -> None:
    with pytest.raises(SourceError, match="give the path of a folder"):
        source_at(location)


def test_the_newspapers_of_the_development_data_lose_no_article() -> None:
    data = Path(__file__).parents[3] / "shared" / "data" / "news-more"
    if not data.is_dir():
        pytest.skip("no ../shared/data beside the repository")
    items = read(data)
    assert len(items) == 1_109
    assert all(isinstance(item, Article) and item.title and item.text for item in items)
