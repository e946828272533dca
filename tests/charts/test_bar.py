from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.charts import bar_chart
from dashboard.charts.options import ChartOptions

FRAME = pd.DataFrame(
    {
        "id": ["330602", "330603"],
        "label": ["越城区", "柯桥区"],
        "value": [3.1, None],
        "text": ["3.10", None],
        "comparison": [3.4, 2.6],
    }
)


def bars(fig: Any) -> list[Any]:
    return [trace for trace in fig.data if trace.type == "bar"]


def test_bars_begin_at_zero() -> None:
    assert bar_chart(FRAME).layout.xaxis.range[0] == 0
    assert bar_chart(FRAME, ChartOptions(horizontal=False)).layout.yaxis.range[0] == 0


def test_the_plan_is_a_wider_lighter_bar_behind() -> None:
    behind, front = bars(bar_chart(FRAME, ChartOptions(series_text="完成", comparison_text="计划")))

    assert list(behind.x) == [3.4, 2.6]
    assert behind.width > front.width
    assert behind.name == "计划"


def test_one_series_needs_no_key() -> None:
    fig = bar_chart(FRAME.drop(columns="comparison"), ChartOptions(series_text="完成"))

    assert len(bars(fig)) == 1
    assert fig.layout.title.text is None


def test_a_missing_bar_is_absent_and_says_so() -> None:
    lying = bar_chart(FRAME, ChartOptions(missing_text="× 未报"))
    standing = bar_chart(FRAME, ChartOptions(horizontal=False, missing_text="× 未报"))

    assert bars(lying)[1].x[1] is None
    assert "× 未报" in lying.layout.yaxis2.ticktext[1]
    assert bars(standing)[1].y[1] is None
    assert "× 未报" in standing.layout.annotations[-1].text


def test_vertical_bars_carry_their_texts_and_a_labelled_target() -> None:
    fig = bar_chart(FRAME, ChartOptions(horizontal=False, target=5, target_text="目标 5"))

    assert (fig.layout.shapes[0].y0, fig.layout.shapes[0].y1) == (5, 5)
    assert [note.text for note in fig.layout.annotations][:2] == ["<b>目标 5</b>", "3.10"]
