from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.charts import COUNTY_COLOURS, line_chart
from dashboard.charts.options import ChartOptions

FRAME = pd.DataFrame(
    {
        "id": ["330602"] * 3 + ["330681"] * 3,
        "series": ["越城区"] * 3 + ["诸暨市"] * 3,
        "x": ["2022", "2023", "2024"] * 2,
        "value": [60, None, 64, 62, 63, 65],
        "text": ["60%", None, "64%", "62%", "63%", "65%"],
    }
)


def texts(fig: Any) -> list[str]:
    return [note.text for note in fig.layout.annotations]


def test_each_line_is_named_with_its_last_value_at_its_end() -> None:
    fig = line_chart(FRAME)

    assert texts(fig) == ["越城区 64%", "诸暨市 65%"]
    assert not fig.layout.showlegend


def test_a_missing_period_is_a_marked_gap() -> None:
    fig = line_chart(FRAME, ChartOptions(missing_text="× 未报"))

    assert list(fig.data[0].y) == [60, None, 64]
    assert fig.data[0].connectgaps is False
    assert [note.x for note in fig.layout.annotations if note.text == "× 未报"] == [1]


def test_highlighting_turns_the_other_lines_into_one_grey_trace_behind() -> None:
    fig = line_chart(FRAME, ChartOptions(highlight=["330681"], colours=COUNTY_COLOURS))

    assert [trace.line.color for trace in fig.data] == ["#BFBFBF", COUNTY_COLOURS["330681"]]
    assert texts(fig) == ["诸暨市 65%"]


def test_a_forecast_is_dashed_and_hollow_from_the_last_measured_point_on() -> None:
    one = FRAME[3:].assign(forecast=[False, False, True])
    actual, ahead = line_chart(one).data

    assert list(actual.x) == [0, 1]
    assert list(ahead.x) == [1, 2]
    assert ahead.line.dash == "5px,4px"
    assert ahead.marker.symbol == "circle-open"


def test_the_target_is_a_labelled_line() -> None:
    fig = line_chart(FRAME, ChartOptions(target=70, target_text="目标 70%"))

    assert fig.layout.shapes[0].y0 == 70
    assert "<b>目标 70%</b>" in texts(fig)
    assert fig.layout.yaxis.range[1] > 70


def test_periods_stand_in_the_frames_order_and_the_given_range_holds() -> None:
    fig = line_chart(FRAME, ChartOptions(value_range=[0, 100]))

    assert list(fig.layout.xaxis.ticktext) == ["2022", "2023", "2024"]
    assert fig.layout.yaxis.range == (0, 100)


def test_points_carry_the_id_of_their_line() -> None:
    fig = line_chart(FRAME)

    assert [row[0] for row in fig.data[1].customdata] == ["330681"] * 3
