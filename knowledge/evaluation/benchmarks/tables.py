"""The figures of `quality` as rows of tables, their cells as they are shown."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from knowledge.evaluation.benchmarks.quality import KHABAR, NOTHING, Feature, Quality, SetQuality

Row = dict[str, str]
Figures = Mapping[Feature, float]

SHOWN = 0.0005
"""The least change that shows in three decimals."""


def system_rows(quality: Quality) -> Iterator[Row]:
    """For each set a row a measure, with a column for Khabar and each peer.

    A peer that isn't installed says what would install it; one of no use for a set's script says nothing.
    """
    systems = list(dict.fromkeys(name for each in quality.sets for name in each.by_system))
    for each in quality.sets:
        for place, measure in enumerate(each.by_system[KHABAR] or {}):
            yield {
                "set": "" if place else each.name,
                "questions": "" if place else _asked(each),
                "measure": measure,
                **{system: _cell(quality, each, system, measure) for system in systems},
            }


def _asked(each: SetQuality) -> str:
    return str(each.size) if each.asked == each.size else f"{each.asked} of {each.size}"


def _cell(quality: Quality, each: SetQuality, system: str, measure: str) -> str:
    if system not in each.by_system:
        return ""
    measures = each.by_system[system]
    if measures is None:
        return f"pip install {quality.missing[system]}"
    return f"{measures[measure]:.3f}" if measure in measures else ""


def ablation_rows(quality: Quality) -> list[Row]:
    """A row for each feature of ranking and language: what each set's telling measure loses without it."""
    return _changes(quality.sets, lambda each: each.without, lambda each: f"{each.name} {each.telling}")


def confidence_rows(quality: Quality) -> list[Row]:
    """A row for each ground of the confidence: how much worse answerable questions are told without it."""
    sets = [each for each in quality.sets if each.surer]
    return _changes(sets, lambda each: each.surer, lambda each: f"{each.name} AUC")


def _changes(
    sets: Sequence[SetQuality], figures: Callable[[SetQuality], Figures], head: Callable[[SetQuality], str]
) -> list[Row]:
    """First what is measured with everything, then the changes, the greatest mean loss first."""
    sets = [each for each in sets if NOTHING in figures(each)]
    if not sets:
        return []
    changes = {
        feature: [figures(each)[feature] - figures(each)[NOTHING] for each in sets]
        for feature in figures(sets[0])
        if feature != NOTHING
    }
    whole = {head(each): f"{figures(each)[NOTHING]:.3f}" for each in sets}
    rows = [{"part": "", "without": "nothing", **whole, "mean": ""}]
    for part, name in sorted(changes, key=lambda feature: np.mean(changes[feature])):
        change = changes[part, name]
        cells = {head(each): _signed(lost) for each, lost in zip(sets, change, strict=True)}
        rows.append({"part": part, "without": name, **cells, "mean": _signed(float(np.mean(change)))})
    return rows


def _signed(change: float) -> str:
    return f"{change:+.3f}" if abs(change) >= SHOWN else "0"
