"""A generation that is made of the one before is the one that would be made of nothing, byte for byte."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import BRIDGE, CHESS, LIBRARY, MANGOES, MANY, RAIN, TODAY, YESTERDAY

from knowledge.articles import Article, Copy
from knowledge.corpus.build import build_from
from knowledge.corpus.contents import Contents
from knowledge.corpus.generation import MANIFEST, Generation

AGENCY = (
    "राज्य सरकार ने सोमवार को नई सिंचाई योजना की घोषणा की, जिसके तहत बारह ज़िलों के तालाबों की खुदाई होगी। "
    "कृषि मंत्री रमेश पाटीदार ने बताया कि योजना पर चार सौ करोड़ रुपये ख़र्च होंगे और किसानों को अगले मौसम से पानी मिलेगा। "
    "पंचायतों को तालाबों की देखरेख का ज़िम्मा दिया जाएगा और हर गाँव में एक समिति बनेगी। विपक्ष ने योजना को चुनावी बताया "
    "और कहा कि पिछली योजना का काम अब तक अधूरा पड़ा है। मंत्री ने जवाब दिया कि अधूरा काम मार्च तक पूरा कर लिया जाएगा।"
)
FIRST = Article("k/sinchai", "सिंचाई की नई योजना", AGENCY, published=date(2024, 5, 6), publisher="कृषक समाचार")
SECOND = replace(
    FIRST, id="a/yojana", title="तालाबों की खुदाई होगी", published=date(2024, 5, 7), publisher=None
)
UNDATED = replace(FIRST, id="0/bina-tarikh", text=AGENCY + " यह जानकारी सचिव ने दी।", published=None)


def built(folder: Path, articles: Sequence[Article], base: Path | None = None) -> Path:
    folder.mkdir()
    in_order = sorted(articles, key=lambda article: article.id)
    build_from(base, folder, Contents.of(in_order), lambda done, total: None)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name != MANIFEST}


def assert_like_new(folder: Path, articles: Sequence[Article]) -> None:
    """The files in `folder` are those that a whole new build writes."""
    with TemporaryDirectory() as other:
        new = files(built(Path(other) / "new", articles))
    found = files(folder)
    assert found.keys() == new.keys()
    assert [name for name in found if found[name] != new[name]] == []


sentences = st.sampled_from(
    [
        *AGENCY.split("। "),
        *BRIDGE.text.splitlines(),
        *RAIN.text.splitlines(),
        "और",
        "",
        "IPL 2020 😀",
        "20,000 किलो आम।",
    ]
)
versions = st.builds(
    Article,
    id=st.sampled_from(["क", "ख", "ग", "a/1", "a/2", "😀", "अ"]),
    title=st.sampled_from(["", "पुल खुला", "नूरलान आए", "नुरलान गए", "का"]),
    text=st.lists(sentences, max_size=12).map("। ".join) | st.just(AGENCY),
    url=st.sampled_from([None, "https://news.example/1"]),
    published=st.none() | st.sampled_from([date(2024, 5, 6), date(2023, 1, 1)]),
    publisher=st.none() | st.just("समाचार"),
)
corpora = st.lists(versions, max_size=7, unique_by=lambda article: article.id)


@settings(max_examples=40)
@given(st.lists(corpora, min_size=2, max_size=4))
def test_any_changes_lead_to_what_a_whole_build_writes(states: list[list[Article]]) -> None:
    with TemporaryDirectory() as name:
        base = None
        for number, articles in enumerate(states):
            base = built(Path(name) / str(number), articles, base)
            assert_like_new(base, articles)


@settings(max_examples=12)
@given(st.data())
def test_a_few_changes_among_many_articles_do_so_too(data: st.DataObject) -> None:
    articles = {article.id: article for article in (*MANY[:60], *YESTERDAY, FIRST, SECOND)}
    with TemporaryDirectory() as name:
        base = built(Path(name) / "0", list(articles.values()))
        for article in data.draw(st.lists(versions | st.sampled_from([CHESS, UNDATED]), max_size=4)):
            articles[article.id] = article
        for id in data.draw(st.lists(st.sampled_from(sorted(articles)), max_size=4)):
            articles.pop(id, None)
        assert_like_new(built(Path(name) / "1", list(articles.values()), base), list(articles.values()))


def test_only_what_changed_is_read(tmp_path: Path) -> None:
    read: list[str] = []
    before = Contents.of(sorted(YESTERDAY, key=lambda article: article.id))
    base = built(tmp_path / "one", YESTERDAY)
    articles = sorted([BRIDGE, LIBRARY, replace(MANGOES, title="आम"), CHESS], key=lambda article: article.id)
    after = Contents.of(articles)

    def load(numbers: Sequence[int]) -> list[Article]:
        read.extend(articles[number].id for number in numbers)
        return list(after.load(numbers))

    (tmp_path / "two").mkdir()
    build_from(base, tmp_path / "two", replace(after, load=load), lambda done, total: None)
    assert read == [MANGOES.id, CHESS.id]
    assert before.fingerprints[1:] == after.fingerprints[1:3]


def opened(folder: Path, articles: Sequence[Article], base: Path | None = None) -> list[Article]:
    generation = Generation.open(built(folder, articles, base))
    return [generation.article(number) for number in range(generation.articles)]


def copy_of(article: Article) -> Copy:
    return Copy(article.id, article.title, article.url, article.published, article.publisher)


def test_copies_are_told_by_the_one_that_came_out_first(tmp_path: Path) -> None:
    found = opened(tmp_path / "one", [UNDATED, SECOND, FIRST, RAIN])
    assert found == [RAIN, replace(FIRST, copies=(copy_of(SECOND), copy_of(UNDATED)))]


def test_when_the_first_is_taken_back_another_takes_over(tmp_path: Path) -> None:
    opened(tmp_path / "one", [FIRST, SECOND, RAIN])
    assert opened(tmp_path / "two", [SECOND, RAIN], tmp_path / "one") == [SECOND, RAIN]
    assert_like_new(tmp_path / "two", [SECOND, RAIN])


def test_a_copy_that_comes_later_joins_those_that_are_there(tmp_path: Path) -> None:
    opened(tmp_path / "one", [SECOND, RAIN])
    found = opened(tmp_path / "two", [FIRST, SECOND, RAIN], tmp_path / "one")
    assert found == [RAIN, replace(FIRST, copies=(copy_of(SECOND),))]
    assert_like_new(tmp_path / "two", [FIRST, SECOND, RAIN])


OTHERS = {
    "in digits": AGENCY.replace("चार सौ", "450"),
    "in words": AGENCY.replace("बारह ज़िलों", "तेरह ज़िलों"),
    "in names": AGENCY.replace("रमेश पाटीदार", "सुरेश घनघोरिया"),
    "in length": AGENCY[:250],
}


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS.keys())
def test_articles_that_differ_are_no_copies(tmp_path: Path, text: str) -> None:
    other = replace(FIRST, id="z", text=text)
    assert opened(tmp_path / "one", [FIRST, other]) == [FIRST, other]


EDITED = {
    "a reporter named": f"{AGENCY} रिपोर्ट: जगजीत घुम्मन, झुमरीतलैया।",
    "a usual word": AGENCY.replace("बताया", "कहा"),
    "another spelling": AGENCY.replace("ज़िलों", "जिलों").replace("रुपये", "रुपए"),
}


@pytest.mark.parametrize("text", EDITED.values(), ids=EDITED.keys())
def test_articles_that_were_edited_are_copies(tmp_path: Path, text: str) -> None:
    other = replace(FIRST, id="z", text=text)
    assert opened(tmp_path / "one", [FIRST, other]) == [replace(FIRST, copies=(copy_of(other),))]


def test_short_articles_are_never_copies(tmp_path: Path) -> None:
    twins = [Article("1", "पुल", "पुल खुला।"), Article("2", "पुल", "पुल खुला।")]
    assert opened(tmp_path / "one", twins) == twins


def test_a_corrected_article_keeps_the_ids_of_passages_with_the_same_text(tmp_path: Path) -> None:
    def ids(name: str, article: Article) -> list[str]:
        generation = Generation.open(built(tmp_path / name, [article]))
        return [generation.passage(number).id for number in range(generation.passages)]

    parts = [f"{'गाँव में नया तालाब बना है और ' * 20}{number}।" for number in range(4)]
    before = ids("one", replace(RAIN, text="\n".join(parts)))
    after = ids("two", replace(RAIN, text="\n".join([f"सुधार: {parts[0]}", *parts[1:]])))
    repeated = ids("three", replace(RAIN, text="\n".join([parts[0], parts[1], parts[0]])))
    assert len({*before}) == len(before) == 4
    assert before[1:] == after[1:]
    assert before[0] not in after
    assert repeated == [before[0], before[1], f"{before[0]}.1"]


def test_today_is_made_of_yesterday(tmp_path: Path) -> None:
    built(tmp_path / "one", YESTERDAY)
    assert_like_new(built(tmp_path / "two", TODAY, tmp_path / "one"), TODAY)
