"""What holds for every shape."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts import SHAPES, figure, plot_config
from dashboard.charts.options import ChartOptions

HOSTILE = "<b>甲</b> & $x$"
ESCAPED = "&lt;b&gt;甲&lt;/b&gt; &amp; &#36;x&#36;"

COUNTY = {"id": ["330602", "330681"], "label": ["越城区", HOSTILE], "value": [70.0, 68.1]}

SQUARE = {
    "id": "330602",
    "rings": [[[120.0, 30.0], [120.4, 30.0], [120.4, 30.4], [120.0, 30.4], [120.0, 30.0]]],
    "label": [120.2, 30.2],
    "spots": [[120.1, 30.1], [120.3, 30.3]],
}

SPECS: dict[str, tuple[dict[str, list[Any]], dict[str, Any]]] = {
    "bar": (COUNTY, {}),
    "contribution": (COUNTY, {"down_text": "拉低", "up_text": "拉高"}),
    "count_progress": (COUNTY | {"target": [100, 100], "pace": [75, 75]}, {"target_text": "目标"}),
    "county_dot": (COUNTY, {"target": 70, "target_text": "目标 70%"}),
    "county_map": (COUNTY | {"text": ["70.0%", HOSTILE]}, {"outlines": [SQUARE]}),
    "cumulative": (
        {"id": ["a", "b"], "x": ["1月", HOSTILE], "value": [1.0, 2.0], "plan": [2.0, 4.0]},
        {},
    ),
    "dot_strip": (
        {
            "row_id": ["330602", "330681"],
            "row": ["越城区", HOSTILE],
            "id": ["3306020001", "3306810001"],
            "label": ["一小", "二小"],
            "value": [70.0, 60.0],
            "mean": [70.0, 60.0],
        },
        {},
    ),
    "gantt": (
        {
            "id": ["P01", "P02"],
            "label": ["一号工程", HOSTILE],
            "planned_start": ["2024-01-01", "2024-02-01"],
            "planned_end": ["2024-12-31", "2024-06-30"],
            "actual_start": ["2024-01-15", None],
            "actual_end": [None, None],
        },
        {"as_of": "2024-09-30"},
    ),
    "line": (
        {"id": ["a", "a"], "series": [HOSTILE, HOSTILE], "x": ["2023", "2024"], "value": [1, 2]},
        {},
    ),
    "small_multiples": (
        {"id": ["a", "b"], "panel": ["越城区", HOSTILE], "x": ["2024", "2024"], "value": [1, 2]},
        {},
    ),
    "stacked_bar": (
        {
            "id": ["a", "a"],
            "label": [HOSTILE, HOSTILE],
            "series": ["本科", "研究生"],
            "value": [80, 20],
        },
        {},
    ),
    "status_matrix": (
        {
            "county_id": ["330602", "330681"],
            "county": ["越城", "诸暨"],
            "indicator_id": ["fitness_good_rate"] * 2,
            "indicator": [HOSTILE] * 2,
            "status": ["met", "behind"],
        },
        {"status_texts": {"met": "已达成", "behind": "滞后"}},
    ),
    "track": (
        {
            "id": ["330602", "330681"],
            "label": ["越城区", HOSTILE],
            "step_id": ["assessed", "assessed"],
            "state": ["reached", "behind"],
            "text": ["2024年6月", HOSTILE],
        },
        {"steps": {"assessed": HOSTILE}, "state_texts": {"reached": "已通过", "behind": "滞后"}},
    ),
}


def drawn(shape: str, frame: pd.DataFrame | None = None, **options: Any) -> go.Figure:
    columns, given = SPECS[shape]
    return figure(shape, pd.DataFrame(columns) if frame is None else frame, {**given, **options})


def test_every_shape_has_a_spec_here() -> None:
    assert set(SPECS) == set(SHAPES)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_property_is_one_that_plotly_knows(shape: str) -> None:
    # The figures are built without Plotly's validation; here it looks at every property.
    go.Figure(drawn(shape).to_dict())


@pytest.mark.parametrize("shape", SHAPES)
def test_words_from_the_frame_are_escaped(shape: str) -> None:
    text = json.dumps(json.loads(drawn(shape).to_json()), ensure_ascii=False)

    assert ESCAPED in text
    assert "<b>甲" not in text
    assert "$x$" not in text


@pytest.mark.parametrize("shape", SHAPES)
def test_words_from_options_are_escaped(shape: str) -> None:
    words = {
        option.name: HOSTILE
        for option in fields(ChartOptions)
        if option.name.endswith(("_text", "_note")) and option.name != "empty_text"
    }
    text = json.dumps(json.loads(drawn(shape, **words).to_json()), ensure_ascii=False)

    assert "<b>甲" not in text
    assert "$x$" not in text


@pytest.mark.parametrize("shape", SHAPES)
def test_an_empty_frame_says_so(shape: str) -> None:
    empty = pd.DataFrame(SPECS[shape][0]).iloc[:0]

    fig = drawn(shape, empty, empty_text="没有数据")

    assert not fig.data
    assert [note.text for note in fig.layout.annotations] == ["没有数据"]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_hovering_point_carries_an_id(shape: str) -> None:
    hovering = [trace for trace in drawn(shape).data if trace.hoverinfo == "text" and len(trace.x)]

    assert hovering
    for trace in hovering:
        assert len(trace.customdata) == len(trace.x)
        assert all(ids[0] for ids in trace.customdata)


@pytest.mark.parametrize("shape", SHAPES)
def test_axes_do_not_zoom_and_the_look_is_the_figures_own(shape: str) -> None:
    layout = drawn(shape, uirevision="fixed").layout

    axes = [axis for name, axis in layout.to_plotly_json().items() if name[1:5] == "axis"]
    assert all(axis["fixedrange"] for axis in axes)
    assert layout.dragmode is False
    assert layout.uirevision == "fixed"
    assert layout.paper_bgcolor == "rgba(0,0,0,0)"
    assert layout.font.family.startswith("Microsoft YaHei")
    assert layout.height > 0


@pytest.mark.parametrize("shape", SHAPES)
def test_a_click_leaves_the_other_points_readable(shape: str) -> None:
    marked = [trace for trace in drawn(shape).data if trace.customdata is not None]
    marked = [trace for trace in marked if trace.marker.opacity != 0]  # places on a map are unseen

    assert all(trace.unselected.marker.opacity >= 0.45 for trace in marked)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_frames_order_counts_and_not_its_index(shape: str) -> None:
    frame = pd.DataFrame(SPECS[shape][0])

    figures = [drawn(shape, rows).to_json() for rows in (frame, frame.set_axis([7, 3]))]

    assert figures[0] == figures[1]


def test_a_shape_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        figure("gauge", pd.DataFrame({"id": ["a"]}), {})


def test_the_config_speaks_the_callers_language_and_has_one_button() -> None:
    config = plot_config("zh-CN", {"Download plot as a PNG": "下载图片"}, "体质优良率")

    assert config["locale"] == "zh-CN"
    assert config["locales"]["zh-CN"]["dictionary"]["Download plot as a PNG"] == "下载图片"
    assert config["toImageButtonOptions"]["filename"] == "体质优良率"
    assert config["modeBarButtons"] == [["toImage"]]
    assert config["displaylogo"] is False
    assert config["doubleClick"] is False
    assert config["scrollZoom"] is False
