from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.web.operations.charts import HEIGHT, WIDTH, Series, nice, spark, stacked

DAYS = [date(2026, 10, 7) + timedelta(days=number) for number in range(30)]


@given(st.integers(0, 10**9))
def test_an_axis_holds_all_and_is_whole_at_its_middle(most):
    top = nice(most)
    assert top >= most
    assert top % 2 == 0
    assert top <= max(2, 2 * most)


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)), min_size=1, max_size=30))
def test_bars_stand_on_each_other_within_the_drawing(values):
    answered, unanswered = (tuple(each) for each in zip(*values, strict=True))
    series = (Series("answered", "a", answered), Series("unanswered", "u", unanswered))
    chart = stacked(DAYS[: len(values)], series)
    assert len(chart.bars) == len(values)
    for bar in chart.bars:
        for box in bar.boxes:
            assert box.x >= 0
            assert box.x + box.width <= WIDTH
            assert box.y >= 0
            assert box.y + box.height <= HEIGHT
        if len(bar.boxes) == 2:
            below, above = bar.boxes
            assert abs(above.y + above.height - below.y) < 0.02


def test_equal_counts_are_equally_high_and_nothing_is_no_box():
    series = (Series("answered", "a", (4, 0, 2)), Series("unanswered", "u", (4, 2, 0)))
    chart = stacked(DAYS[:3], series)
    assert [[box.style for box in bar.boxes] for bar in chart.bars] == [["a", "u"], ["u"], ["a"]]
    heights = [round(box.height, 1) for bar in chart.bars for box in bar.boxes]
    assert heights[0] == heights[1] == 2 * heights[2] == 2 * heights[3]


def test_a_bar_says_what_it_stands_for():
    series = (Series("answered", "a", (4, 0)), Series("unanswered", "u", (1, 0)))
    texts = [bar.text for bar in stacked(DAYS[:2], series).bars]
    assert texts == ["7 October: 4 answered, 1 unanswered", "8 October: none"]


def test_labels_dont_crowd():
    marks = stacked(DAYS, (Series("answered", "a", (1,) * 30),)).days
    assert 3 <= len(marks) <= 5
    assert all(later.at - earlier.at > 60 for earlier, later in pairwise(marks))


def test_a_small_value_can_be_seen_beside_a_large_one():
    boxes = spark([0, 1, 5_000])
    assert [box.height for box in boxes] == [1.0, 22.0]
    assert spark([]) == spark([0, 0]) == ()
