"""The figures of `quality` as a picture: one line a set, one dot a ranker, Khabar's with its figure."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

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
LEGEND_INCHES = 0.8
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
    drawn = Figure(figsize=(WIDTH_INCHES, height), layout="constrained")
    if panels:
        axes = drawn.subplots(len(panels), squeeze=False, height_ratios=lines)[:, 0]
        for axis, (measure, sets) in zip(axes, panels.items(), strict=True):
            _draw(axis, sets, measure, systems)
        handles, names = axes[0].get_legend_handles_labels()
        drawn.legend(handles[::-1], names[::-1], loc="outside upper center", ncols=4, frameon=False)
    return drawn


def _draw(axes: Axes, sets: Sequence[SetQuality], measure: str, systems: Sequence[str]) -> None:
    title, name = PANELS[measure]
    lines = range(len(sets))
    axes.hlines(lines, 0, 1, color=PALE, linewidth=1, zorder=1)
    for number, system in reversed(list(enumerate(systems))):
        marker, colour = STYLES[number % len(STYLES)]
        figures = [(each.by_system.get(system) or {}).get(measure) for each in sets]
        points = [(value, line) for line, value in zip(lines, figures, strict=True) if value is not None]
        axes.scatter(
            [value for value, _ in points],
            [line for _, line in points],
            s=90 if system == KHABAR else 42,
            marker=marker,
            color=colour,
            edgecolors="white",
            linewidths=0.8,
            label=system,
            zorder=4 if system == KHABAR else 3,
        )
        if system == KHABAR:
            for value, line in points:
                axes.annotate(
                    f"{value:.2f}", (1.02, line), va="center", color=colour, fontweight="bold", clip_on=False
                )
    axes.set_title(title, loc="left", fontweight="bold", color=INK)
    axes.set_xlabel(name, color=INK)
    axes.set_ylabel("Evaluation set", color=INK)
    axes.set_yticks(lines, [each.name for each in sets], color=INK)
    axes.set_xlim(-0.02, 1.09)
    axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1])
    axes.set_ylim(len(sets) - 0.5, -0.5)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
