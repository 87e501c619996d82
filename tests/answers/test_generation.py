import json
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import BRIDGE, MANGOES, MANY, RAIN, TODAY, YESTERDAY

from knowledge.articles import Article
from knowledge.corpus.build import build
from knowledge.corpus.check import check
from knowledge.corpus.generation import MANIFEST, Generation, fingerprint
from knowledge.corpus.passages import passages
from knowledge.errors import CorruptGeneration, RefusedGeneration
from knowledge.language.analysis import Analyser

LONG_REPORT = replace(BRIDGE, id="lamba.md", text="\n".join([BRIDGE.text, RAIN.text, MANGOES.text] * 5))
BARE = Article("naam ke bina", "", "बिना शीर्षक की छोटी ख़बर।")
EMPTY = Article("khali", "खाली", "")
SYMBOLS = Article("chinh", "😀", "!!! … ???\n😀 😀")
ALL = (*TODAY, LONG_REPORT, EMPTY, SYMBOLS, MANGOES, BARE)
CORPORA = [(), (EMPTY,), (SYMBOLS, EMPTY), (BRIDGE,), (BRIDGE, RAIN), YESTERDAY, ALL, MANY]


def built(folder: Path, articles: Sequence[Article]) -> Generation:
    folder.mkdir()
    build(folder, articles, lambda done, total: None)
    return Generation.open(folder)


@pytest.mark.parametrize("articles", CORPORA)
def test_a_generation_holds_what_it_was_built_from(tmp_path: Path, articles: Sequence[Article]) -> None:
    generation = built(tmp_path / "one", articles)
    expected = [passage for article in articles for passage in passages(article)]
    assert generation.articles == len(articles)
    assert generation.passages == len(expected)
    assert [generation.article(number) for number in range(len(articles))] == list(articles)
    assert [generation.passage(number) for number in range(len(expected))] == expected


@pytest.mark.parametrize("articles", CORPORA)
def test_passages_know_their_articles_and_articles_their_passages(
    tmp_path: Path, articles: Sequence[Article]
) -> None:
    generation = built(tmp_path / "one", articles)
    owners = generation.owners(np.arange(generation.passages)).tolist()
    owned = [generation.passages_of(number) for number in range(len(articles))]
    assert [len(passages(article)) for article in articles] == list(map(len, owned))
    assert [owner for owner, numbers in enumerate(owned) for _ in numbers] == owners
    assert [number for numbers in owned for number in numbers] == list(range(generation.passages))


@pytest.mark.parametrize("articles", CORPORA)
def test_its_engines_count_passages_articles_and_titles(tmp_path: Path, articles: Sequence[Article]) -> None:
    generation, analyser = built(tmp_path / "one", articles), Analyser()
    term = analyser.term("पुल")
    parts = [passage.text for article in articles for passage in passages(article)]
    whole = [f"{article.title}\n{article.text}" for article in articles]
    titles = [article.title for article in articles]
    for engine, texts in (
        (generation.by_passage, parts),
        (generation.by_article, whole),
        (generation.by_title, titles),
    ):
        assert len(engine) == len(texts)
        assert engine.document_frequency(term) == sum(term in analyser.terms(text) for text in texts)
    assert generation.vocabulary.document_frequency(term) == generation.by_article.document_frequency(term)


titles = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(
    st.builds(
        Article,
        titles,
        titles,
        titles,
        st.none() | titles,
        st.none() | st.dates(),
        st.none() | titles,
    )
)
def test_any_article_comes_back_whole(tmp_path_factory: pytest.TempPathFactory, article: Article) -> None:
    generation = built(tmp_path_factory.mktemp("any") / "one", [article])
    assert generation.article(0) == article


def test_it_names_itself_and_the_time_it_was_built(tmp_path: Path) -> None:
    before = datetime.now(UTC)
    generation = built(tmp_path / "20240612T120000.000Z-0a1b", YESTERDAY)
    assert generation.id == "20240612T120000.000Z-0a1b"
    assert before <= generation.built_at <= datetime.now(UTC)


