import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from newsroom import CHESS, TODAY, YESTERDAY

from knowledge.articles import Article
from knowledge.corpus.build import build
from knowledge.corpus.shelf import Shelf
from knowledge.errors import CorruptGeneration, GenerationError, NoGeneration

NOON = datetime(2024, 6, 12, 12, tzinfo=UTC)
CORPORA: tuple[Sequence[Article], ...] = ((CHESS,), YESTERDAY, TODAY)


def ticking(start: datetime, step: timedelta = timedelta(minutes=5)) -> Callable[[], datetime]:
    def times() -> Iterator[datetime]:
        now = start
        while True:
            yield now
            now += step

    return times().__next__


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path, clock=ticking(NOON))


def built(shelf: Shelf, articles: Sequence[Article] = YESTERDAY) -> Path:
    folder = shelf.new_folder()
    build(folder, articles, lambda done, total: None)
    return folder


def published(shelf: Shelf, count: int) -> list[str]:
    """The ids of so many generations, newest first, of one, three, four, one, ... articles."""
    ids = [shelf.publish(built(shelf, CORPORA[number % 3])) for number in range(count)]
    return ids[::-1]


def folders(tmp_path: Path) -> list[str]:
    return sorted((entry.name for entry in (tmp_path / "generations").iterdir()), reverse=True)


def damage(tmp_path: Path, id: str) -> None:
    (tmp_path / "generations" / id / "manifest.json").unlink()


def test_an_empty_shelf_serves_nothing(shelf: Shelf, tmp_path: Path) -> None:
    assert (shelf.ids(), shelf.current(), shelf.collect()) == ([], None, [])
    with pytest.raises(NoGeneration, match=r"current: nothing was published yet; run khabar reload"):
        shelf.open_served()
    assert list(tmp_path.iterdir()) == []


def test_a_generation_is_served_once_it_is_published(shelf: Shelf) -> None:
    folder = built(shelf)
    with pytest.raises(NoGeneration):
        shelf.open_served()
    id = shelf.publish(folder)
    assert (shelf.current(), shelf.ids(), id) == (id, [id], shelf.id_of(folder))
    assert (shelf.open_served().id, shelf.open_served().articles) == (id, 3)
    assert not folder.exists()


def test_the_pointer_file_holds_the_id(shelf: Shelf, tmp_path: Path) -> None:
    id = shelf.publish(built(shelf))
    assert (tmp_path / "current").read_text("utf-8").strip() == id
    assert id.startswith("20240612T120000.000Z-")


def test_what_was_opened_stays_readable_when_another_generation_takes_over(shelf: Shelf) -> None:
    shelf.publish(built(shelf, (CHESS,)))
    opened = shelf.open_served()
    published(shelf, 4)
    shelf.collect()
    assert opened.id not in shelf.ids()
    assert opened.article(0) == CHESS


@pytest.mark.parametrize("step", [timedelta(0), timedelta(days=-400)], ids=["stands still", "set back"])
def test_ids_sort_by_publication_also_when_the_clock_is_wrong(tmp_path: Path, step: timedelta) -> None:
    shelf = Shelf(tmp_path, clock=ticking(NOON, step))
    ids = published(shelf, 4)
    assert shelf.ids() == ids == sorted(ids, reverse=True)


def test_the_last_three_are_kept(shelf: Shelf, tmp_path: Path) -> None:
    ids = published(shelf, 5)
    assert shelf.collect() == sorted(ids[3:])
    assert folders(tmp_path) == shelf.ids() == ids[:3]


def test_abandoned_building_folders_are_collected(shelf: Shelf, tmp_path: Path) -> None:
    ids = published(shelf, 1)
    abandoned = [built(shelf), shelf.new_folder()]
    assert shelf.collect() == sorted(folder.name for folder in abandoned)
    assert folders(tmp_path) == ids


def test_the_served_one_is_kept_however_few_are(shelf: Shelf) -> None:
    ids = published(shelf, 3)
    assert shelf.rollback() == ids[1]
    shelf.collect(keep=0)
    assert shelf.ids() == [ids[1]]
    assert shelf.open_served().id == ids[1]


