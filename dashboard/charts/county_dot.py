"""Rate by county: the standard chart of this dashboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import axes, theme
from dashboard.charts.columns import numbers
from dashboard.charts.rows import read_rows, text_axis_anchor
from dashboard.charts.text import plain_text

ROW_HEIGHT = 32


def county_dot_chart(
    frame: pd.DataFrame,
    *,
    target: float | None = None,
    target_text: str = "",
    pace: float | None = None,
    pace_text: str = "",
    series_text: str = "",
    comparison_text: str = "",
    highlight: Sequence[str] | None = None,
    value_range: Sequence[float | None] | None = None,
    tick_format: str = "",
    tick_suffix: str = "",
    axis_note: str = "",
    missing_text: str = "",
    empty_text: str = "",
    height: int | None = None,
    uirevision: str | None = None,
    id_column: str = "id",
    label_column: str = "label",
    value_column: str = "value",
    text_column: str = "text",
    comparison_column: str = "comparison",
    hover_column: str = "hover",
) -> go.Figure:
    """One row per county, from top to bottom as the frame has them; x is the value.

    Frame: `id`, `label`, `value`; optional `text` (the value as it reads, shown as a column at
    the right edge), `status` (its mark before the text), `comparison` (a hollow dot joined to the
    value), `is_total` (the city's row, bold), `hover`. Values in the unit of the axis.
    Options: `target` and `pace` lines with their texts; `series_text` and `comparison_text` name
    the full and the hollow dot; `highlight` lists ids in the focus colour, the others turn grey;
    `value_range` [low, high] fixes the axis, `axis_note` stands below it (say so when it does not
    begin at zero); `missing_text` stands where a value is missing.
    """
    if frame.empty:
        return theme.empty_figure(empty_text, uirevision=uirevision)
    rows = read_rows(
        frame,
        highlight=highlight,
        id_column=id_column,
        label_column=label_column,
        value_column=value_column,
        text_column=text_column,
        hover_column=hover_column,
        missing_text=missing_text,
    )
    values, comparisons = numbers(frame, value_column), numbers(frame, comparison_column)
    lines = axes.references(target, target_text, pace, pace_text)
    span = axes.value_span(
        [*values, *comparisons, *(line.value for line in lines)], value_range, from_zero=False
    )
    shapes, labels, label_height = axes.vertical_lines(lines, span, len(rows.ids))
    common: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers",
        "y": rows.places,
        "cliponaxis": False,
        "customdata": rows.customdata,
        "hovertext": rows.hovers,
        "hoverinfo": "text",
        **theme.SELECTION,
    }
    dots = {
        **common,
        "name": plain_text(series_text),
        "x": values,
        "marker": {"size": 13, "color": rows.colours, "line": {"width": 0}},
    }
    hollow_dots = {
        **common,
        "name": plain_text(comparison_text),
        "x": comparisons,
        "marker": {
            "size": 10,
            "symbol": "circle-open",
            "color": theme.HOLLOW,
            "line": {"width": 1.8},
        },
    }
    compared = any(value is not None for value in comparisons)
    traces = [
        text_axis_anchor(),
        *([_joins(values, comparisons), hollow_dots] if compared else []),
        dots,
    ]
    top, bottom = 10 + label_height, 30 + (theme.NOTE_ROW if axis_note else 0)
    layout = theme.base_layout(
        height=height or top + bottom + rows.height(ROW_HEIGHT),
        top=top,
        bottom=bottom,
        key=[
            theme.KeyEntry("●", theme.FOCUS, plain_text(series_text)),
            theme.KeyEntry("○", theme.HOLLOW, plain_text(comparison_text)),
        ]
        if compared
        else [],
        uirevision=uirevision,
    )
    axis = axes.value_axis(span, tick_format=tick_format, tick_suffix=tick_suffix)
    layout |= rows.axes(grid=True)
    layout |= {"xaxis": axes.titled(axis, axis_note), "shapes": shapes, "annotations": labels}
    return theme.DrawnFigure(traces, layout)


def _joins(values: Sequence[float | None], comparisons: Sequence[float | None]) -> dict[str, Any]:
    """Thin lines from the comparison to the value, row by row."""
    x: list[float | None] = []
    y: list[float | None] = []
    for row, (value, comparison) in enumerate(zip(values, comparisons, strict=True)):
        if value is not None and comparison is not None:
            x += [comparison, value, None]
            y += [row, row, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": "#A6A6A6", "width": 2},
        "hoverinfo": "skip",
    }
