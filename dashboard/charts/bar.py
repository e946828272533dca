"""Amounts as bars from zero."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import axes, theme
from dashboard.charts.columns import numbers
from dashboard.charts.edge_labels import edge_labels, reference_labels
from dashboard.charts.options import DEFAULTS, ChartOptions
from dashboard.charts.rows import Rows, read_rows, text_axis_anchor
from dashboard.charts.text import plain_text

ROW_HEIGHT = 34
VERTICAL_HEIGHT = 300
BEHIND = "#D0D0D0"


def bar_chart(frame: pd.DataFrame, options: ChartOptions = DEFAULTS) -> go.Figure:
    """One bar per row of the frame, from zero; horizontal for places, vertical for a few years.

    Frame: `id`, `label`, `value`; optional `text`, `status` (horizontal bars only), `comparison`
    (plan or last year: a wider, lighter bar behind), `is_total`, `hover`. Options as in
    `county_dot_chart`; `series_text` and `comparison_text` name the two bars.
    """
    rows = read_rows(
        frame if options.horizontal else frame.drop(columns="status", errors="ignore"),
        options,
    )
    values, comparisons = numbers(frame, "value"), numbers(frame, "comparison")
    lines = axes.references(options)
    span = axes.value_span(
        [*values, *comparisons, *(line.value for line in lines)],
        options.value_range,
        from_zero=True,
    )
    compared = any(value is not None for value in comparisons)
    behind = _bars(rows, comparisons, horizontal=options.horizontal, width=0.78)
    behind |= {"name": plain_text(options.comparison_text), "marker": {"color": BEHIND}}
    front = _bars(rows, values, horizontal=options.horizontal, width=0.46 if compared else 0.62)
    front |= {"name": plain_text(options.series_text), "marker": {"color": rows.colours}}
    traces = [behind, front] if compared else [front]
    key = [
        theme.KeyEntry("■", theme.FOCUS, plain_text(options.series_text)),
        theme.KeyEntry("■", BEHIND, plain_text(options.comparison_text)),
    ]
    bottom = 30 + (theme.NOTE_ROW if options.axis_note else 0)
    axis = axes.value_axis(span, options)

    if options.horizontal:
        shapes, annotations, label_height = axes.vertical_lines(lines, span, len(rows.ids))
        top = 10 + label_height
        layout = theme.base_layout(
            height=options.height or top + bottom + rows.height(ROW_HEIGHT),
            top=top,
            bottom=bottom,
            key=key if compared else [],
            uirevision=options.uirevision,
        )
        traces.insert(0, text_axis_anchor())
        layout |= rows.axes() | {"xaxis": axes.titled(axis, options.axis_note)}
    else:
        layout = theme.base_layout(
            height=options.height or VERTICAL_HEIGHT,
            top=26,
            bottom=bottom,
            key=key if compared else [],
            uirevision=options.uirevision,
        )
        shapes = axes.horizontal_lines(lines, (-0.5, len(rows.ids) - 0.5))
        annotations, layout["margin"]["r"] = edge_labels(
            reference_labels(lines), span, theme.plot_height(layout)
        )
        annotations += axes.column_texts(
            (place, value or 0.0, text)
            for place, value, text in zip(rows.places, values, rows.texts, strict=True)
        )
        layout |= {
            "xaxis": axes.titled(axes.column_axis(rows.labels), options.axis_note),
            "yaxis": axis,
        }
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
