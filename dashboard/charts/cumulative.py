"""How an amount grows through the year against its plan."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import axes, theme
from dashboard.charts.columns import customdata, hovers, numbers, raw_words, words
from dashboard.charts.edge_labels import edge_label, edge_labels, reference_labels
from dashboard.charts.options import DEFAULTS, ChartOptions
from dashboard.charts.text import plain_text, wrapped_text

HEIGHT = 340
END_LABEL_EM = 6.0
ROOM_TO_THE_LEFT = 3  # months that a label to the left of its point needs


_BEFORE = {"mode": "lines", "line": {"color": theme.CONTEXT, "width": 2.6}}
_PLANNED = {"mode": "lines", "line": {"color": theme.QUIET_INK, "width": 2, "dash": "6px,4px"}}
_REACHED = {
    "mode": "lines+markers",
    "line": {"color": theme.FOCUS, "width": 3},
    "marker": {"size": 8, "color": theme.FOCUS},
}


def cumulative_chart(frame: pd.DataFrame, options: ChartOptions = DEFAULTS) -> go.Figure:
    """Return the running sum by month as a line, the plan's running sum dashed, the target across.

    Frame, one row per month of the year in order: `x` (the month as it reads), `value` (sum since
    January; missing after the month looked at), `plan` (planned sum since January); optional
    `comparison` (the same sum of the year before: a grey line named `comparison_text`),
    `text` (the sum as it reads; the last one is written with `series_text` at the line's end),
    `id`, `hover` (with the month's own amount). One unit, one axis, from zero.
    """
    months = words(frame, "x")
    values, plans = numbers(frame, "value"), numbers(frame, "plan")
    comparisons = numbers(frame, "comparison")
    lines = axes.references(options)
    span = axes.value_span(
        [*values, *plans, *comparisons, *(line.value for line in lines)],
        options.value_range,
        from_zero=True,
    )
    common: dict[str, Any] = {
        "type": "scatter",
        "x": list(range(len(months))),
        "customdata": customdata(raw_words(frame, "id")),
        "hovertext": hovers(frame, "hover", months, words(frame, "text")),
        "hoverinfo": "text",
        "cliponaxis": False,
        **theme.SELECTION,
    }
    compared = [value for value in comparisons if value is not None]
    sums = (
        (options.comparison_text, comparisons, _BEFORE),
        (options.plan_text, plans, _PLANNED),
        (options.series_text, values, _REACHED),
    )
    traces = [
        {**common, **look, "name": plain_text(name), "y": line}
        for name, line, look in sums
        if compared or look is not _BEFORE
    ]
    layout = theme.base_layout(
        height=options.height or HEIGHT,
        top=14,
        bottom=30 + (theme.NOTE_ROW if options.axis_note else 0),
        uirevision=options.uirevision,
    )
    edge = reference_labels(lines)
    planned = [value for value in plans if value is not None]
    if planned and options.plan_text:
        edge.insert(0, edge_label(planned[-1], options.plan_text, theme.QUIET_INK))
    if compared and options.comparison_text:
        edge.insert(0, edge_label(compared[-1], options.comparison_text, theme.CONTEXT))
    annotations = []
    known = [i for i, value in enumerate(values) if value is not None]
    if known:
        last, reached = known[-1], values[known[-1]] or 0.0
        text = f"{options.series_text} {raw_words(frame, 'text')[last]}"
        if last > len(months) - 3:
            edge.append(edge_label(reached, text, theme.FOCUS, bold=True))
        else:
            others = [line[last] or 0.0 for line in (plans, comparisons)]
            is_highest = bool(compared) and last >= ROOM_TO_THE_LEFT and reached >= max(others)
            annotations.append(_end_label(last, reached, text, is_highest=is_highest))
    labels, layout["margin"]["r"] = edge_labels(edge, span, theme.plot_height(layout))
    columns = axes.column_axis(months, every=options.tick_every, room=0.3)
    layout |= {
        "xaxis": axes.titled(columns, options.axis_note),
        "yaxis": axes.value_axis(span, options),
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
