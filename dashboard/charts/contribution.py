"""Which schools pull a rate down or up, and by how many."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import axes, theme
from dashboard.charts.columns import numbers
from dashboard.charts.options import DEFAULTS, ChartOptions
from dashboard.charts.rows import read_rows, text_axis_anchor
from dashboard.charts.text import plain_text

ROW_HEIGHT = 28
LABEL_EM = 12.0
DOWN, UP = "#C2440A", theme.FOCUS


def contribution_chart(frame: pd.DataFrame, options: ChartOptions = DEFAULTS) -> go.Figure:
    """Diverging bars from zero, one per school in the frame's order; names are wrapped, not cut.

    Frame: `id`, `label`, `value` (units the school adds to the target, negative where it lacks
    them); optional `text` (as it reads, at the right edge), `status`, `hover`. `down_text` and
    `up_text` stand above the two sides.
    """
    rows = read_rows(frame, options, label_em=options.label_em or LABEL_EM)
    values = numbers(frame, "value")
    known = [value for value in values if value is not None]
    span = axes.value_span(values, options.value_range, from_zero=True, padding=0.04)
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": rows.places,
        "width": 0.6,
        "marker": {"color": [DOWN if value is not None and value < 0 else UP for value in values]},
        "customdata": rows.customdata,
        "hovertext": rows.hovers,
        "hoverinfo": "text",
        **theme.SELECTION,
    }
    traces = [
        text_axis_anchor(),
        bars,
    ]
    sides = []
    if min(known, default=0.0) < 0:
        sides.append(_side(options.down_text, span[0], "left", DOWN))
    if max(known, default=0.0) > 0:
        sides.append(_side(options.up_text, span[1], "right", UP))
    top = 10 + (axes.LABEL_ROW if sides else 0)
    bottom = 30 + (theme.NOTE_ROW if options.axis_note else 0)
    layout = theme.base_layout(
        height=options.height or top + bottom + rows.height(ROW_HEIGHT, theme.TICK_SIZE),
        top=top,
        bottom=bottom,
        uirevision=options.uirevision,
    )
    axis = axes.value_axis(span, options, ticks=4)
    layout |= rows.axes(size=theme.TICK_SIZE) | {
        "xaxis": axes.titled({**axis, "zeroline": True}, options.axis_note),
        "annotations": sides,
    }
    return theme.DrawnFigure(traces, layout)


def _side(text: str, x: float, anchor: str, colour: str) -> dict[str, Any]:
    return {
        "text": f"<b>{plain_text(text)}</b>",
        "x": x,
        "xanchor": anchor,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": theme.TICK_SIZE, "color": colour},
    }