def test_building_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    build(tmp_path, YESTERDAY, lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_terms_that_sound_alike_are_known(tmp_path: Path) -> None:
    articles = [Article("a", "", "नूरलान आए।"), Article("b", "", "नुरलान गए। पुल बना।")]
    vocabulary, analyser = built(tmp_path / "one", articles).vocabulary, Analyser()
    one, other = analyser.term("नूरलान"), analyser.term("नुरलान")
    assert sorted(vocabulary.alike(one)) == sorted(vocabulary.alike("नुर्लान")) == sorted((one, other))
    assert list(vocabulary.alike(analyser.term("पुल"))) == [analyser.term("पुल")]
    assert list(vocabulary.alike("झुमरीतलैया")) == []


def test_the_thesaurus_s_words_are_read_in_latin_letters_but_stand_nowhere(tmp_path: Path) -> None:
    sunny = Article("a", "", "सूर्य पर धब्बे दिखे।")
    vocabulary, analyser = built(tmp_path / "one", [sunny]).vocabulary, Analyser()
    sun = analyser.term("सूरज")
    terms, fit = vocabulary.latin("suraj")
    assert (max(terms, key=lambda each: each[1])[0], fit > -1) == (sun, True)
    assert vocabulary.document_frequency(sun) == 0
    assert list(vocabulary.alike(sun)) == []
    assert sun not in map(analyser.term, (*vocabulary.near("suraj", 8), *vocabulary.near("सूरज", 8)))


@pytest.mark.parametrize("articles", CORPORA)
def test_it_knows_how_often_a_term_comes_next_after_another(
    tmp_path: Path, articles: Sequence[Article]
) -> None:
    vocabulary, analyser = built(tmp_path / "one", articles).vocabulary, Analyser()
    bags = [analyser.terms(article.title) for article in articles]
    bags += [analyser.terms(passage.text) for article in articles for passage in passages(article)]
    counts = Counter(pair for bag in bags for pair in pairwise(bag))
    terms = ["नदारद", *sorted({term for bag in bags for term in bag})[:60], "ए"]
    expected = [[counts[first, second] for second in terms] for first in terms]
    assert vocabulary.following(terms, terms).tolist() == expected


def test_a_generation_answers_from_its_files_after_they_are_deleted(tmp_path: Path) -> None:
    generation = built(tmp_path / "one", YESTERDAY)
    shutil.rmtree(tmp_path / "one")
    assert [generation.article(number) for number in range(3)] == list(YESTERDAY)


def test_a_generation_of_another_format_is_not_opened(tmp_path: Path) -> None:
    built(tmp_path / "one", YESTERDAY)
    manifest = tmp_path / "one" / MANIFEST
    manifest.write_text(manifest.read_text("utf-8").replace('"format": ', '"format": 9'), "utf-8")
    with pytest.raises(CorruptGeneration, match=r"one: of a later .*format 9\d+, not \d+\); run khabar"):
        Generation.open(tmp_path / "one")


@pytest.mark.parametrize("articles", [corpus for corpus in CORPORA if any(map(passages, corpus))])
def test_what_build_wrote_passes_the_check(tmp_path: Path, articles: Sequence[Article]) -> None:
    check(built(tmp_path / "one", articles))


@pytest.mark.parametrize("articles", [(), (EMPTY,)])
def test_a_generation_without_passages_is_refused(tmp_path: Path, articles: Sequence[Article]) -> None:
    with pytest.raises(RefusedGeneration, match=r"one: no passages; check that the sources hold articles"):
        check(built(tmp_path / "one", articles))


def signed(folder: Path) -> Generation:
    """The generation in `folder`, with a manifest that agrees with its files as they are now."""
    manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    manifest["files"] = {name: fingerprint(folder / name) for name in manifest["files"]}
    (folder / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    return Generation.open(folder)


@pytest.mark.parametrize("pattern", ["articles.*.npy", "passage.*.npy"])
def test_a_generation_whose_texts_and_index_disagree_is_refused(tmp_path: Path, pattern: str) -> None:
    folder, other = tmp_path / "one", tmp_path / "other"
    built(folder, MANY)
    built(other, MANY[::-1])
    for file in other.glob(pattern):
        shutil.copy(file, folder / file.name)
    with pytest.raises(RefusedGeneration, match=r"one: .*; please report this"):
        check(signed(folder))


@pytest.mark.parametrize(("own", "foreign"), [(MANY, ALL), (ALL, MANY), (ALL, (*MANY, *ALL))])
def test_a_generation_with_the_terms_of_another_one_is_refused(
    tmp_path: Path, own: Sequence[Article], foreign: Sequence[Article]
) -> None:
    folder, other = tmp_path / "one", tmp_path / "other"
    built(folder, own)
    built(other, foreign)
    for file in other.glob("terms.*.npy"):
        shutil.copy(file, folder / file.name)
    with pytest.raises(RefusedGeneration, match=r"one: .*; please report this"):
        check(signed(folder))


def test_a_generation_with_scores_that_rank_bm25_would_not_give_is_refused(tmp_path: Path) -> None:
    built(tmp_path / "one", MANY)
    impacts = tmp_path / "one" / "passage.impacts.npy"
    np.save(impacts, np.load(impacts) * np.float32(1.01))
    with pytest.raises(RefusedGeneration, match="one: scores differ from rank-bm25's; please report this"):
        check(signed(tmp_path / "one"))


def test_dates_stay_dates(tmp_path: Path) -> None:
    assert built(tmp_path / "one", [BRIDGE]).article(0).published == date(2024, 3, 4)
