"""Projects on the calendar: planned against actual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import inf
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import axes, theme
from dashboard.charts.columns import customdata, dates
from dashboard.charts.options import DEFAULTS, ChartOptions
from dashboard.charts.rows import Rows, read_rows, row_axis
from dashboard.charts.text import plain_text

ROW_HEIGHT = 38
DATES_HEIGHT = 22
TOP = 12 + DATES_HEIGHT + axes.LABEL_ROW
# A project's name stands above its bar, which so keeps the whole width, on a phone too.
NAME_OFFSET, BAR_OFFSET = -0.22, 0.2
PLANNED, ACTUAL, AS_OF = "#D3DDE7", "#2073BC", "#C2440A"
KINDS = (
    ("square", "■"),
    ("diamond", "◆"),
    ("triangle-up", "▲"),
    ("circle", "●"),
    ("star", "★"),
)
MILLISECONDS_A_DAY = 86_400_000

Span = tuple[str | None, str | None]


def gantt_chart(frame: pd.DataFrame, options: ChartOptions = DEFAULTS) -> go.Figure:
    """One row per project in the frame's order: planned span light, actual span dark on it.

    Frame: `id`, `label`, `planned_start`, `planned_end`, `actual_start`, `actual_end` (dates or
    missing; an unfinished project's bar ends at `as_of`); optional `text` (how late, at the end
    of the name's line), `status`, `hover`, and the date columns named by `milestones`: up to five
    of {"text": "开工", "planned": column, "actual": column}, hollow where planned, filled where
    reached. `as_of` and `date_range` are ISO dates; `planned_text`, `actual_text` and the
    milestones' texts make the key; `as_of_text` labels the line of the day.
    """
    rows = read_rows(frame, options, label_em=inf, has_values=False)
    planned = _spans(frame, "planned_start", "planned_end")
    actual = [
        (start, end or (max(options.as_of, start) if start else None))
        for start, end in _spans(frame, "actual_start", "actual_end")
    ]
    kinds = list(zip(options.milestones, KINDS, strict=False))
    marks = [
        trace
        for milestone, (symbol, _) in kinds
        for trace in _milestones(frame, rows, milestone, symbol)
    ]
    span = (
        list(options.date_range)
        if options.date_range
        else _date_span(options.as_of, planned, actual, marks)
    )
    traces = [
        _bars(rows, planned, name=options.planned_text, colour=PLANNED, width=0.42),
        _bars(rows, actual, name=options.actual_text, colour=ACTUAL, width=0.2),
        *marks,
        _texts(rows, rows.labels, at=span[0], position="middle right"),
        _texts(rows, rows.texts, at=span[1], position="middle left"),
    ]
    key = [
        theme.KeyEntry("■", PLANNED, plain_text(options.planned_text)),
        theme.KeyEntry("■", ACTUAL, plain_text(options.actual_text)),
    ]
    key += [theme.KeyEntry(g, theme.INK, plain_text(m["text"])) for m, (_, g) in kinds]
    layout = theme.base_layout(
        height=options.height or TOP + 8 + ROW_HEIGHT * len(frame),
        top=TOP,
        bottom=8,
        key=key,
        uirevision=options.uirevision,
    )
    layout |= {
        "xaxis": {
            **axes.value_axis((0.0, 1.0), options),
            "type": "date",
            # Many rows reach beyond the screen: the dates stand where reading begins.
            "side": "top",
            "range": span,
            "tickformat": "%Y-%m",
            "zeroline": False,
            "automargin": False,
        },
        "yaxis": {**row_axis(rows.labels), "showticklabels": False},
        "shapes": [_as_of_line(options.as_of, len(frame))],
        "annotations": [_as_of_label(options.as_of, options.as_of_text)],
        "barmode": "overlay",
    }
    return theme.DrawnFigure(traces, layout)


def _spans(frame: pd.DataFrame, start_column: str, end_column: str) -> list[Span]:
    return list(zip(dates(frame, start_column), dates(frame, end_column), strict=True))


def _bars(
    rows: Rows, spans: Sequence[Span], *, name: str, colour: str, width: float
) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": plain_text(name),
        "base": [start for start, _ in spans],
        "x": [_milliseconds(start, end) for start, end in spans],
        "y": [place + BAR_OFFSET for place in rows.places],
        "width": width,
        "marker": {"color": colour},
        "customdata": rows.customdata,
        "hovertext": rows.hovers,
        "hoverinfo": "text",
        **theme.SELECTION,
    }


def _milliseconds(start: str | None, end: str | None) -> int | None:
    """Length of a span: what a bar on a date axis is measured in."""
    if start is None or end is None:
        return None
    return (date.fromisoformat(end) - date.fromisoformat(start)).days * MILLISECONDS_A_DAY


def _milestones(
    frame: pd.DataFrame, rows: Rows, milestone: Mapping[str, str], symbol: str
) -> list[dict[str, Any]]:
    """One kind of milestone: the planned ones hollow and, on top, the reached ones filled."""
    looks = {"planned": ("#FFFFFF", theme.INK), "actual": (theme.INK, "#FFFFFF")}
    traces = []
    for column, (fill, rim) in looks.items():
        days = [(day, i) for i, day in enumerate(dates(frame, milestone[column])) if day]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": plain_text(milestone["text"]),
                "x": [day for day, _ in days],
                "y": [place + BAR_OFFSET for _, place in days],
                "marker": {
                    "symbol": symbol,
                    "size": 10 if symbol in ("star", "triangle-up") else 8,
                    "color": fill,
                    "line": {"width": 1, "color": rim},
                },
                "customdata": customdata([rows.ids[place] for _, place in days]),
                "hovertext": [rows.hovers[place] for _, place in days],
                "hoverinfo": "text",
                **theme.SELECTION,
            }
        )
    return traces


def _texts(rows: Rows, texts: Sequence[str], *, at: str, position: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [at] * len(texts),
        "y": [place + NAME_OFFSET for place in rows.places],
        "text": list(texts),
        "textposition": position,
        "textfont": {"size": theme.TICK_SIZE, "color": theme.INK},
        "cliponaxis": False,
        "customdata": rows.customdata,
        "hovertext": rows.hovers,
        "hoverinfo": "text",
        **theme.TEXT_SELECTION,
    }


def _as_of_line(as_of: str, rows: int) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": as_of,
        "x1": as_of,
        "y0": -0.5,
        "y1": rows - 0.5,
        "layer": "between",
        "line": {"color": AS_OF, "width": 1.6},
    }


def _as_of_label(as_of: str, text: str) -> dict[str, Any]:
    return {
        "text": f"<b>{plain_text(text)}</b>",
        "x": as_of,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "yshift": DATES_HEIGHT,
        "showarrow": False,
        "font": {"size": theme.TICK_SIZE, "color": AS_OF},
    }


def _date_span(
    as_of: str, planned: Sequence[Span], actual: Sequence[Span], marks: Sequence[Mapping[str, Any]]
) -> list[str]:
    """First to last day of everything drawn, with a little room for the marks at both ends."""
    days = [day for span in [*planned, *actual] for day in span if day]
    days += [day for trace in marks for day in trace["x"]]
    first = date.fromisoformat(min([as_of, *days]))
    last = date.fromisoformat(max([as_of, *days]))
    room = (last - first) / 40
    return [(first - room).isoformat(), (last + room).isoformat()]
