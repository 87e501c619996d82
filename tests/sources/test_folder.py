"""A folder of articles: every format and encoding, ids that stay, and a reason for each thing left out."""

import json
import os
import shutil
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from knowledge.articles import Article
from knowledge.errors import SourceError
from knowledge.sources import FolderSource, Skipped, source_at

STORY = "शिवपुर में शनिवार को नया पुल खुल गया। पुल पर 84 करोड़ रुपये खर्च हुए।"


def read(folder: Path) -> list[Article | Skipped]:
    return list(FolderSource(folder).read())


def articles(folder: Path) -> list[Article]:
    return [item for item in read(folder) if isinstance(item, Article)]


def skipped(folder: Path) -> list[tuple[str, str]]:
    return [(item.name, item.reason) for item in read(folder) if isinstance(item, Skipped)]


def test_a_plain_text_is_cleaned_and_titled(tmp_path: Path) -> None:
    (tmp_path / "पुल.txt").write_text(f"शिवपुर में खुला नया पुल\n\n{STORY}\n\nShare this news\n", encoding="utf-8")
    assert read(tmp_path) == [Article(id="पुल.txt", title="शिवपुर में खुला नया पुल", text=STORY)]


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_front_matter_gives_the_fields(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"a{suffix}").write_text(
        f'---\ntitle: "पुल: एक नई राह"\nurl: https://example.com/pul\nPublished: 2021-04-09T10:00:00+05:30\n'
        f"publisher: दैनिक नमूना\nauthor: कोई\n---\n\n{STORY}\n",
        encoding="utf-8",
    )
    assert read(tmp_path) == [
        Article(
            id=f"a{suffix}",
            title="पुल: एक नई राह",
            text=STORY,
            url="https://example.com/pul",
            published=date(2021, 4, 9),
            publisher="दैनिक नमूना",
        )
    ]


def test_lines_that_only_look_like_front_matter_are_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"---\nयह खाका नहीं है\n---\n{STORY}", encoding="utf-8")
    assert STORY in articles(tmp_path)[0].text


def test_markdown_loses_its_markup_and_its_line_breaks(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "# शिवपुर में **नया** पुल\n\n"
        "शिवपुर में शनिवार को\n[नया पुल](https://example.com/x) खुल गया।\n![चित्र](a.jpg)\n\n"
        "## मुख्य बातें\n\n- लागत 84 करोड़\n- लंबाई 900 मीटर\n\n> “यह राह\n> आसान करेगा।”\n",
        encoding="utf-8",
    )
    assert read(tmp_path) == [
        Article(
            id="a.md",
            title="शिवपुर में नया पुल",
            text="शिवपुर में शनिवार को नया पुल खुल गया।\nमुख्य बातें\n- लागत 84 करोड़\n- लंबाई 900 मीटर\n"
            "“यह राह आसान करेगा।”",
        )
    ]


def test_a_text_wrapped_by_hand_is_joined_and_verses_are_not(tmp_path: Path) -> None:
    wrapped = (
        "शिवपुर में शनिवार को नया पुल खुल गया और हजारों लोग उसे देखने पहुंचे\n"
        "जिससे दिन भर मेले जैसा माहौल रहा। पुल पर चार गाड़ियां एक साथ चल सकती\n"
        "हैं और पैदल चलने वालों के लिए दोनों ओर अलग रास्ता बनाया गया है जिस\n"
        "पर रात में रोशनी रहेगी। अधिकारियों ने बताया कि पुल की उम्र सौ साल है\n"
        "और भूकंप का उस पर असर नहीं होगा क्योंकि उसके खंभे तीस मीटर गहरे हैं\n"
        "और उनमें खास तरह का इस्पात लगा है जो इसी राज्य के कारखाने में बना था\n"
        "और जिसकी जांच दो बार हुई।\n"
    )
    verses = "भोर हुई, पंछी जागे\nओस की बूंदें मोती जैसी\n" * 4
    (tmp_path / "1.txt").write_text(wrapped, encoding="utf-8")
    (tmp_path / "2.txt").write_text(verses, encoding="utf-8")
    first, second = articles(tmp_path)
    assert first.text == " ".join(wrapped.split())
    assert second.text == verses.strip()


