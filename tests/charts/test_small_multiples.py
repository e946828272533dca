from __future__ import annotations

import pandas as pd

from dashboard.charts import small_multiples_chart
from dashboard.charts.options import ChartOptions

FRAME = pd.DataFrame(
    [
        (county, county_id, year, value, f"{value}%", 54)
        for county, county_id in (("越城区", "330602"), ("柯桥区", "330603"), ("上虞区", "330604"))
        for year, value in (("2023", 55.0), ("2024", 53.0))
    ],
    columns=["panel", "id", "x", "value", "text", "target"],
)


def test_a_panel_per_group_on_one_scale() -> None:
    fig = small_multiples_chart(FRAME)
    ranges = {fig.layout[f"yaxis{n}"].range for n in ("", "2", "3")}

    assert [trace.yaxis for trace in fig.data] == ["y", "y2", "y3"]
    assert len(ranges) == 1


def test_panels_are_named_with_their_last_value() -> None:
    texts = [
        note.text.replace("<br>", " ") for note in small_multiples_chart(FRAME).layout.annotations
    ]

    assert texts == ["<b>越城区</b> 53.0%", "<b>柯桥区</b> 53.0%", "<b>上虞区</b> 53.0%"]


def test_long_periods_keep_the_panels_further_apart() -> None:
    def gap(periods: dict[str, str]) -> float:
        layout = small_multiples_chart(FRAME.replace({"x": periods})).layout
        return float(layout.xaxis2.domain[0] - layout.xaxis.domain[1])

    assert gap({"2023": "2023-09", "2024": "2024-09"}) > gap({}) > 0.09


def test_each_panel_has_its_own_standard() -> None:
    fig = small_multiples_chart(FRAME.assign(target=[54, 54, 60, 60, None, None]))

    assert [(line.yref, line.y0) for line in fig.layout.shapes] == [("y", 54), ("y2", 60)]


def test_only_the_left_panels_have_tick_labels_and_no_panels_overlap() -> None:
    fig = small_multiples_chart(FRAME, ChartOptions(columns=2))

    assert fig.layout.yaxis.showticklabels
    assert not fig.layout.yaxis2.showticklabels
    assert fig.layout.yaxis3.showticklabels
    assert fig.layout.xaxis.domain[1] < fig.layout.xaxis2.domain[0]
    assert fig.layout.yaxis3.domain[1] < fig.layout.yaxis.domain[0]


def test_several_series_are_named_in_a_key() -> None:
    both = pd.concat([FRAME.assign(series="男"), FRAME.assign(series="女")])

    fig = small_multiples_chart(both, ChartOptions(target_text="目标"))

    assert len(fig.data) == 6
    assert all(word in fig.layout.title.text for word in ("男", "女", "目标"))


def test_a_gap_is_marked_in_its_panel() -> None:
    fig = small_multiples_chart(
        FRAME.assign(value=[55, 53, None, 53, 55, 53]), ChartOptions(missing_text="×")
    )

    assert [(n.xref, n.x) for n in fig.layout.annotations if n.text == "×"] == [("x2", 0)]
