"""Furniture goes, the story stays: whole pages, the seeds, and what no page should do to the text.

A page in `pages/` marks its lines: `+` is kept, `-` is furniture, `=` is the title.
"""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.sources.cleaning import clean

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))
SHARED = Path(__file__).parents[3] / "shared"


def marked(page: Path) -> tuple[str, str, str | None]:
    """The page as a reader copies it, the text that must be left of it, and its title if it shows one."""
    lines = page.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line[2:] for line in lines)
    kept = "\n".join(
        " ".join(line[2:].split()) for line in lines if line.startswith("+") and line[2:].strip()
    )
    return text, kept, next((line[2:] for line in lines if line.startswith("=")), None)


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_a_page_keeps_its_story_and_nothing_else(page: Path) -> None:
    text, kept, title = marked(page)
    found, cleaned = clean(text)
    assert cleaned == kept
    assert title is None or found == title


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_with_its_title_given_the_same_is_left(page: Path) -> None:
    text, kept, title = marked(page)
    given_title = title or "दूसरा शीर्षक जो पन्ने पर नहीं है"
    assert clean(text, given_title) == (given_title, kept)


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_a_cleaned_page_stays_as_it_is(page: Path) -> None:
    cleaned = clean(marked(page)[0])[1]
    assert clean(cleaned, "दूसरा शीर्षक जो पन्ने पर नहीं है")[1] == cleaned


def lines_of(name: str) -> list[str]:
    return (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()


BEFORE = "रामगढ़ की मुख्य नहर की सफाई में गड़बड़ी की शिकायत पर जांच के आदेश दिए गए हैं।"
AFTER = "सिंचाई विभाग के अनुसार नहर की सफाई पर इस साल 40 लाख रुपये खर्च हुए, और जांच अगले महीने तक पूरी होगी।"


@pytest.mark.parametrize("label", lines_of("labels_furniture.txt"))
def test_a_label_below_a_story_goes(label: str) -> None:
    assert clean(f"{BEFORE}\n{AFTER}\n{label}", "नहर")[1] == f"{BEFORE}\n{AFTER}"


@pytest.mark.parametrize("line", lines_of("labels_story.txt"))
def test_a_line_that_resembles_a_label_stays(line: str) -> None:
    assert clean(f"{BEFORE}\n{line}\n{AFTER}", "नहर")[1] == f"{BEFORE}\n{line}\n{AFTER}"


def test_the_title_of_a_page_without_headline_is_its_breadcrumb() -> None:
    text, _, _ = marked(PAGES[0].parent / "23-nested-crumbs-no-headline.txt")
    assert clean(text)[0] == "शिवपुर में खुला पहला महिला बैंक"


def test_a_teaser_at_the_end_of_a_paragraph_goes_and_the_paragraph_stays() -> None:
    text = (
        "रतनपुर के किसान अब सौर पंप से सिंचाई कर रहे हैं। यह भी पढ़ें: सोने का भाव गिरा\n"
        "सरकार पंप की कीमत का (ये भी प\u095dें- चांदी में तेजी) 60 प्रतिशत देती है।"
    )
    assert clean(text, "सौर पंप")[1] == (
        "रतनपुर के किसान अब सौर पंप से सिंचाई कर रहे हैं।\nसरकार पंप की कीमत का 60 प्रतिशत देती है।"
    )


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        ("नई दिल्ली। संसद का सत्र सोमवार से शुरू होगा। बजट बाद में आएगा।", "संसद का सत्र सोमवार से शुरू होगा"),
        ("क्या पानी बचेगा? विशेषज्ञों को संदेह है और वे चिंता जताते हैं।", "क्या पानी बचेगा?"),
        (
            "डॉ. मेहता ने कहा कि दवा असर करती है. परीक्षण जारी है और नतीजे जून में आएंगे.",
            "डॉ. मेहता ने कहा कि दवा असर करती है",
        ),
        (
            "रामगढ़ जिले के सभी सरकारी और निजी विद्यालयों में अगले सोमवार से सुबह की पाली का समय बदल कर साढ़े सात बजे से "
            "कर दिया जाएगा और यह आदेश जून तक रहेगा।",
            "रामगढ़ जिले के सभी सरकारी और निजी विद्यालयों में अगले सोमवार से सुबह की पाली का समय बदल कर साढ़े…",
        ),
    ],
)
def test_without_a_headline_the_first_sentence_is_the_title(opening: str, title: str) -> None:
    assert clean(opening) == (title, opening)


