"""How far each county has come along a row of steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import axes, theme
from dashboard.charts.columns import customdata, hovers, raw_words, words, wrapped_words
from dashboard.charts.options import DEFAULTS, ChartOptions
from dashboard.charts.rows import LABEL_EM, row_axis
from dashboard.charts.text import LINE_HEIGHT, plain_lines, plain_text, wrapped_text

ROW_HEIGHT = 62  # a dot, and two lines of text below it
DOT_LIFT = 0.2  # of a row
STEP_EM = 5.0
REACHED = "reached"
OPEN = "open"
_DOTS: dict[str, dict[str, Any]] = {
    REACHED: {"symbol": "circle", "size": 15, "color": theme.FOCUS},
    OPEN: {"symbol": "circle", "size": 7, "color": theme.CONTEXT},
    **{
        status: {
            "symbol": mark.symbol,
            "size": 17,
            "color": mark.colour,
            "line": {"width": 2.5, "color": mark.colour} if "open" in mark.symbol else {"width": 0},
        }
        for status, mark in theme.STATUS_MARKS.items()
    },
}


def track_chart(frame: pd.DataFrame, options: ChartOptions = DEFAULTS) -> go.Figure:
    """Return a line per county with a dot at each step.

    `steps` names them by their ids, from left to right. Frame, one row per county and step: `id`,
    `label` (of the county), `step_id`, `state`; optional `text` (below the dot, its lines are
    kept), `hover`. `state` is `reached`, `open` (a small dot: nobody asks for it yet) or, for a
    step that is asked for, a key of `STATUS_MARKS`. The line is dark as far as the last step that
    is `reached` or `met`. A county without a row for a step passes it by. `state_texts` names
    states in the key; `highlight` lists the counties whose names are bold.
    """
    ids, step_ids = raw_words(frame, "id"), raw_words(frame, "step_id")
    labels = dict(
        zip(ids, wrapped_words(frame, "label", options.label_em or LABEL_EM), strict=True)
    )
    names = [wrapped_text(name, STEP_EM) for name in options.steps.values()]
    states = raw_words(frame, "state")
    row_of, column_of = _places(labels), _places(options.steps)
    rows = [row_of[i] for i in ids]
    columns = [column_of[i] for i in step_ids]
    texts = [plain_lines(text) for text in raw_words(frame, "text")]
    hover = hovers(frame, "hover", words(frame, "label"), texts)

    traces = [_line(rows, columns, theme.CONTEXT), _line(*_passed(rows, columns, states))]
    for state, dot in _DOTS.items():
        cells = [i for i, value in enumerate(states) if value == state]
        if cells:
            traces.append(
                {
                    "type": "scatter",
                    "mode": "markers+text",
                    "name": plain_text(options.state_texts.get(state, "")),
                    "x": [columns[i] for i in cells],
                    "y": [rows[i] - DOT_LIFT for i in cells],
                    "marker": dot,
                    "text": [texts[i] for i in cells],
                    "textposition": "bottom center",
                    "textfont": {"size": theme.NOTE_SIZE, "color": theme.INK},
                    "customdata": customdata([ids[i] for i in cells]),
                    "hovertext": [hover[i] for i in cells],
                    "hoverinfo": "text",
                    "cliponaxis": False,
                    **theme.TEXT_SELECTION,
                }
            )
    lines = max(name.count("<br>") for name in names) + 1
    top = 12 + lines * round(theme.TICK_SIZE * LINE_HEIGHT)
    layout = theme.base_layout(
        height=options.height or top + 8 + ROW_HEIGHT * len(labels),
        top=top,
        bottom=8,
        key=[
            theme.KeyEntry(_glyph(state), _DOTS[state]["color"], plain_text(text))
            for state, text in options.state_texts.items()
            if state in states
        ],
        uirevision=options.uirevision,
    )
    layout |= {
        "xaxis": {
            **axes.column_axis(names, every=1),
            "side": "top",
            "showline": False,
            "tickfont": {"size": theme.TICK_SIZE, "color": theme.INK},
        },
        "yaxis": row_axis(
            [
                f"<b>{name}</b>" if i in (options.highlight or ()) else name
                for i, name in labels.items()
            ]
        ),
    }
    return theme.DrawnFigure(traces, layout)


def _places(names: Mapping[str, str]) -> dict[str, int]:
    return {identifier: place for place, identifier in enumerate(names)}


def _glyph(state: str) -> str:
    return theme.STATUS_MARKS[state].glyph if state in theme.STATUS_MARKS else "●"


def _passed(
    rows: list[int], columns: list[int], states: list[str]
) -> tuple[list[int], list[int], str]:
    """Return the steps of each county up to its last one that is behind it."""
    last: dict[int, int] = {}
    for row, column, state in zip(rows, columns, states, strict=True):
        if state in (REACHED, "met"):
            last[row] = max(column, last.get(row, 0))
    passed = [i for i, row in enumerate(rows) if columns[i] <= last.get(row, -1)]
    return [rows[i] for i in passed], [columns[i] for i in passed], theme.FOCUS


def _line(rows: list[int], columns: list[int], colour: str) -> dict[str, Any]:
    """Return a line through each row's first and last step."""
    x: list[int | None] = []
    y: list[float | None] = []
    for row in dict.fromkeys(rows):
        own = [column for i, column in enumerate(columns) if rows[i] == row]
        x += [min(own), max(own), None]
        y += [row - DOT_LIFT, row - DOT_LIFT, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": colour, "width": 3},
        "hoverinfo": "skip",
    }
