from __future__ import annotations

import pandas as pd

from dashboard.charts import COLOURS, stacked_bar_chart
from dashboard.charts.options import ChartOptions

FRAME = pd.DataFrame(
    {
        "id": ["a", "a", "b", "b"],
        "label": ["越城区", "越城区", "柯桥区", "柯桥区"],
        "series": ["本科", "研究生", "本科", "研究生"],
        "value": [80, 20, None, None],
        "text": ["80%", "20%", None, None],
        "total_text": ["100", "100", None, None],
    }
)


def test_one_trace_per_part_stacked_on_the_one_before() -> None:
    fig = stacked_bar_chart(FRAME)
    parts = [trace for trace in fig.data if trace.type == "bar"]

    assert fig.layout.barmode == "stack"
    assert [part.name for part in parts] == ["本科", "研究生"]
    assert [part.marker.color for part in parts] == list(COLOURS[:2])
    assert parts[0].x[0] == 80
    assert parts[0].x[1] is None


def test_the_range_holds_the_whole_bar() -> None:
    assert stacked_bar_chart(FRAME).layout.xaxis.range[1] >= 100


def test_parts_are_named_above_and_totals_and_gaps_at_the_end() -> None:
    fig = stacked_bar_chart(FRAME, ChartOptions(missing_text="× 未报"))

    assert "研究生" in fig.layout.title.text
    assert list(fig.layout.yaxis2.ticktext) == ["100", "× 未报"]


def test_bars_of_one_name_stay_apart_by_their_id() -> None:
    twins = FRAME.assign(label="实验小学")

    assert list(stacked_bar_chart(twins).layout.yaxis.ticktext) == ["实验小学", "实验小学"]


def test_vertical_bars_carry_their_totals_on_top() -> None:
    fig = stacked_bar_chart(FRAME, ChartOptions(horizontal=False, missing_text="× 未报"))

    assert [(note.x, note.y, note.text) for note in fig.layout.annotations] == [
        (0, 100, "100"),
        (1, 0, "× 未报"),
    ]


def test_a_chosen_bar_stands_out_by_a_bold_label_and_paler_others() -> None:
    fig = stacked_bar_chart(FRAME, ChartOptions(highlight=["b"]))

    assert list(fig.layout.yaxis.ticktext) == ["越城区", "<b>柯桥区</b>"]
    for part in (trace for trace in fig.data if trace.type == "bar"):
        assert part.marker.opacity[0] < part.marker.opacity[1] == 1
        assert part.textfont.color[0] == "#000000"
