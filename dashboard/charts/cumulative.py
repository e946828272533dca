"""How an amount grows through the year against its plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import axes, theme
from dashboard.charts.columns import customdata, hovers, numbers, raw_words, words
from dashboard.charts.edge_labels import edge_label, edge_labels, reference_labels
from dashboard.charts.text import plain_text, wrapped_text

HEIGHT = 340
END_LABEL_EM = 6.0


def cumulative_chart(
    frame: pd.DataFrame,
    *,
    target: float | None = None,
    target_text: str = "",
    series_text: str = "",
    plan_text: str = "",
    value_range: Sequence[float | None] | None = None,
    tick_format: str = "",
    tick_suffix: str = "",
    tick_every: int | None = None,
    axis_note: str = "",
    empty_text: str = "",
    height: int = HEIGHT,
    uirevision: str | None = None,
    id_column: str = "id",
    x_column: str = "x",
    value_column: str = "value",
    plan_column: str = "plan",
    text_column: str = "text",
    hover_column: str = "hover",
) -> go.Figure:
    """The running sum by month as a line, the plan's running sum dashed, the target across.

    Frame, one row per month of the year in order: `x` (the month as it reads), `value` (sum since
    January; missing after the month looked at), `plan` (planned sum since January); optional
    `text` (the sum as it reads; the last one is written with `series_text` at the line's end),
    `id`, `hover` (with the month's own amount). One unit, one axis, from zero.
    """
    if frame.empty:
        return theme.empty_figure(empty_text, uirevision=uirevision)
    months, texts = words(frame, x_column), words(frame, text_column)
    values, plans = numbers(frame, value_column), numbers(frame, plan_column)
    hover = hovers(frame, hover_column, months, texts)
    data = customdata(raw_words(frame, id_column))
    lines = axes.references(target, target_text)
    span = axes.value_span(
        [*values, *plans, *(line.value for line in lines)], value_range, from_zero=True
    )
    common: dict[str, Any] = {
        "type": "scatter",
        "x": list(range(len(months))),
        "customdata": data,
        "hovertext": hover,
        "hoverinfo": "text",
        "cliponaxis": False,
        **theme.SELECTION,
    }
    traces = [
        {
            **common,
            "mode": "lines",
            "name": plain_text(plan_text),
            "y": plans,
            "line": {"color": theme.QUIET_INK, "width": 2, "dash": "6px,4px"},
        },
        {
            **common,
            "mode": "lines+markers",
            "name": plain_text(series_text),
            "y": values,
            "line": {"color": theme.FOCUS, "width": 3},
            "marker": {"size": 8, "color": theme.FOCUS},
        },
    ]
    layout = theme.base_layout(
        height=height,
        top=14,
        bottom=30 + (theme.NOTE_ROW if axis_note else 0),
        uirevision=uirevision,
    )
    edge = reference_labels(lines)
    planned = [value for value in plans if value is not None]
    if planned and plan_text:
        edge.insert(0, edge_label(planned[-1], plan_text, theme.QUIET_INK))
    annotations = []
    known = [i for i, value in enumerate(values) if value is not None]
    if known:
        last, reached = known[-1], values[known[-1]] or 0.0
        text = f"{series_text} {raw_words(frame, text_column)[last]}"
        if last > len(months) - 3:
            edge.append(edge_label(reached, text, theme.FOCUS, bold=True))
        else:
            annotations.append(_end_label(last, reached, text))
    labels, layout["margin"]["r"] = edge_labels(edge, span, theme.plot_height(layout))
    columns = axes.column_axis(months, every=tick_every, room=0.3)
    layout |= {
        "xaxis": axes.titled(columns, axis_note),
        "yaxis": axes.value_axis(span, tick_format=tick_format, tick_suffix=tick_suffix),
        "shapes": axes.horizontal_lines(lines, (columns["range"][0], columns["range"][1])),
        "annotations": annotations + labels,
    }
    return theme.DrawnFigure(traces, layout)


def _end_label(month: int, value: float, text: str) -> dict[str, Any]:
    """The sum reached, below and to the right of the last point, where the line leaves room."""
    return {
        "text": f"<b>{wrapped_text(text, END_LABEL_EM)}</b>",
        "x": month,
        "y": value,
        "xanchor": "left",
        "yanchor": "top",
        "xshift": 4,
        "yshift": -4,
        "align": "left",
        "showarrow": False,
        "font": {"size": theme.LABEL_SIZE, "color": theme.FOCUS},
    }
