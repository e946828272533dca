from __future__ import annotations

import pytest

from dashboard.charts.axes import column_axis, references, value_axis, value_span, vertical_lines
from dashboard.charts.options import ChartOptions


def test_given_range_is_kept() -> None:
    assert value_span([70.0, None, 68.1], [60, 100], from_zero=False) == (60, 100)


def test_given_range_gives_way_to_a_value_that_would_vanish() -> None:
    low, high = value_span([55.0, 70.0], [60, 100], from_zero=False)

    assert low < 55
    assert high == 100


def test_bars_begin_at_zero_unless_there_are_negative_values() -> None:
    assert value_span([5.0], None, from_zero=True)[0] == 0
    assert value_span([-5.0, 5.0], None, from_zero=True)[0] < -5


@pytest.mark.parametrize("values", [[], [None], [0.0], [70.0]])
def test_a_range_always_has_a_width(values: list[float | None]) -> None:
    low, high = value_span(values, None, from_zero=False)

    assert low < high


def test_target_is_solid_and_bold_and_pace_is_dashed() -> None:
    shapes, labels, _ = vertical_lines(
        references(ChartOptions(target=70, target_text="目标 70%", pace=60, pace_text="应达 60%")),
        (0.0, 100.0),
        3,
    )

    assert [(shape["x0"], shape["line"]["dash"]) for shape in shapes] == [
        (70.0, "solid"),
        (60.0, "6px,4px"),
    ]
    assert [(label["x"], label["text"]) for label in labels] == [
        (70.0, "<b>目标 70%</b>"),
        (60.0, "应达 60%"),
    ]


def test_two_labels_stand_back_to_back_or_in_two_rows() -> None:
    apart = vertical_lines(
        references(ChartOptions(target=52, target_text="目标", pace=48, pace_text="应达")),
        (0.0, 100.0),
        1,
    )
    above = vertical_lines(
        references(ChartOptions(target=99, target_text="目标", pace=98, pace_text="应达")),
        (0.0, 100.0),
        1,
    )

    assert [label["xanchor"] for label in apart[1]] == ["left", "right"]
    assert len({label["yshift"] for label in apart[1]}) == 1
    assert len({label["yshift"] for label in above[1]}) == 2
    assert above[2] == 2 * apart[2]


def test_the_latest_of_many_columns_is_always_named() -> None:
    axis = column_axis([f"{month}月" for month in range(1, 13)])

    assert axis["ticktext"][-1] == "12月"
    assert len(axis["ticktext"]) <= 7
    assert axis["tickangle"] == 0


def test_ticks_take_a_format_and_a_suffix() -> None:
    axis = value_axis((0.0, 1.0), ChartOptions(tick_format=".1f", tick_suffix="%"))

    assert (axis["tickformat"], axis["ticksuffix"]) == (".1f", "%")


def test_shares_that_add_up_to_a_little_more_than_all_do_not_move_the_axis() -> None:
    assert value_span([100.00000000000001], [0, 100], from_zero=True) == (0, 100)
