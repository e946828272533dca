"""How much of each count's target is reached."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import axes, theme
from dashboard.charts.columns import numbers
from dashboard.charts.rows import LABEL_EM, read_rows, text_axis_anchor
from dashboard.charts.text import plain_text

ROW_HEIGHT = 34
LONGEST_SHARE = 1.5
TRACK = "#EDEDED"
PACE = "#F46A25"


def count_progress_chart(
    frame: pd.DataFrame,
    *,
    target_text: str = "",
    pace_text: str = "",
    highlight: Sequence[str] | None = None,
    missing_text: str = "",
    empty_text: str = "",
    label_em: float = LABEL_EM,
    height: int | None = None,
    uirevision: str | None = None,
    id_column: str = "id",
    label_column: str = "label",
    value_column: str = "value",
    target_column: str = "target",
    pace_column: str = "pace",
    text_column: str = "text",
    hover_column: str = "hover",
) -> go.Figure:
    """One row per indicator or county: the bar is the share of its own target that is reached.

    Frame: `id`, `label`, `value`, `target` (same unit; 0 or missing: no bar, only the text);
    optional `pace` (where the row should be by now: a tick), `text` ("18/30", at the right edge),
    `status`, `is_total`, `hover`. All targets lie on one line, labelled `target_text`;
    `pace_text` explains the tick in a legend. Bars end at one and a half times the target.
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
        label_em=label_em,
    )
    values, targets = numbers(frame, value_column), numbers(frame, target_column)
    shares, paces = _shares(values, targets), _shares(numbers(frame, pace_column), targets)
    span = (0.0, max([1.08, *(share for share in shares if share is not None)]))
    lines = axes.references(1.0, target_text)
    shapes, labels, label_height = axes.vertical_lines(lines, span, len(rows.ids))
    common: dict[str, Any] = {
        "y": rows.places,
        "customdata": rows.customdata,
        "hovertext": rows.hovers,
        "hoverinfo": "text",
        **theme.SELECTION,
    }
    bar: dict[str, Any] = {"type": "bar", "orientation": "h", "width": 0.5, **common}
    whole = [1.0 if target else None for target in targets]
    track = {
        **bar,
        "x": whole,
        "marker": {"color": TRACK},
        "unselected": {"marker": {"opacity": 1}},
    }
    ticks = {
        **common,
        "type": "scatter",
        "mode": "markers",
        "x": paces,
        "marker": {"symbol": "line-ns-open", "size": 22, "color": PACE, "line": {"width": 3}},
        "cliponaxis": False,
    }
    paced = any(pace is not None for pace in paces)
    traces = [
        text_axis_anchor(),
        track,
        {**bar, "x": shares, "marker": {"color": rows.colours}},
        *([ticks] if paced else []),
    ]
    top = 8 + (label_height if target_text else 0)
    layout = theme.base_layout(
        height=height or top + 10 + rows.height(ROW_HEIGHT),
        top=top,
        bottom=10,
        key=[theme.KeyEntry("┃", PACE, plain_text(pace_text))] if paced else [],
        uirevision=uirevision,
    )
    layout |= rows.axes() | {
        "xaxis": {**axes.value_axis(span), "visible": False},
        "shapes": shapes,
        "annotations": labels,
        "barmode": "overlay",
    }
    return theme.DrawnFigure(traces, layout)


def _shares(amounts: Sequence[float | None], targets: Sequence[float | None]) -> list[float | None]:
    """Amounts as shares of their targets, at most `LONGEST_SHARE`; None where either is missing."""
    return [
        None if amount is None or not target else min(amount / target, LONGEST_SHARE)
        for amount, target in zip(amounts, targets, strict=True)
    ]
