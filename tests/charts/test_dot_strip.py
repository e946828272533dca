from __future__ import annotations

import pandas as pd

from dashboard.charts import dot_strip_chart
from dashboard.charts.options import ChartOptions

FRAME = pd.DataFrame(
    {
        "row_id": ["330602"] * 4 + ["330681"],
        "row": ["越城区"] * 4 + ["诸暨市"],
        "id": ["s1", "s2", "s3", "s4", "s5"],
        "label": ["一小", "二小", "三小", "四小", "五小"],
        "value": [70.0, 70.0, 70.0, None, 60.0],
        "mean": [70.0] * 4 + [60.0],
        "text": ["70.0%"] * 4 + ["60.0%"],
    }
)


def test_equal_values_do_not_hide_each_other_and_lie_in_their_row() -> None:
    schools = dot_strip_chart(FRAME).data[1]

    assert len(set(schools.y)) == 4
    assert all(abs(y) < 0.5 for y in list(schools.y)[:3])
    assert abs(schools.y[3] - 1) < 0.5


def test_dots_lie_in_the_same_places_every_time() -> None:
    assert dot_strip_chart(FRAME).to_json() == dot_strip_chart(FRAME).to_json()


def test_a_school_without_a_value_has_no_dot() -> None:
    schools = dot_strip_chart(FRAME).data[1]

    assert [row[0] for row in schools.customdata] == ["s1", "s2", "s3", "s5"]


def test_each_county_has_its_mean_and_its_text() -> None:
    fig = dot_strip_chart(FRAME, ChartOptions(mean_text="全县"))
    means = fig.data[2]

    assert list(means.x) == [70.0, 60.0]
    assert [row[0] for row in means.customdata] == ["330602", "330681"]
    assert list(fig.layout.yaxis2.ticktext) == ["70.0%", "60.0%"]
    assert "全县" in fig.layout.title.text


def test_highlighting_a_county_turns_the_others_schools_grey() -> None:
    schools = dot_strip_chart(FRAME, ChartOptions(highlight=["330681"])).data[1]

    assert list(schools.marker.color)[:3] == ["#BFBFBF"] * 3
    assert schools.marker.color[3] != "#BFBFBF"
