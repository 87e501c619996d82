"""Where the bars of a chart stand: pure geometry, drawn by the template `chart.svg`."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 420, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 4, 10, 22
_GAP_SHARE = 0.26
_LABELS = 5


@dataclass(frozen=True, slots=True)
class Series:
    """What is counted, in a `style` of the style sheet, with one value a day."""

    name: str
    style: str
    values: tuple[int, ...]

    @property
    def total(self) -> int:
        """The sum over all days."""
        return sum(self.values)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in units of the drawing, from its upper left corner."""

    style: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A day's stack of boxes with the text that explains it."""

    text: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A label on an axis."""

    text: str
    at: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart, laid out: its bars, and the labels of both axes."""

    bars: tuple[Bar, ...]
    days: tuple[Mark, ...]
    levels: tuple[Mark, ...]


def stacked(days: Sequence[date], series: Sequence[Series]) -> Chart:
    """The series stacked upon each other, a bar a day; there is at least one day."""
    tallest = max(map(sum, zip(*(each.values for each in series), strict=True)), default=0)
    top = nice(tallest)
    step = (WIDTH - _LEFT - _RIGHT) / len(days)
    bars = tuple(
        Bar(_explained(day, number, series), tuple(_boxes(number, step, top, series)))
        for number, day in enumerate(days)
    )
    each = math.ceil(len(days) / _LABELS)
    marks = tuple(
        Mark(f"{day.day} {day:%b}", _LEFT + (number + 0.5) * step)
        for number, day in enumerate(days)
        if (len(days) - 1 - number) % each == each // 2
    )
    levels = tuple(Mark(f"{level:,}", _height_of(level, top)) for level in sorted({0, top // 2, top}))
    return Chart(bars, marks, levels)


def spark(values: Sequence[int], width: float = 90, height: float = 22) -> tuple[Box, ...]:
    """One small bar a value; a value above 0 is at least one unit high."""
    top, step = max(values, default=0) or 1, width / max(len(values), 1)
    heights = [max(1.0, value / top * height) if value else 0.0 for value in values]
    return tuple(
        Box("spark", round(number * step, 2), round(height - tall, 2), round(step * 0.72, 2), round(tall, 2))
        for number, tall in enumerate(heights)
        if tall
    )


def nice(most: int) -> int:
    """The smallest even number with few digits that holds `most`: the top of an axis, whole at its middle.

    >>> nice(0), nice(7), nice(133)
    (2, 8, 160)
    """
    least = max(most, 2)
    tenth: int = 10 ** (len(str(least)) - 1)
    tops = (times * tenth // 10 for times in (10, 12, 16, 20, 30, 40, 60, 80, 100))
    return next(top for top in tops if top >= least and top % 2 == 0)


def _boxes(number: int, step: float, top: int, series: Sequence[Series]) -> list[Box]:
    boxes, below = [], 0
    for each in series:
        value = each.values[number]
        if value:
            y, bottom = _height_of(below + value, top), _height_of(below, top)
            x = _LEFT + number * step + step * _GAP_SHARE / 2
            boxes.append(
                Box(each.style, round(x, 2), y, round(step * (1 - _GAP_SHARE), 2), round(bottom - y, 2))
            )
        below += value
    return boxes


def _height_of(value: float, top: int) -> float:
    return round(HEIGHT - _BOTTOM - value / top * (HEIGHT - _TOP - _BOTTOM), 2)


def _explained(day: date, number: int, series: Sequence[Series]) -> str:
    parts = ", ".join(f"{each.values[number]} {each.name}" for each in series if each.values[number])
    return f"{day.day} {day:%B}: {parts or 'none'}"
