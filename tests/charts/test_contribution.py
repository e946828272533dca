from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.charts import contribution_chart
from dashboard.charts.options import ChartOptions

FRAME = pd.DataFrame(
    {
        "id": ["s1", "s2", "s3"],
        "label": ["诸暨市暨阳街道浣纱初级中学", "枫桥镇中学", "牌头镇中学"],
        "value": [-43, 12, None],
        "text": ["差 43 人", "多 12 人", None],
    }
)


def texts(fig: Any) -> list[str]:
    return [note.text for note in fig.layout.annotations]


def test_schools_that_pull_down_and_up_differ_in_side_and_colour() -> None:
    fig = contribution_chart(FRAME, ChartOptions(down_text="拉低", up_text="拉高"))
    bars = fig.data[1]

    assert list(bars.x) == [-43, 12, None]
    assert bars.marker.color[0] != bars.marker.color[1]
    assert texts(fig) == ["<b>拉低</b>", "<b>拉高</b>"]


def test_a_side_without_schools_is_not_named() -> None:
    assert texts(contribution_chart(FRAME[:1], ChartOptions(down_text="拉低", up_text="拉高"))) == [
        "<b>拉低</b>"
    ]


def test_long_names_are_wrapped_and_whole() -> None:
    labels = contribution_chart(FRAME).layout.yaxis.ticktext

    assert labels[0].replace("<br>", "") == "诸暨市暨阳街道浣纱初级中学"
    assert "<br>" in labels[0]


def test_a_school_that_did_not_report_says_so() -> None:
    fig = contribution_chart(FRAME, ChartOptions(missing_text="× 未报"))

    assert "× 未报" in fig.layout.yaxis2.ticktext[2]
