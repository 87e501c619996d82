from dataclasses import astuple, replace
from pathlib import Path

import pytest
from newsroom import BRIDGE, CHESS, LIBRARY, MANGOES, RAIN, TODAY, YESTERDAY, Newsroom, unheard
from reloads import counts, files, history, of_an_earlier_version, reloaded, served, titles_of

from knowledge.articles import Article
from knowledge.corpus.duplicates import Duplicate
from knowledge.corpus.reload import Conditions, reload
from knowledge.corpus.shelf import Shelf
from knowledge.corpus.store import Store
from knowledge.errors import KhabarError, RefusedGeneration, SourceError
from knowledge.sources.source import Skipped


def test_the_first_reload_makes_the_data_folder_and_serves_the_articles(tmp_path: Path) -> None:
    data_dir = tmp_path / "deep" / "data"
    report = reloaded(data_dir, Newsroom(YESTERDAY))
    assert counts(report) == (True, 3, 0, 0, 0)
    assert Shelf(data_dir).current() == report.generation
    assert served(data_dir) == titles_of(YESTERDAY)
    assert files(data_dir) == ["current", "generations", "reload.lock", "store.sqlite3", report.generation]


def test_afterwards_exactly_what_the_sources_hold_is_served(tmp_path: Path) -> None:
    reloaded(tmp_path, Newsroom(YESTERDAY))
    corrected = replace(BRIDGE, title="सोनपुर का पुल खुला")
    report = reloaded(tmp_path, Newsroom((corrected, CHESS), "one"), Newsroom((LIBRARY,), "two"))
    assert counts(report) == (True, 1, 1, 1, 1)
    assert served(tmp_path) == titles_of((corrected, CHESS, LIBRARY))


def test_what_was_left_out_is_reported(tmp_path: Path) -> None:
    skipped = (Skipped("empty.txt", "the file is empty"), Skipped("photo.txt", "not text"))
    again = replace(BRIDGE, id="pul-2.md")
    report = reloaded(tmp_path, Newsroom((skipped[0], BRIDGE, skipped[1])), Newsroom((again, MANGOES), "two"))
    assert report.skipped == skipped
    assert report.duplicates == (Duplicate("pul-2.md", "pul.md", "the same address"),)
    assert served(tmp_path) == titles_of((BRIDGE, MANGOES))
    assert astuple(history(tmp_path)[0])[2:] == ("published", report.generation, "", 2, 0, 0, 0, 2, 1)


