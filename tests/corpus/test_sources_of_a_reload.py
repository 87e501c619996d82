"""What each source gives to a reload: everything, the news only, nothing, or an error."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from newsroom import BRIDGE, CHESS, LIBRARY, MANGOES, RAIN, YESTERDAY, Newsroom, unheard
from reloads import counts, files, history, reloaded, served, titles_of

from knowledge.articles import Article
from knowledge.corpus.reload import Conditions, reload
from knowledge.corpus.shelf import Shelf
from knowledge.corpus.wishes import Wishes
from knowledge.errors import SourceError
from knowledge.sources.folder import FolderSource
from knowledge.sources.source import Retracted, Skipped, Unchanged

NOON = datetime(2024, 6, 12, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Failing:
    """A source that fails with `error` after its first article."""

    error: BaseException
    name: str = "failing desk"
    whole: bool = True

    def read(self) -> Iterator[Article | Skipped]:
        yield RAIN
        raise self.error


ERRORS = {
    "the source says so": (SourceError("desk: gone"), "desk: gone"),
    "its files vanish": (FileNotFoundError(2, "No such file"), "failing desk: No such file"),
}
FAULTS = {"a fault in the program": ZeroDivisionError("दोष"), "the operator interrupts": KeyboardInterrupt()}


@pytest.mark.parametrize(("error", "message"), ERRORS.values(), ids=ERRORS.keys())
def test_a_source_that_fails_half_way_changes_nothing(
    tmp_path: Path, error: BaseException, message: str
) -> None:
    first = reloaded(tmp_path, Newsroom(YESTERDAY, "failing desk"))
    before = files(tmp_path)
    with pytest.raises(SourceError, match=message):
        reloaded(tmp_path, Failing(error))
    assert files(tmp_path) == before
    assert Shelf(tmp_path).open_served().id == first.generation
    assert history(tmp_path)[0].result == "failed"
    assert counts(reloaded(tmp_path, Newsroom(YESTERDAY, "failing desk"))) == (False, 0, 0, 0, 3)


@pytest.mark.parametrize(("error", "message"), ERRORS.values(), ids=ERRORS.keys())
def test_a_source_that_fails_keeps_its_articles_and_does_not_stop_the_others(
    tmp_path: Path, error: BaseException, message: str
) -> None:
    reloaded(tmp_path, Newsroom(YESTERDAY, "failing desk"), Newsroom((CHESS,)))
    report = reloaded(tmp_path, Failing(error), Newsroom((RAIN,)))
    assert counts(report) == (True, 1, 0, 1, 3)
    assert [failed.name for failed in report.failed] == ["failing desk"]
    assert report.failed[0].reason.startswith("failing desk: ")
    assert message in report.failed[0].reason
    assert served(tmp_path) == titles_of((*YESTERDAY, RAIN))
    assert history(tmp_path)[0].reason == report.failed[0].reason


def test_when_all_sources_fail_each_says_why(tmp_path: Path) -> None:
    failing = [Failing(SourceError(f"{name}: gone"), name) for name in ("one", "two")]
    with pytest.raises(SourceError, match="one: gone; two: gone"):
        reloaded(tmp_path, *failing)


@pytest.mark.parametrize("error", FAULTS.values(), ids=FAULTS.keys())
def test_what_is_no_fault_of_the_source_stops_the_reload(tmp_path: Path, error: BaseException) -> None:
    first = reloaded(tmp_path, Newsroom(YESTERDAY))
    with pytest.raises(type(error)):
        reloaded(tmp_path, Newsroom((CHESS,)), Failing(error))
    assert Shelf(tmp_path).open_served().id == first.generation
    assert history(tmp_path)[0].result == "failed"


def test_a_source_that_is_no_longer_named_loses_its_articles(tmp_path: Path) -> None:
    reloaded(tmp_path, Newsroom(YESTERDAY, "one"), Newsroom((CHESS,), "two"))
    assert counts(reloaded(tmp_path, Newsroom((CHESS,), "two"))) == (True, 0, 0, 3, 1)


def test_a_source_that_tells_only_what_is_new_keeps_the_rest(tmp_path: Path) -> None:
    reloaded(tmp_path, Newsroom(YESTERDAY, whole=False))
    assert counts(reloaded(tmp_path, Newsroom((), whole=False))) == (False, 0, 0, 0, 3)
    told = (CHESS, Retracted(MANGOES.id, "404 twice"), Unchanged(BRIDGE.id))
    assert counts(reloaded(tmp_path, Newsroom(told, whole=False))) == (True, 1, 0, 1, 2)
    assert served(tmp_path) == titles_of((BRIDGE, LIBRARY, CHESS))


def test_a_source_that_only_skips_gives_a_sign_of_life_with_each(tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    reloaded(tmp_path, Newsroom(YESTERDAY))
    skipped = Newsroom((Skipped("a", "no article"), Skipped("b", "no article")), "web", whole=False)
    reload([Newsroom(YESTERDAY), skipped], tmp_path, progress=lambda *step: told.append(step))
    assert [step for step in told if step[0] == "reading"][-3:] == [("reading", 3, None)] * 3


def test_a_correction_that_only_the_second_source_tells_of_is_served(tmp_path: Path) -> None:
    feed = replace(BRIDGE, publisher="सोनपुर दैनिक")
    corrected = replace(BRIDGE, title="सुधार: पुल 430 मीटर का", text=BRIDGE.text.replace("420", "430"))
    reloaded(tmp_path, Newsroom((feed,), "feed", False), Newsroom((BRIDGE, CHESS), "sitemap", False))
    report = reloaded(tmp_path, Newsroom((), "feed", False), Newsroom((corrected,), "sitemap", False))
    assert counts(report) == (True, 0, 1, 0, 1)
    generation = Shelf(tmp_path).open_served()
    articles = map(generation.article, range(generation.articles))
    assert replace(corrected, publisher=feed.publisher) in articles


def test_what_such_a_source_told_before_it_failed_is_kept(tmp_path: Path) -> None:
    failing = Failing(SourceError("it was cut off"), whole=False)
    report = reloaded(tmp_path, Newsroom(YESTERDAY), failing)
    assert counts(report) == (True, 4, 0, 0, 0)
    assert [failed.reason for failed in report.failed] == ["failing desk: it was cut off"]


def test_when_the_first_of_two_that_are_one_is_gone_the_other_takes_over(tmp_path: Path) -> None:
    again = replace(BRIDGE, id="pul-2.md", publisher="दूसरा अख़बार")
    reloaded(tmp_path, Newsroom((BRIDGE, CHESS), "one"), Newsroom((again,), "two"))
    assert counts(reloaded(tmp_path, Newsroom((CHESS,), "one"), Newsroom((again,), "two"))) == (
        True,
        1,
        0,
        1,
        1,
    )


def test_a_banned_article_stays_out_until_it_is_allowed(tmp_path: Path) -> None:
    def wish(what: Callable[[Wishes], object]) -> None:
        with Wishes.open(tmp_path / "store.sqlite3") as wishes:
            what(wishes)

    reloaded(tmp_path, Newsroom(YESTERDAY))
    wish(lambda wishes: wishes.ban(wishes.article(BRIDGE.id), NOON))
    assert counts(reloaded(tmp_path, Newsroom(YESTERDAY))) == (True, 0, 0, 1, 2)
    moved = replace(BRIDGE, id="pul-phir.md")
    assert counts(reloaded(tmp_path, Newsroom((*YESTERDAY, moved)))) == (False, 0, 0, 0, 2)
    wish(lambda wishes: wishes.allow(BRIDGE.id))
    assert counts(reloaded(tmp_path, Newsroom(YESTERDAY))) == (True, 1, 0, 0, 2)


def test_a_source_without_articles_fails_with_what_was_skipped(tmp_path: Path) -> None:
    reloaded(tmp_path, Newsroom(YESTERDAY))
    empty = Newsroom((Skipped("a.txt", "empty"),))
    message = r"^newsroom: nothing to publish, this source gave no article \(1 skipped: a.txt: empty\)"
    with pytest.raises(SourceError, match=message):
        reloaded(tmp_path, empty)
    report = reloaded(tmp_path, empty, Newsroom((CHESS,), "two"))
    assert (counts(report), len(report.failed)) == ((True, 1, 0, 0, 3), 1)


def test_a_source_may_become_empty_by_force(tmp_path: Path) -> None:
    reloaded(tmp_path, Newsroom(YESTERDAY), Newsroom((CHESS,), "two"))
    report = reload(
        [Newsroom(()), Newsroom((CHESS,), "two")], tmp_path, Conditions(force=True), progress=unheard
    )
    assert counts(report) == (True, 0, 0, 3, 1)


def test_unchanged_files_and_lines_are_not_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("आम की फसल इस साल अच्छी हुई।", "utf-8")
    lines = [json.dumps({"id": str(n), "text": f"गाँव {n} में नया स्कूल खुला।"}) for n in range(3)]
    (folder / "b.jsonl").write_text("\n".join(lines), "utf-8")
    first = FolderSource(folder)
    assert counts(reloaded(tmp_path / "data", first)) == (True, 4, 0, 0, 0)
    lines[1] = lines[1].replace("1 ", "11 ")
    (folder / "b.jsonl").write_text("\n".join(lines[::-1]), "utf-8")
    again = FolderSource(folder, dict(first.readings))
    assert [type(item).__name__ for item in again.read()] == [
        "Unchanged",
        "Unchanged",
        "Article",
        "Unchanged",
    ]
    assert counts(reloaded(tmp_path / "data", FolderSource(folder))) == (True, 0, 1, 0, 3)
    (folder / "a.txt").unlink()
    assert counts(reloaded(tmp_path / "data", FolderSource(folder))) == (True, 0, 0, 1, 3)


def test_two_folders_with_files_of_one_name_lose_none(tmp_path: Path) -> None:
    folders = [tmp_path / "khel", tmp_path / "mandi"]
    for folder, text in zip(folders, ("शतरंज में मीरा जीती।", "आम चालीस रुपये किलो बिका।"), strict=True):
        folder.mkdir()
        (folder / "1.txt").write_text(text, "utf-8")
    report = reloaded(tmp_path / "data", *map(FolderSource, folders))
    assert (counts(report), report.duplicates) == ((True, 2, 0, 0, 0), ())
    assert counts(reloaded(tmp_path / "data", *map(FolderSource, folders))) == (False, 0, 0, 0, 2)
    (folders[0] / "2.txt").write_text("कबड्डी का फाइनल रविवार को होगा।", "utf-8")
    (folders[0] / "1.txt").unlink()
    assert counts(reloaded(tmp_path / "data", *map(FolderSource, folders))) == (True, 1, 0, 1, 1)
