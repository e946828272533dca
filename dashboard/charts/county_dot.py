"""Rate by county: the standard chart of this dashboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import axes, theme
from dashboard.charts.columns import numbers
from dashboard.charts.options import DEFAULTS, ChartOptions
from dashboard.charts.rows import Rows, read_rows, text_axis_anchor
from dashboard.charts.text import plain_text

ROW_HEIGHT = 32


def county_dot_chart(frame: pd.DataFrame, options: ChartOptions = DEFAULTS) -> go.Figure:
    """One row per county, from top to bottom as the frame has them; x is the value.

    Frame: `id`, `label`, `value`; optional `text` (the value as it reads, shown as a column at
    the right edge), `status` (its mark before the text), `comparison` (a hollow dot joined to the
    value), `is_total` (the city's row, bold), `hover`. Values in the unit of the axis.
    Options: `target` and `pace` lines with their texts; `series_text` and `comparison_text` name
    the full and the hollow dot; `highlight` lists ids in the focus colour, the others turn grey;
    `value_range` [low, high] fixes the axis, `axis_note` stands below it (say so when it does not
    begin at zero); `missing_text` stands where a value is missing.
    """
    rows = read_rows(frame, options)
    values, comparisons = numbers(frame, "value"), numbers(frame, "comparison")
    lines = axes.references(options)
    span = axes.value_span(
        [*values, *comparisons, *(line.value for line in lines)],
        options.value_range,
        from_zero=False,
    )
    shapes, labels, label_height = axes.vertical_lines(lines, span, len(rows.ids))
    compared = any(value is not None for value in comparisons)
    dots = _dots(rows, options.series_text, values, rows.colours, is_hollow=False)
    traces = [text_axis_anchor(), dots]
    if compared:
        before = _dots(rows, options.comparison_text, comparisons, theme.HOLLOW, is_hollow=True)
        traces[1:1] = [_joins(values, comparisons), before]
    top, bottom = 10 + label_height, 30 + (theme.NOTE_ROW if options.axis_note else 0)
    layout = theme.base_layout(
        height=options.height or top + bottom + rows.height(ROW_HEIGHT),
        top=top,
        bottom=bottom,
        key=[
            theme.KeyEntry("●", theme.FOCUS, plain_text(options.series_text)),
            theme.KeyEntry("○", theme.HOLLOW, plain_text(options.comparison_text)),
        ]
        if compared
        else [],
        uirevision=options.uirevision,
    )
    axis = axes.value_axis(span, options)
    layout |= rows.axes(grid=True)
    layout |= {
        "xaxis": axes.titled(axis, options.axis_note),
        "shapes": shapes,
        "annotations": labels,
    }
    return theme.DrawnFigure(traces, layout)


def _dots(
    rows: Rows,
    name: str,
    values: Sequence[float | None],
    colours: str | Sequence[str],
    *,
    is_hollow: bool,
) -> dict[str, Any]:
    """Return a dot per row, full or, for what it is compared with, hollow."""
    hollow = {"size": 10, "symbol": "circle-open", "line": {"width": 1.8}}
    full = {"size": 13, "line": {"width": 0}}
    return {
        "type": "scatter",
        "mode": "markers",
        "name": plain_text(name),
        "x": values,
        "y": rows.places,
        "marker": {**(hollow if is_hollow else full), "color": colours},
        "cliponaxis": False,
        "customdata": rows.customdata,
        "hovertext": rows.hovers,
        "hoverinfo": "text",
        **theme.SELECTION,
    }


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