def test_progress_tells_the_phases_in_order(tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    reload([Newsroom(YESTERDAY)], tmp_path, progress=lambda *step: told.append(step))
    assert told == [
        *(("reading", done, None) for done in range(4)),
        *(("indexing", done, 3) for done in range(4)),
        ("checking", 0, 1),
        ("checking", 1, 1),
        ("publishing", 0, 1),
        ("publishing", 1, 1),
    ]


def test_nothing_is_built_when_nothing_changed(tmp_path: Path) -> None:
    first = reloaded(tmp_path, Newsroom(YESTERDAY))
    before = files(tmp_path)
    second = reloaded(tmp_path, Newsroom(YESTERDAY[::-1], name="the same from elsewhere"))
    assert counts(second) == (False, 0, 0, 0, 3)
    assert second.generation == first.generation == Shelf(tmp_path).current()
    assert files(tmp_path) == before
    assert [line.result for line in history(tmp_path)] == ["unchanged", "published"]


def test_after_a_rollback_the_same_sources_are_published_anew(tmp_path: Path) -> None:
    for articles in (YESTERDAY, TODAY):
        reloaded(tmp_path, Newsroom(articles))
    assert served(tmp_path) == titles_of(TODAY)
    Shelf(tmp_path).rollback()
    assert served(tmp_path) == titles_of(YESTERDAY)
    assert counts(reloaded(tmp_path, Newsroom(TODAY))) == (True, 2, 0, 1, 2)
    assert served(tmp_path) == titles_of(TODAY)


def test_a_corrupt_served_generation_is_built_anew_from_the_same_sources(tmp_path: Path) -> None:
    first = reloaded(tmp_path, Newsroom(YESTERDAY))
    (tmp_path / "generations" / first.generation / "manifest.json").write_text("{", "utf-8")
    second = reloaded(tmp_path, Newsroom(YESTERDAY))
    assert counts(second) == (True, 0, 0, 0, 3)
    assert Shelf(tmp_path).open_served().id == second.generation != first.generation


def test_an_index_of_an_earlier_version_is_built_anew_and_its_articles_are_not_new(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = reloaded(tmp_path, Newsroom(YESTERDAY))
    of_an_earlier_version(tmp_path / "generations" / first.generation)
    second = reloaded(tmp_path, Newsroom(TODAY))
    assert counts(second) == (True, 2, 0, 1, 2)
    assert served(tmp_path) == titles_of(TODAY)
    assert "the index is of another version of Khabar: everything is built anew" in caplog.text
    assert "corrupt" not in caplog.text
    assert "run khabar reload" not in caplog.text


def test_too_many_articles_gone_are_noticed_across_versions_too(tmp_path: Path) -> None:
    first = reloaded(tmp_path, Newsroom(YESTERDAY))
    of_an_earlier_version(tmp_path / "generations" / first.generation)
    with pytest.raises(RefusedGeneration, match=r"^1 of the 3 articles"):
        reload([Newsroom(YESTERDAY[1:])], tmp_path, Conditions(largest_fall=0.3), progress=unheard)


def test_a_corrupt_served_generation_is_made_anew_of_the_one_that_serves_in_its_place(tmp_path: Path) -> None:
    reloaded(tmp_path, Newsroom(YESTERDAY))
    newest = reloaded(tmp_path, Newsroom(TODAY))
    (tmp_path / "generations" / newest.generation / "places.npy").unlink()
    assert counts(reloaded(tmp_path, Newsroom(TODAY))) == (True, 2, 0, 1, 2)
    assert served(tmp_path) == titles_of(TODAY)


def test_a_store_that_was_deleted_is_made_anew_from_the_sources(tmp_path: Path) -> None:
    reloaded(tmp_path, Newsroom(YESTERDAY))
    (tmp_path / "store.sqlite3").unlink()
    assert counts(reloaded(tmp_path, Newsroom(YESTERDAY))) == (False, 0, 0, 0, 3)
    with Store.open(tmp_path / "store.sqlite3") as store:
        assert len(store.articles()) == 3


def test_the_last_three_generations_are_kept(tmp_path: Path) -> None:
    corpora = (YESTERDAY, TODAY, (CHESS,), (RAIN,), (BRIDGE,))
    ids = [reloaded(tmp_path, Newsroom(articles)).generation for articles in corpora]
    assert Shelf(tmp_path).ids() == ids[:1:-1]


@pytest.mark.parametrize("phase", ["reading", "indexing", "checking", "publishing"])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device", "disk.npy")])
def test_a_reload_that_is_stopped_in_any_phase_changes_nothing(
    tmp_path: Path, phase: str, error: BaseException
) -> None:
    def stop(reached: str, done: int, total: int | None) -> None:
        if reached == phase:
            raise error

    first = reloaded(tmp_path, Newsroom(YESTERDAY))
    before = files(tmp_path)
    raised, message = (
        (KhabarError, "disk.npy: No space left") if isinstance(error, OSError) else (KeyboardInterrupt, "^$")
    )
    with pytest.raises(raised, match=message):
        reload([Newsroom(TODAY)], tmp_path, progress=stop)
    assert files(tmp_path) == before
    assert Shelf(tmp_path).open_served().id == first.generation
    assert counts(reloaded(tmp_path, Newsroom(TODAY))) == (True, 2, 0, 1, 2)


def test_a_source_whose_articles_are_all_known_already_is_not_refused(tmp_path: Path) -> None:
    report = reloaded(tmp_path, Newsroom(YESTERDAY), Newsroom((BRIDGE,), "the echo"))
    assert (report.added, len(report.duplicates)) == (3, 1)


def test_no_sources_are_no_reload(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no source is given"):
        reloaded(tmp_path)


def test_articles_without_a_word_are_refused(tmp_path: Path) -> None:
    reloaded(tmp_path, Newsroom(YESTERDAY))
    with pytest.raises(RefusedGeneration, match="no passages"):
        reloaded(tmp_path, Newsroom((Article("blank.md", "", ""),)))
    assert served(tmp_path) == titles_of(YESTERDAY)
