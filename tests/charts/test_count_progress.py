from __future__ import annotations

import pandas as pd

from dashboard.charts import count_progress_chart
from dashboard.charts.options import ChartOptions

FRAME = pd.DataFrame(
    {
        "id": ["a", "b", "c", "d"],
        "label": ["省级现代化学校", "体育传统特色学校", "美育基地学校", "没有目标"],
        "value": [18, 60, None, 3],
        "target": [30, 50, 30, 0],
        "pace": [22.5, 37.5, 22.5, None],
        "text": ["18/30", "60/50", None, "3"],
    }
)


def test_bars_are_shares_of_each_rows_own_target() -> None:
    bars = count_progress_chart(FRAME, ChartOptions(target_text="目标")).data[2]

    assert list(bars.x) == [0.6, 1.2, None, None]


def test_all_targets_lie_on_one_labelled_line() -> None:
    fig = count_progress_chart(FRAME, ChartOptions(target_text="目标"))

    assert (fig.layout.shapes[0].x0, fig.layout.annotations[0].text) == (1, "<b>目标</b>")


def test_the_pace_is_a_tick_explained_in_the_key() -> None:
    fig = count_progress_chart(FRAME, ChartOptions(pace_text="应完成"))
    ticks = fig.data[3]

    assert list(ticks.x) == [0.75, 0.75, 0.75, None]
    assert "应完成" in fig.layout.title.text


def test_missing_counts_are_words_and_rows_without_target_keep_their_text() -> None:
    texts = count_progress_chart(FRAME, ChartOptions(missing_text="× 未报")).layout.yaxis2.ticktext

    assert texts[0] == "18/30"
    assert "× 未报" in texts[2]
    assert texts[3] == "3"


def test_a_bar_far_beyond_its_target_does_not_crush_the_others() -> None:
    fig = count_progress_chart(FRAME.assign(value=[18, 5000, None, 3]))

    assert fig.layout.xaxis.range[1] == 1.5