def test_what_was_rolled_back_from_is_collected_and_never_rolled_back_to(shelf: Shelf) -> None:
    ids = published(shelf, 3)
    shelf.rollback()
    shelf.collect()
    assert shelf.ids() == ids[1:]
    shelf.publish(built(shelf))
    assert shelf.rollback() == ids[1]


def test_nothing_is_collected_but_the_oldest_while_the_pointer_is_unreadable(
    shelf: Shelf, tmp_path: Path
) -> None:
    ids = published(shelf, 4)
    (tmp_path / "current").write_bytes(b"\0" * 24)
    assert shelf.collect() == ids[3:]


def test_rollback_serves_the_one_before(shelf: Shelf) -> None:
    newest, middle, oldest = published(shelf, 3)
    assert shelf.open_served().id == newest
    assert shelf.rollback() == shelf.current() == shelf.open_served().id == middle
    assert shelf.rollback() == shelf.current() == shelf.open_served().id == oldest
    with pytest.raises(GenerationError, match=f"no generation before {oldest}"):
        shelf.rollback()
    assert shelf.open_served().id == oldest


def test_rollback_without_any_generation_says_so(shelf: Shelf) -> None:
    with pytest.raises(NoGeneration, match="nothing was published yet"):
        shelf.rollback()


def test_rollback_passes_over_a_corrupt_generation(shelf: Shelf, tmp_path: Path) -> None:
    _, middle, oldest = published(shelf, 3)
    damage(tmp_path, middle)
    assert shelf.rollback() == oldest


def test_rollback_to_nothing_readable_changes_nothing(shelf: Shelf, tmp_path: Path) -> None:
    newest, oldest = published(shelf, 2)
    damage(tmp_path, oldest)
    told = f"no generation before {newest}, which stays served, but what is damaged: {oldest}"
    with pytest.raises(GenerationError, match=told):
        shelf.rollback()
    assert shelf.current() == newest


def test_a_corrupt_served_generation_gives_way_to_the_next_older_one(
    shelf: Shelf, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    newest, middle, oldest = published(shelf, 3)
    damage(tmp_path, newest)
    assert shelf.open_served().id == middle
    assert f"serving generation {middle} instead of {newest}; run khabar reload" in caplog.text
    damage(tmp_path, middle)
    assert shelf.open_served().id == oldest
    damage(tmp_path, oldest)
    with pytest.raises(CorruptGeneration, match=r"generations: no generation can be read; run khabar reload"):
        shelf.open_served()


def test_what_was_rolled_back_from_is_served_only_when_nothing_older_can_be(
    shelf: Shelf, tmp_path: Path
) -> None:
    newest, middle, oldest = published(shelf, 3)
    shelf.rollback()
    damage(tmp_path, middle)
    assert shelf.open_served().id == oldest
    damage(tmp_path, oldest)
    assert shelf.open_served().id == newest


@pytest.mark.parametrize("content", [b"", b"\0" * 24, "पुल".encode(), b"../../etc", b"\xff\xfe"])
def test_an_unreadable_pointer_leaves_the_newest_generation_served(
    shelf: Shelf, tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    newest, _ = published(shelf, 2)
    (tmp_path / "current").write_bytes(content)
    assert shelf.current() is None
    assert shelf.open_served().id == newest
    assert "run khabar reload" in caplog.text


def test_a_readable_served_generation_is_opened_without_a_word(
    shelf: Shelf, caplog: pytest.LogCaptureFixture
) -> None:
    published(shelf, 2)
    with caplog.at_level(logging.DEBUG):
        shelf.open_served()
    assert caplog.records == []


def test_other_names_among_the_generations_are_nobodys_business(shelf: Shelf, tmp_path: Path) -> None:
    ids = published(shelf, 1)
    backup = tmp_path / "generations" / f"{ids[0]}.backup"
    backup.mkdir()
    assert (shelf.ids(), shelf.collect()) == (ids, [])
    assert backup.is_dir()
