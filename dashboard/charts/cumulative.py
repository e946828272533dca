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
ROOM_TO_THE_LEFT = 3  # months that a label to the left of its point needs


def cumulative_chart(
    frame: pd.DataFrame,
    *,
    target: float | None = None,
    target_text: str = "",
    series_text: str = "",
    plan_text: str = "",
    comparison_text: str = "",
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
    comparison_column: str = "comparison",
    text_column: str = "text",
    hover_column: str = "hover",
) -> go.Figure:
    """Return the running sum by month as a line, the plan's running sum dashed, the target across.

    Frame, one row per month of the year in order: `x` (the month as it reads), `value` (sum since
    January; missing after the month looked at), `plan` (planned sum since January); optional
    `comparison` (the same sum of the year before: a grey line named `comparison_text`),
    `text` (the sum as it reads; the last one is written with `series_text` at the line's end),
    `id`, `hover` (with the month's own amount). One unit, one axis, from zero.
    """
    if frame.empty:
        return theme.empty_figure(empty_text, uirevision=uirevision)
    months, texts = words(frame, x_column), words(frame, text_column)
    values, plans = numbers(frame, value_column), numbers(frame, plan_column)
    comparisons = numbers(frame, comparison_column)
    hover = hovers(frame, hover_column, months, texts)
    data = customdata(raw_words(frame, id_column))
    lines = axes.references(target, target_text)
    span = axes.value_span(
        [*values, *plans, *comparisons, *(line.value for line in lines)],
        value_range,
        from_zero=True,
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
    compared = [value for value in comparisons if value is not None]
    before = {
        **common,
        "mode": "lines",
        "name": plain_text(comparison_text),
        "y": comparisons,
        "line": {"color": theme.CONTEXT, "width": 2.6},
    }
    traces = [
        *([before] if compared else []),
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
    if compared and comparison_text:
        edge.insert(0, edge_label(compared[-1], comparison_text, theme.CONTEXT))
    annotations = []
    known = [i for i, value in enumerate(values) if value is not None]
    if known:
        last, reached = known[-1], values[known[-1]] or 0.0
        text = f"{series_text} {raw_words(frame, text_column)[last]}"
        if last > len(months) - 3:
            edge.append(edge_label(reached, text, theme.FOCUS, bold=True))
        else:
            others = [line[last] or 0.0 for line in (plans, comparisons)]
            is_highest = bool(compared) and last >= ROOM_TO_THE_LEFT and reached >= max(others)
            annotations.append(_end_label(last, reached, text, is_highest=is_highest))
    labels, layout["margin"]["r"] = edge_labels(edge, span, theme.plot_height(layout))
    columns = axes.column_axis(months, every=tick_every, room=0.3)
    layout |= {
        "xaxis": axes.titled(columns, axis_note),
        "yaxis": axes.value_axis(span, tick_format=tick_format, tick_suffix=tick_suffix),
        "shapes": axes.horizontal_lines(lines, (columns["range"][0], columns["range"][1])),
        "annotations": annotations + labels,
    }
    return theme.DrawnFigure(traces, layout)


def _end_label(month: int, value: float, text: str, *, is_highest: bool) -> dict[str, Any]:
    """Return the sum reached, where the lines leave room: below and to the right of the last point.

    With the year before below it, the highest line has its room above and to the left.
    """
    side = -1 if is_highest else 1
    return {
        "text": f"<b>{plain_text(text) if is_highest else wrapped_text(text, END_LABEL_EM)}</b>",
        "x": month,
        "y": value,
        "xanchor": "right" if is_highest else "left",
        "yanchor": "bottom" if is_highest else "top",
        "xshift": 4 * side,
        "yshift": -4 * side,
        "align": "left",
        "showarrow": False,
        "font": {"size": theme.LABEL_SIZE, "color": theme.FOCUS},
    }
