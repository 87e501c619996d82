"""The figures of `quality` as a picture: one line a set, one dot a ranker, Khabar's with its figure."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from knowledge.evaluation.benchmarks.quality import ARTICLE, KHABAR, PASSAGE, Quality, SetQuality

PANELS = {
    ARTICLE: ("The right article", "MRR@10 of the article (1 = always first)"),
    PASSAGE: ("The passage with the answer", "Share of questions whose first passage has the answer"),
}
"""By measure a panel's title and the name of its axis."""

STYLES = (
    ("o", "#0072B2"),
    ("s", "#E69F00"),
    ("D", "#CC79A7"),
    ("^", "#56B4E9"),
    ("v", "#009E73"),
    ("P", "#D55E00"),
    ("X", "#666666"),
)
"""Marker and colour of each ranker, Khabar's first; colours that the colour-blind tell apart (Okabe, Ito)."""

WIDTH_INCHES = 9.0
LINE_INCHES = 0.36
FRAME_INCHES = 1.0
LEGEND_INCHES = 0.9
GAP_INCHES = 0.1
DPI = 150
PALE = "#DDDDDD"
INK = "#222222"


def write_plot(quality: Quality, file: Path) -> None:
    """Write the picture to `file`, as PNG whatever its name.

    Raises:
        OSError: the file can't be written.
    """
    figure(quality).savefig(file, format="png", dpi=DPI)


def figure(quality: Quality) -> Figure:
    """The picture: a panel each for articles and passages, with the sets that know of them."""
    shown = {
        measure: [each for each in quality.sets if measure in (each.by_system[KHABAR] or {})]
        for measure in PANELS
    }
    panels = {measure: sets for measure, sets in shown.items() if sets}
    systems = list(dict.fromkeys(name for each in quality.sets for name in each.by_system))
    lines = [len(sets) for sets in panels.values()]
    height = LEGEND_INCHES + sum(FRAME_INCHES + LINE_INCHES * number for number in lines)
    drawn = Figure(figsize=(WIDTH_INCHES, height), layout=ConstrainedLayoutEngine(h_pad=GAP_INCHES))
    if panels:
        axes = drawn.subplots(len(panels), squeeze=False, height_ratios=lines)[:, 0]
        for axis, (measure, sets) in zip(axes, panels.items(), strict=True):
            _draw(axis, sets, measure, systems)
        drawn.align_ylabels()
        handles, names = axes[0].get_legend_handles_labels()
        drawn.legend(handles[::-1], names[::-1], loc="outside upper center", ncols=4, frameon=False)
    return drawn


def _draw(axes: Axes, sets: Sequence[SetQuality], measure: str, systems: Sequence[str]) -> None:
    title, name = PANELS[measure]
    axes.hlines(range(len(sets)), 0, 1, color=PALE, linewidth=1, zorder=1)
    for number, system in reversed(list(enumerate(systems))):
        marker, colour = STYLES[number % len(STYLES)]
        points = [(figures[system], line) for line, figures in _lines(sets, measure) if system in figures]
        axes.scatter(
            [value for value, _ in points],
            [line for _, line in points],
            s=100 if system == KHABAR else 55,
            marker=marker,
            color=colour,
            edgecolors="white",
            linewidths=0.6,
            label=system,
            zorder=4 if system == KHABAR else 3,
        )
    _tell(axes, sets, measure)
    axes.set_title(title, loc="left", fontweight="bold", color=INK)
    axes.set_xlabel(name, loc="left", color=INK)
    axes.set_ylabel("Evaluation set · questions", color=INK)
    axes.set_yticks(range(len(sets)), [f"{each.name} · {each.asked}" for each in sets], color=INK)
    axes.set_xlim(-0.02, 1.32)
    axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1])
    axes.set_ylim(len(sets) - 0.5, -0.5)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def _tell(axes: Axes, sets: Sequence[SetQuality], measure: str) -> None:
    """The figures of Khabar and of the best peer, behind each line."""
    columns = ((1.08, KHABAR, STYLES[0][1]), (1.24, "best other", INK))
    for place, head, colour in columns:
        axes.text(place, -0.75, head, ha="center", color=colour, fontweight="bold")
    for line, figures in _lines(sets, measure):
        best = max((value for system, value in figures.items() if system != KHABAR), default=None)
        for (place, _, colour), value in zip(columns, (figures[KHABAR], best), strict=True):
            if value is not None:
                axes.text(place, line, f"{value:.2f}", ha="center", va="center", color=colour)


def _lines(sets: Sequence[SetQuality], measure: str) -> Iterator[tuple[int, dict[str, float]]]:
    """By line the measure of each ranker that has it."""
    for line, each in enumerate(sets):
        measured = {system: measures for system, measures in each.by_system.items() if measures}
        yield line, {system: found[measure] for system, found in measured.items() if measure in found}
