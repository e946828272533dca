from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.charts import FOCUS, county_dot_chart
from dashboard.charts.options import ChartOptions

FRAME = pd.DataFrame(
    {
        "id": ["all", "330602", "330681", "330624"],
        "label": ["全市", "越城区", "诸暨市", "新昌县"],
        "value": [70.3, 71.2, 68.1, None],
        "text": ["70.3%", "71.2%", "68.1%", None],
        "is_total": [True, False, False, False],
    }
)


def dots(fig: Any) -> Any:
    return next(trace for trace in fig.data if trace.customdata is not None)


def test_one_dot_per_county_in_the_frames_order() -> None:
    fig = county_dot_chart(FRAME)

    assert dots(fig).mode == "markers"
    assert list(dots(fig).y) == [0, 1, 2, 3]
    assert list(dots(fig).x)[:3] == [70.3, 71.2, 68.1]
    assert list(fig.layout.yaxis.ticktext) == ["<b>全市</b>", "越城区", "诸暨市", "新昌县"]
    assert fig.layout.yaxis.range == (3.5, -0.5)


def test_clicks_hand_back_the_county() -> None:
    assert [row[0] for row in dots(county_dot_chart(FRAME)).customdata] == list(FRAME["id"])


def test_value_texts_stand_in_a_column_at_the_right() -> None:
    fig = county_dot_chart(FRAME)

    assert fig.layout.yaxis2.side == "right"
    assert list(fig.layout.yaxis2.ticktext)[:3] == ["<b>70.3%</b>", "71.2%", "68.1%"]


def test_a_missing_value_is_words_and_not_zero() -> None:
    fig = county_dot_chart(FRAME, ChartOptions(missing_text="× 未报"))

    assert list(dots(fig).x)[3] is None
    assert "× 未报" in fig.layout.yaxis2.ticktext[3]


def test_a_withheld_value_keeps_its_own_text() -> None:
    withheld = FRAME.assign(text=["70.3%", "71.2%", "68.1%", "不足 5 人"])

    fig = county_dot_chart(withheld, ChartOptions(missing_text="× 未报"))

    assert fig.layout.yaxis2.ticktext[3] == "不足 5 人"


def test_status_marks_stand_before_the_text() -> None:
    fig = county_dot_chart(FRAME.assign(status=["met", "met", "behind", "missing"]))

    assert "▼" in fig.layout.yaxis2.ticktext[2]
    assert fig.layout.yaxis2.ticktext[2].endswith("68.1%")


def test_target_and_pace_lines_are_labelled() -> None:
    fig = county_dot_chart(
        FRAME, ChartOptions(target=70, target_text="目标 70%", pace=69, pace_text="应达 69%")
    )

    assert [(line.x0, line.x1, line.line.dash) for line in fig.layout.shapes] == [
        (70, 70, "solid"),
        (69, 69, "6px,4px"),
    ]
    assert {(note.x, note.text) for note in fig.layout.annotations} == {
        (70, "<b>目标 70%</b>"),
        (69, "应达 69%"),
    }


def test_highlighted_counties_are_in_focus_and_the_others_grey() -> None:
    fig = county_dot_chart(FRAME, ChartOptions(highlight=["330681"]))

    assert list(dots(fig).marker.color) == ["#3D3D3D", "#BFBFBF", FOCUS, "#BFBFBF"]
    assert fig.layout.yaxis.ticktext[2] == "<b>诸暨市</b>"


def test_the_comparison_is_a_hollow_dot_joined_to_the_value() -> None:
    fig = county_dot_chart(
        FRAME.assign(comparison=[69.4, 70.1, None, 70.0]),
        ChartOptions(series_text="2023年", comparison_text="2022年"),
    )
    joins, hollow = fig.data[1:3]

    assert joins.mode == "lines"
    assert list(joins.x) == [69.4, 70.3, None, 70.1, 71.2, None]
    assert hollow.marker.symbol == "circle-open"
    assert "2023年" in fig.layout.title.text
    assert "2022年" in fig.layout.title.text


def test_a_fixed_axis_stays_and_says_what_it_is() -> None:
    fig = county_dot_chart(FRAME, ChartOptions(value_range=[60, 80], axis_note="横轴不从零开始"))

    assert fig.layout.xaxis.range == (60, 80)
    assert fig.layout.xaxis.title.text == "横轴不从零开始"


def test_the_height_grows_with_the_rows_unless_given() -> None:
    assert county_dot_chart(FRAME).layout.height > county_dot_chart(FRAME[:2]).layout.height
    assert county_dot_chart(FRAME, ChartOptions(height=300)).layout.height == 300


def test_hover_text_is_the_frames() -> None:
    fig = county_dot_chart(FRAME.assign(hover=["全市\n70.3%", "a", "b", "c"]))

    assert dots(fig).hovertext[0] == "全市<br>70.3%"
