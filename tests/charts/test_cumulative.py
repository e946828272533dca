from __future__ import annotations

import pandas as pd

from dashboard.charts import cumulative_chart
from dashboard.charts.options import ChartOptions

FRAME = pd.DataFrame(
    {
        "x": [f"{month}月" for month in range(1, 13)],
        "value": [1.0, 2.0, 3.5] + [None] * 9,
        "plan": [20 / 12 * month for month in range(1, 13)],
        "text": ["1 亿元", "2 亿元", "3.5 亿元"] + [None] * 9,
    }
)


def test_the_plan_is_dashed_and_the_sum_ends_at_its_last_month() -> None:
    plan, reached = cumulative_chart(FRAME).data

    assert plan.line.dash == "6px,4px"
    assert reached.mode == "lines+markers"
    assert list(reached.y)[:4] == [1.0, 2.0, 3.5, None]


def test_the_year_before_is_a_grey_line_named_at_the_edge() -> None:
    before = [1.5 * month for month in range(1, 13)]

    fig = cumulative_chart(FRAME.assign(comparison=before), ChartOptions(comparison_text="上年"))

    assert list(fig.data[0].y) == before
    assert fig.data[0].line.color == "#BFBFBF"
    assert "上年" in {note.text for note in fig.layout.annotations}


def test_the_sum_stands_above_its_point_where_the_year_before_runs_below_it() -> None:
    ahead = FRAME.assign(
        value=[month * 2.0 for month in range(1, 7)] + [None] * 6,
        text="12 亿元",
        comparison=[month * 1.0 for month in range(1, 13)],
    )
    behind = ahead.assign(comparison=[month * 3.0 for month in range(1, 13)])

    above, below = (
        cumulative_chart(frame, ChartOptions(series_text="今年")).layout.annotations[0]
        for frame in (ahead, behind)
    )

    assert (above.xanchor, above.yanchor) == ("right", "bottom")
    assert (below.xanchor, below.yanchor) == ("left", "top")


def test_one_axis_from_zero_with_a_labelled_target() -> None:
    fig = cumulative_chart(FRAME, ChartOptions(target=20, target_text="目标 20 亿元"))

    assert fig.layout.yaxis.range[0] == 0
    assert fig.layout.shapes[0].y0 == 20
    assert "目标 20 亿元" in fig.layout.annotations[-1].text.replace("<br>", " ")


def test_the_sum_is_written_at_its_last_point() -> None:
    note = cumulative_chart(FRAME, ChartOptions(series_text="累计完成")).layout.annotations[0]

    assert (note.x, note.y) == (2, 3.5)
    assert note.text.replace("<br>", " ") == "<b>累计完成 3.5 亿元</b>"


def test_at_the_years_end_the_sum_stands_at_the_edge_with_the_other_labels() -> None:
    full = FRAME.assign(value=FRAME["plan"], text="20 亿元")

    fig = cumulative_chart(
        full, ChartOptions(series_text="完成", plan_text="计划", target=20, target_text="目标")
    )

    assert {note.xref for note in fig.layout.annotations} == {"paper"}
    assert len({note.y for note in fig.layout.annotations}) == 3
