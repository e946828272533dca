from __future__ import annotations

import pandas as pd

from dashboard.charts import STATUS_MARKS, status_matrix_chart
from dashboard.charts.options import ChartOptions

FRAME = pd.DataFrame(
    [
        ("330602", "越城", "a", "普惠园覆盖面", "招生", "met"),
        ("330681", "诸暨", "a", "普惠园覆盖面", "招生", "behind"),
        ("330681", "诸暨", "b", "体质优良率", "健康", "not_due"),
    ],
    columns=["county_id", "county", "indicator_id", "indicator", "group", "status"],
)
TEXTS = {"met": "已达成", "behind": "滞后", "not_due": "未到监测期", "on_track": "正常"}


def test_a_mark_per_cell_by_shape_and_colour() -> None:
    fig = status_matrix_chart(FRAME, ChartOptions(status_texts=TEXTS))
    found = {trace.name: (trace.marker.symbol, trace.marker.color) for trace in fig.data}

    assert found == {
        TEXTS[status]: (STATUS_MARKS[status].symbol, STATUS_MARKS[status].colour)
        for status in ("met", "behind", "not_due")
    }


def test_a_click_hands_back_county_and_indicator() -> None:
    behind = next(
        t
        for t in status_matrix_chart(FRAME, ChartOptions(status_texts=TEXTS)).data
        if t.name == "滞后"
    )

    assert [list(ids) for ids in behind.customdata] == [["330681", "a"]]
    assert (behind.x[0], behind.y[0]) == (1, 1)


def test_headings_stand_above_their_indicators() -> None:
    fig = status_matrix_chart(FRAME, ChartOptions(status_texts=TEXTS))

    assert list(fig.layout.yaxis.ticktext) == [
        "<b>招生</b>",
        "普惠园覆盖面",
        "<b>健康</b>",
        "体质优良率",
    ]
    assert fig.layout.xaxis.side == "top"


def test_the_key_names_every_status_it_is_told_so_that_the_height_stays() -> None:
    drawn = status_matrix_chart(FRAME, ChartOptions(status_texts=TEXTS))
    other = status_matrix_chart(FRAME.assign(status="behind"), ChartOptions(status_texts=TEXTS))

    assert all(text in other.layout.title.text for text in TEXTS.values())
    assert drawn.layout.height == other.layout.height


def test_long_column_names_stay_horizontal_on_several_levels() -> None:
    fig = status_matrix_chart(
        FRAME.replace({"越城": "Yuecheng", "诸暨": "Shengzhou"}), ChartOptions(status_texts=TEXTS)
    )

    assert fig.layout.xaxis.tickangle == 0
    assert list(fig.layout.xaxis.ticktext) == [" <br> <br>Yuecheng", " <br>Shengzhou<br> "]


def test_the_height_follows_the_rows() -> None:
    rows = [FRAME.assign(indicator_id=f"i{n}", group=None)[:2] for n in range(25)]

    few = status_matrix_chart(FRAME, ChartOptions(status_texts=TEXTS)).layout.height
    many = status_matrix_chart(pd.concat(rows), ChartOptions(status_texts=TEXTS)).layout.height

    assert many - few == (25 - 4) * 25


def test_a_text_stands_below_its_mark_and_alone_without_a_status() -> None:
    frame = FRAME.assign(text=["6/10", "2/8", "0"], status=["met", "behind", ""])
    fig = status_matrix_chart(frame, ChartOptions(status_texts=TEXTS))

    assert [(t.mode, list(t.text), t.textposition) for t in fig.data] == [
        ("markers+text", ["6/10"], "bottom center"),
        ("markers+text", ["2/8"], "bottom center"),
        ("text", ["0"], None),
    ]
    assert (
        fig.layout.height
        > status_matrix_chart(FRAME, ChartOptions(status_texts=TEXTS)).layout.height
    )


def test_the_columns_of_highlighted_counties_stand_out() -> None:
    fig = status_matrix_chart(FRAME, ChartOptions(status_texts=TEXTS, highlight=["330681"]))

    assert list(fig.layout.xaxis.ticktext) == ["越城", "<b>诸暨</b>"]
    bands = [shape for shape in fig.layout.shapes if shape.type == "rect"]
    assert [(band.x0, band.x1) for band in bands] == [(0.5, 1.5)]
