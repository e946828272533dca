"""How much of each count's target is reached."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import axes, theme
from dashboard.charts.columns import numbers
from dashboard.charts.options import DEFAULTS, ChartOptions
from dashboard.charts.rows import LABEL_EM, read_rows, text_axis_anchor
from dashboard.charts.text import plain_text

ROW_HEIGHT = 34
LONGEST_SHARE = 1.5
TRACK = "#EDEDED"
PACE = "#F46A25"


def count_progress_chart(frame: pd.DataFrame, options: ChartOptions = DEFAULTS) -> go.Figure:
    """One row per indicator or county: the bar is the share of its own target that is reached.

    Frame: `id`, `label`, `value`, `target` (same unit; 0 or missing: no bar, only the text);
    optional `pace` (where the row should be by now: a tick), `text` ("18/30", at the right edge),
    `status`, `is_total`, `hover`. All targets lie on one line, labelled `target_text`;
    `pace_text` explains the tick in a legend. Bars end at one and a half times the target.
    """
    rows = read_rows(frame, options, label_em=options.label_em or LABEL_EM)
    values, targets = numbers(frame, "value"), numbers(frame, "target")
    shares, paces = _shares(values, targets), _shares(numbers(frame, "pace"), targets)
    span = (0.0, max([1.08, *(share for share in shares if share is not None)]))
    lines = [axes.Reference(1.0, options.target_text, is_target=True)]
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
    top = 8 + (label_height if options.target_text else 0)
    layout = theme.base_layout(
        height=options.height or top + 10 + rows.height(ROW_HEIGHT),
        top=top,
        bottom=10,
        key=[theme.KeyEntry("┃", PACE, plain_text(options.pace_text))] if paced else [],
        uirevision=options.uirevision,
    )
    layout |= rows.axes() | {
        "xaxis": {**axes.value_axis(span, options), "visible": False},
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