PAGE = """<!DOCTYPE html><html lang="hi"><head><meta charset="{charset}"><title>पुल | दैनिक नमूना</title>
<link rel="canonical" href="https://example.com/pul"><meta property="og:site_name" content="दैनिक नमूना">
<meta property="og:title" content="शिवपुर में खुला नया पुल">
<meta property="article:published_time" content="2022-03-05T10:30:00+05:30"></head>
<body><nav><a href="/">होम</a> <a href="/khel">खेल</a></nav><article><h1>शिवपुर में खुला नया पुल</h1>
<p>शिवपुर में शनिवार को नया पुल खुल गया। पुल पर 84 करोड़ रुपये खर्च हुए।</p>
<p>पुल की लंबाई 900 मीटर है और उस पर चार गाड़ियां एक साथ चल सकती हैं।</p>
<p>यह भी पढ़ें: <a href="/sona">सोने के भाव गिरे</a></p></article>
<aside><h3>ट्रेंडिंग</h3><a href="/f">नई फिल्म का ट्रेलर जारी</a></aside>
<footer>© 2022 दैनिक नमूना</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_an_html_page_gives_its_article(tmp_path: Path, charset: str) -> None:
    (tmp_path / "पुल.html").write_text(PAGE.format(charset=charset), encoding=charset)
    assert read(tmp_path) == [
        Article(
            id="पुल.html",
            title="शिवपुर में खुला नया पुल",
            text="शिवपुर में शनिवार को नया पुल खुल गया। पुल पर 84 करोड़ रुपये खर्च हुए।\n"
            "पुल की लंबाई 900 मीटर है और उस पर चार गाड़ियां एक साथ चल सकती हैं।",
            url="https://example.com/pul",
            published=date(2022, 3, 5),
            publisher="दैनिक नमूना",
        )
    ]


def test_an_html_page_is_read_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    page = (
        '<html><head><meta charset="windows-1251"><title>Мост</title></head><body><article>'
        "<p>В субботу в городе открыли новый мост через реку, его длина девятьсот метров.</p>"
        "</article></body></html>"
    )
    (tmp_path / "a.htm").write_bytes(page.encode("windows-1251"))
    assert "открыли новый мост" in articles(tmp_path)[0].text


def test_json_lines_give_an_article_each(tmp_path: Path) -> None:
    records = [
        {
            "id": "n1",
            "title": "नया पुल",
            "text": STORY,
            "url": "https://example.com/1",
            "published": "2021-04-09",
            "publisher": "दैनिक नमूना",
        },
        {"_id": 7, "text": STORY, "title": None, "extra": [1]},
        {"text": STORY},
    ]
    lines = "\n\n".join(json.dumps(record, ensure_ascii=record.get("_id") == 7) for record in records)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.jsonl").write_text(lines, encoding="utf-8-sig")
    title = "शिवपुर में शनिवार को नया पुल खुल गया"
    assert read(tmp_path) == [
        Article("n1", "नया पुल", STORY, "https://example.com/1", date(2021, 4, 9), "दैनिक नमूना"),
        Article("7", title, STORY),
        Article("sub/a.jsonl#5", title, STORY),
    ]


def test_a_broken_record_is_skipped_and_the_others_load(tmp_path: Path) -> None:
    lines = [
        '{"text": "आधा',
        '["सूची"]',
        '{"title": "बिना पाठ"}',
        '{"text": ""}',
        '{"text": ["क"]}',
        '{"text": "ठीक है।", "title": 5}',
        '{"text": "ठीक है।", "id": true}',
        "[" * 100_000,
        '{"text": "Share this news"}',
        json.dumps({"id": "ok", "text": STORY}),
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert [article.id for article in articles(tmp_path)] == ["ok"]
    left_out = skipped(tmp_path)
    assert [name for name, _ in left_out] == [f"a.jsonl:{number}" for number in range(1, 10)]
    assert [reason for _, reason in left_out[1:7] + left_out[8:]] == [
        "it is no JSON object",
        "it has no text",
        "it has no text",
        "its text is not a string",
        "its title is not a string",
        "its id is not a string",
        "it holds nothing but page furniture",
    ]
    assert left_out[0][1].startswith("it is no JSON (")
    assert left_out[7][1].startswith("it is no JSON (")


def test_a_bad_field_does_not_lose_the_article_and_is_reported(tmp_path: Path) -> None:
    record = {
        "id": "a",
        "title": "पुल",
        "text": STORY,
        "url": "example.com/पुल",
        "published": "32 मार्च",
        "publisher": 5,
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(record), encoding="utf-8")
    assert read(tmp_path) == [
        Article("a", "पुल", STORY),
        Skipped(
            "a.jsonl:1", "its url “example.com/पुल” is no http(s) address; the article is kept without it"
        ),
        Skipped(
            "a.jsonl:1",
            "its published “32 मार्च” is no date such as 2021-04-09; the article is kept without it",
        ),
        Skipped("a.jsonl:1", "its publisher “5” is not a string; the article is kept without it"),
    ]


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