def test_a_title_that_is_the_first_sentence_is_not_cut_out_of_the_text() -> None:
    text = "बांध के चार फाटक खोले गए।\nनिचले इलाकों को खाली कराया गया है।"
    assert clean(text, "बांध के चार फाटक खोले गए।") == ("बांध के चार फाटक खोले गए।", text)


def test_a_page_of_furniture_alone_leaves_nothing() -> None:
    assert clean("Home\nShare this news\nविज्ञापन\n© 2021 All rights reserved\nLeave a Reply") == ("", "")


def test_a_text_that_is_only_its_title_keeps_it() -> None:
    assert clean("कल स्कूल बंद रहेंगे", "कल स्कूल बंद रहेंगे") == ("कल स्कूल बंद रहेंगे", "कल स्कूल बंद रहेंगे")


def test_what_cannot_be_seen_or_stored_is_gone() -> None:
    text = "पानी\u200b का\u00a0भाव\x00 \u202eबढ़ा\ud800 &amp; घटा।\r\nक्\u200dया?\u2028हां।"
    assert clean(text, "भाव")[1] == "पानी का भाव बढ़ा\ufffd & घटा।\nक्\u200dया?\nहां।"


def test_a_text_without_blanks_after_full_stops_stays_whole() -> None:
    text = "नदी का पानी बढ़ रहा है.लोगों को हटाया जा रहा है." * 40
    assert clean(text)[1] == text


@given(st.text(st.sampled_from("कख ।.\n-•/|:()?0aA#@…\u200d"), max_size=200), st.text(max_size=20))
def test_any_text_is_taken_and_nothing_is_added(text: str, title: str) -> None:
    found, cleaned = clean(text, title)
    assert set("".join(cleaned.split())) <= set(text) | set(found)
    assert "\n\n" not in cleaned


def seed(number: str) -> str:
    files = sorted((SHARED / "seeds").glob(f"{number}_*.txt"))
    if not files:
        pytest.skip("no ../shared/seeds beside the repository")
    return files[0].read_text(encoding="utf-8")


def test_the_first_seed_keeps_its_four_paragraphs() -> None:
    text = seed("000")
    story = [line for line in text.splitlines() if len(line) > 300]
    title, cleaned = clean(text)
    assert len(story) == 4
    assert cleaned.splitlines() == story
    assert text.splitlines()[0].endswith(f" / {title}")


def test_the_second_seed_is_all_story() -> None:
    text = seed("001")
    title, cleaned = clean(text)
    assert cleaned.split() == text.split()
    assert text.startswith(title.rstrip("…"))
    assert 60 <= len(title) <= 101


def test_evidence_survives_in_the_development_news() -> None:
    data = SHARED / "data"
    if not (data / "newsqa-hi").is_dir():
        pytest.skip("no ../shared/data beside the repository")
    corpus = {row["_id"]: row for row in rows(data / "news-dev" / "corpus.jsonl")}
    judged = (data / "newsqa-hi" / "qrels" / "test.tsv").read_text(encoding="utf-8").splitlines()[1:]
    articles: dict[str, list[str]] = {}
    for query, article, _ in map(str.split, judged):
        articles.setdefault(query, []).append(article)
    answerable = [row for row in rows(data / "newsqa-hi" / "queries.jsonl") if row.get("evidence")]
    lost = [
        row["_id"]
        for row in answerable
        if not any(
            squeezed(row["evidence"]) in squeezed(clean(corpus[key]["text"], corpus[key]["title"])[1])
            for key in articles[row["_id"]]
        )
    ]
    assert len(answerable) == 80
    assert lost == []


def rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())
