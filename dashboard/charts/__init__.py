"""Frames and ready-made words in, Plotly figures out: no SQL, no Streamlit, no translation.

A card names a shape as text and passes plain data (strings, numbers, lists, small dicts), so
that the same card can be drawn natively in a slide:

    figure("county_dot", frame, {"target": 70, "target_text": "目标 70%", "tick_suffix": "%"})

Each function is called `<shape>_chart`, in the module of the shape's name. One row of its
frame is, and the columns are (optional ones in brackets):

    county_dot       a county: id, label, value [text, status, comparison, is_total, hover]
    bar              a bar: id, label, value [text, status, comparison, is_total, hover]
    stacked_bar      a bar's part: id, label, series, value [text, total_text, hover]
    line             a series' period: x, value [series, id, text, forecast, hover]
    small_multiples  a panel's period: panel, x, value [series, id, text, target, forecast, hover]
    cumulative       a month: x, value, plan [comparison, id, text, hover]
    count_progress   an indicator or county: id, label, value, target [pace, text, status,
                     is_total, hover]
    status_matrix    a county's indicator: county_id, county, indicator_id, indicator, status
                     [group, text, hover]
    track            a county's step: id, label, step_id, state [text, hover]
    gantt            a project: id, label, planned_start, planned_end, actual_start, actual_end
                     [text, status, hover, the milestones' dates]
    county_map       a county: id, label, value [text, level, status, hover]
    dot_strip        a school: row_id, row, id, label, value [mean, text, hover]
    contribution     a school: id, label, value [text, status, hover]

What holds for all of them:

- Rows, series and periods keep the frame's order. Values are numbers in the unit of the axis.
- `text` is a value as it reads ("68.1%", "18/30"), `hover` the complete hover text (its line
  breaks are kept), `status` a key of `STATUS_MARKS`, `is_total` marks the city's row.
- A missing value (NaN, None) is drawn as absence with `missing_text`, never as zero.
- The id stands in `customdata[0]` of each point (`status_matrix`: county_id, indicator_id).
- Every word from the frame or an option is escaped for Plotly.
- `target`/`target_text` is a solid line, `pace`/`pace_text` a dashed one.
- `highlight` lists the ids in the focus colour; without it all are.
- `value_range` [low, high] (either may be None) and `uirevision` keep a chart's axes and view
  when a filter changes; `height` in pixels is worked out from the rows unless given.
- An empty frame gives a figure that says `empty_text`.

In Streamlit: `st.plotly_chart(fig, theme=None, config=plot_config(locale, words))`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.charts.bar import bar_chart
from dashboard.charts.contribution import contribution_chart
from dashboard.charts.count_progress import count_progress_chart
from dashboard.charts.county_dot import county_dot_chart
from dashboard.charts.county_map import county_map_chart
from dashboard.charts.cumulative import cumulative_chart
from dashboard.charts.dark import dark_figure
from dashboard.charts.dot_strip import dot_strip_chart
from dashboard.charts.gantt import gantt_chart
from dashboard.charts.line import line_chart
from dashboard.charts.options import ChartOptions
from dashboard.charts.small_multiples import small_multiples_chart
from dashboard.charts.stacked_bar import stacked_bar_chart
from dashboard.charts.status_matrix import status_matrix_chart
from dashboard.charts.text import plain_text
from dashboard.charts.theme import (
    COLOURS,
    CONFIG,
    COUNTY_COLOURS,
    FOCUS,
    STATUS_MARKS,
    StatusMark,
    plot_config,
)
from dashboard.charts.track import track_chart

__all__ = [
    "COLOURS",
    "CONFIG",
    "COUNTY_COLOURS",
    "FOCUS",
    "SHAPES",
    "STATUS_MARKS",
    "ChartOptions",
    "StatusMark",
    "bar_chart",
    "contribution_chart",
    "count_progress_chart",
    "county_dot_chart",
    "county_map_chart",
    "cumulative_chart",
    "dark_figure",
    "dot_strip_chart",
    "figure",
    "gantt_chart",
    "line_chart",
    "plain_text",
    "plot_config",
    "small_multiples_chart",
    "stacked_bar_chart",
    "status_matrix_chart",
    "track_chart",
]

SHAPES: dict[str, Callable[[pd.DataFrame, ChartOptions], go.Figure]] = {
    "bar": bar_chart,
    "contribution": contribution_chart,
    "count_progress": count_progress_chart,
    "county_dot": county_dot_chart,
    "county_map": county_map_chart,
    "cumulative": cumulative_chart,
    "dot_strip": dot_strip_chart,
    "gantt": gantt_chart,
    "line": line_chart,
    "small_multiples": small_multiples_chart,
    "stacked_bar": stacked_bar_chart,
    "status_matrix": status_matrix_chart,
    "track": track_chart,
}


def figure(shape: str, frame: pd.DataFrame, options: Mapping[str, Any]) -> go.Figure:
    """Return the figure of a chart spec.

    `shape` is a key of `SHAPES`, `options` the fields of :class:`ChartOptions`.

    Raises KeyError for a shape that does not exist, TypeError for an unknown option.
    """
    given = ChartOptions(**options)
    if frame.empty:
        return theme.empty_figure(given.empty_text, uirevision=given.uirevision)
    return SHAPES[shape](frame, given)
