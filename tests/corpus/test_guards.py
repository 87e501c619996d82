"""A new generation that must not be published is refused, and kept for whoever wants to see why."""

from pathlib import Path

import pytest
from newsroom import TODAY, YESTERDAY, Newsroom, unheard
from reloads import counts, history, reloaded, titles, titles_of

from knowledge.corpus.generation import Generation
from knowledge.corpus.reload import Conditions, reload
from knowledge.corpus.shelf import Shelf
from knowledge.errors import RefusedGeneration


def refused(data_dir: Path) -> list[str]:
    return [path.name for path in (data_dir / "generations").glob("refused-*")]


def test_when_too_many_articles_are_gone_the_generation_is_refused_and_kept(tmp_path: Path) -> None:
    first = reloaded(tmp_path, Newsroom(YESTERDAY))
    message = r"1 of the 3 articles that are served .*more than a share of 0\.3 .*--force; it is kept as"
    for _ in range(2):
        with pytest.raises(RefusedGeneration, match=message) as refusal:
            reload([Newsroom(YESTERDAY[1:])], tmp_path, Conditions(largest_fall=0.3), progress=unheard)
        (kept,) = refused(tmp_path)
        assert str(refusal.value).endswith(kept)
    assert titles(Generation.open(tmp_path / "generations" / kept)) == titles_of(YESTERDAY[1:])
    assert Shelf(tmp_path).open_served().id == first.generation
    assert history(tmp_path)[0].result == "refused"
    forced = reload(
        [Newsroom(YESTERDAY[1:])], tmp_path, Conditions(largest_fall=0.3, force=True), progress=unheard
    )
    assert counts(forced) == (True, 0, 0, 1, 2)
    assert refused(tmp_path) == [kept]


def test_a_fall_within_the_share_is_published(tmp_path: Path) -> None:
    reloaded(tmp_path, Newsroom(YESTERDAY))
    report = reload([Newsroom(YESTERDAY[1:])], tmp_path, Conditions(largest_fall=1 / 3), progress=unheard)
    assert report.published


def test_a_guard_refuses_a_generation(tmp_path: Path) -> None:
    def guard(generation: Generation) -> None:
        assert titles(generation) == titles_of(TODAY)
        raise RefusedGeneration("the editor is not amused")

    first = reloaded(tmp_path, Newsroom(YESTERDAY))
    with pytest.raises(RefusedGeneration, match="not amused; it is kept as"):
        reload([Newsroom(TODAY)], tmp_path, Conditions(guards=[guard]), progress=unheard)
    assert Shelf(tmp_path).current() == first.generation
    assert counts(reloaded(tmp_path, Newsroom(TODAY))) == (True, 2, 0, 1, 2)
