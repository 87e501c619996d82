"""Each format of a folder's files: its fields, its markup, and a reason for each thing left out."""

import json
from datetime import date
from pathlib import Path

import pytest
from folder_reading import STORY, articles, read, skipped

from knowledge.articles import Article
from knowledge.sources import Skipped


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
