"""Amounts as bars from zero."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import axes, theme
from dashboard.charts.columns import numbers
from dashboard.charts.edge_labels import edge_labels, reference_labels
from dashboard.charts.rows import Rows, read_rows, text_axis_anchor
from dashboard.charts.text import plain_text

ROW_HEIGHT = 34
VERTICAL_HEIGHT = 300
BEHIND = "#D0D0D0"


def bar_chart(
    frame: pd.DataFrame,
    *,
    horizontal: bool = True,
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
    """One bar per row of the frame, from zero; horizontal for places, vertical for a few years.

    Frame: `id`, `label`, `value`; optional `text`, `status` (horizontal bars only), `comparison`
    (plan or last year: a wider, lighter bar behind), `is_total`, `hover`. Options as in
    `county_dot_chart`; `series_text` and `comparison_text` name the two bars.
    """
    if frame.empty:
        return theme.empty_figure(empty_text, uirevision=uirevision)
    rows = read_rows(
        frame if horizontal else frame.drop(columns="status", errors="ignore"),
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
        [*values, *comparisons, *(line.value for line in lines)], value_range, from_zero=True
    )
    compared = any(value is not None for value in comparisons)
    behind = _bars(rows, comparisons, horizontal=horizontal, width=0.78)
    behind |= {"name": plain_text(comparison_text), "marker": {"color": BEHIND}}
    front = _bars(rows, values, horizontal=horizontal, width=0.46 if compared else 0.62)
    front |= {"name": plain_text(series_text), "marker": {"color": rows.colours}}
    traces = [behind, front] if compared else [front]
    key = [
        theme.KeyEntry("■", theme.FOCUS, plain_text(series_text)),
        theme.KeyEntry("■", BEHIND, plain_text(comparison_text)),
    ]
    bottom = 30 + (theme.NOTE_ROW if axis_note else 0)
    axis = axes.value_axis(span, tick_format=tick_format, tick_suffix=tick_suffix)

    if horizontal:
        shapes, annotations, label_height = axes.vertical_lines(lines, span, len(rows.ids))
        top = 10 + label_height
        layout = theme.base_layout(
            height=height or top + bottom + rows.height(ROW_HEIGHT),
            top=top,
            bottom=bottom,
            key=key if compared else [],
            uirevision=uirevision,
        )
        traces.insert(0, text_axis_anchor())
        layout |= rows.axes() | {"xaxis": axes.titled(axis, axis_note)}
    else:
        layout = theme.base_layout(
            height=height or VERTICAL_HEIGHT,
            top=26,
            bottom=bottom,
            key=key if compared else [],
            uirevision=uirevision,
        )
        shapes = axes.horizontal_lines(lines, (-0.5, len(rows.ids) - 0.5))
        annotations, layout["margin"]["r"] = edge_labels(
            reference_labels(lines), span, theme.plot_height(layout)
        )
        annotations += axes.column_texts(
            (place, value or 0.0, text)
            for place, value, text in zip(rows.places, values, rows.texts, strict=True)
        )
        layout |= {"xaxis": axes.titled(axes.column_axis(rows.labels), axis_note), "yaxis": axis}
    layout |= {"shapes": shapes, "annotations": annotations, "barmode": "overlay"}
    return theme.DrawnFigure(traces, layout)


def _bars(
    rows: Rows, values: Sequence[float | None], *, horizontal: bool, width: float
) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h" if horizontal else "v",
        "x": values if horizontal else rows.places,
        "y": rows.places if horizontal else values,
        "width": width,
        "customdata": rows.customdata,
        "hovertext": rows.hovers,
        "hoverinfo": "text",
        **theme.SELECTION,
    }
