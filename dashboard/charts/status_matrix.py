"""Where every indicator stands in every county."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import axes, theme
from dashboard.charts.columns import customdata, hovers, raw_words, words
from dashboard.charts.options import DEFAULTS, ChartOptions
from dashboard.charts.rows import row_axis
from dashboard.charts.text import LINE_HEIGHT, plain_text, text_width, wrapped_text

ROW_HEIGHT = 25
TEXT_ROW_HEIGHT = 36  # the mark, and its text below
LABEL_EM = 9.0
BAND = "#DCEBF7"
# Width of a column on a phone: longer names stand at two or three levels.
PHONE_COLUMN_EM = 2.1


def status_matrix_chart(frame: pd.DataFrame, options: ChartOptions = DEFAULTS) -> go.Figure:
    """Return a mark per county (column) and indicator (row), both in the frame's order.

    Frame, one row per cell: `county_id`, `county`, `indicator_id`, `indicator`, `status` (a key of
    `STATUS_MARKS`); optional `group` (a heading above its indicators), `text` (below the mark, or
    alone where there is no status), `hover`. A pair without a row stays blank: the indicator does
    not apply there. `status_texts` names each status in the legend; `highlight` lists the counties
    whose names are bold, on a ground of their own. customdata: county_id, indicator_id.
    """
    county_ids, indicator_ids = (
        raw_words(frame, "county_id"),
        raw_words(frame, "indicator_id"),
    )
    counties = dict(zip(county_ids, words(frame, "county"), strict=True))
    names = dict(zip(indicator_ids, frame["indicator"], strict=True))
    groups = dict(zip(indicator_ids, words(frame, "group"), strict=True))
    statuses = raw_words(frame, "status")
    hover = hovers(
        frame,
        "hover",
        words(frame, "indicator"),
        words(frame, "county"),
        [plain_text(options.status_texts.get(status, "")) for status in statuses],
    )
    labels, row_of, headings = _rows(names, groups, options.label_em or LABEL_EM)
    column_of = {county_id: i for i, county_id in enumerate(counties)}
    chosen = [
        column_of[county_id] for county_id in options.highlight or () if county_id in column_of
    ]
    has_texts = "text" in frame
    cells = {
        "x": [column_of[county_id] for county_id in county_ids],
        "y": [row_of[indicator_id] for indicator_id in indicator_ids],
        "text": words(frame, "text"),
        "hovertext": hover,
        "customdata": customdata(county_ids, indicator_ids),
    }
    traces = []
    for status in (*theme.STATUS_MARKS, *([""] if has_texts else [])):
        places = [i for i, value in enumerate(statuses) if value == status]
        if places:
            look = _marks(status, options.status_texts) if status else _TEXTS
            if status and has_texts:
                look = _with_texts(look)
            traces.append({**look, **_at(cells, places)})
    widest = max(text_width(name) for name in counties.values())
    levels = min(ceil(widest / PHONE_COLUMN_EM), 3)
    top = 11 + levels * round(theme.TICK_SIZE * LINE_HEIGHT)
    lines = max(label.count("<br>") for label in labels) + 1
    row_height = max(
        TEXT_ROW_HEIGHT if has_texts else ROW_HEIGHT,
        round(lines * theme.TICK_SIZE * LINE_HEIGHT) + 4,
    )
    layout = theme.base_layout(
        height=options.height or top + 8 + row_height * len(labels),
        top=top,
        bottom=8,
        key=[
            theme.KeyEntry(
                mark.glyph, mark.colour, plain_text(options.status_texts.get(status, ""))
            )
            for status, mark in theme.STATUS_MARKS.items()
            if status in options.status_texts  # all of them, so that the chart's height stays
        ],
        uirevision=options.uirevision,
    )
    layout |= {
        "xaxis": {
            **axes.column_axis(
                _staggered(_emphasised(counties, options.highlight or ()), levels), every=1
            ),
            "side": "top",
            "showline": False,
            "tickfont": {"size": theme.TICK_SIZE, "color": theme.INK},
        },
        "yaxis": row_axis(labels, size=theme.TICK_SIZE, grid=True),
        "shapes": [*(_band(column, len(labels)) for column in chosen), *map(_rule, headings)],
    }
    return theme.DrawnFigure(traces, layout)


def _band(column: int, rows: int) -> dict[str, Any]:
    """Return the ground of a chosen county's column."""
    return {
        "type": "rect",
        "x0": column - 0.5,
        "x1": column + 0.5,
        "y0": -0.5,
        "y1": rows - 0.5,
        "fillcolor": BAND,
        "line": {"width": 0},
        "layer": "below",
    }


def _rule(row: int) -> dict[str, Any]:
    """Return the line above a heading."""
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": row - 0.5,
        "y1": row - 0.5,
        "line": {"color": theme.CONTEXT, "width": 1},
    }


def _marks(status: str, status_texts: Mapping[str, str]) -> dict[str, Any]:
    mark = theme.STATUS_MARKS[status]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": plain_text(status_texts.get(status, "")),
        "marker": {
            "symbol": mark.symbol,
            "size": 17 if mark.symbol.startswith("triangle") else 14,
            "color": mark.colour,
            "line": {"width": 2, "color": mark.colour} if "open" in mark.symbol else {"width": 0},
        },
        "hoverinfo": "text",
        "cliponaxis": False,
        **theme.SELECTION,
    }


_TEXT_FONT = {"size": theme.NOTE_SIZE, "color": theme.INK}
# A cell without a status holds its text alone.
_TEXTS: dict[str, Any] = {
    "type": "scatter",
    "mode": "text",
    "textfont": _TEXT_FONT,
    "hoverinfo": "text",
    "cliponaxis": False,
}


def _with_texts(marks: Mapping[str, Any]) -> dict[str, Any]:
    """Return marks, smaller, with the cells' texts below them."""
    return {
        **marks,
        "mode": "markers+text",
        "marker": {**marks["marker"], "size": marks["marker"]["size"] - 4},
        "textposition": "bottom center",
        "textfont": _TEXT_FONT,
        **theme.TEXT_SELECTION,
    }


def _at(cells: Mapping[str, Any], places: list[int]) -> dict[str, Any]:
    """Return what the cells at some places of the frame hold."""
    return {
        name: column[places] if name == "customdata" else [column[i] for i in places]
        for name, column in cells.items()
    }


def _emphasised(counties: Mapping[str, str], highlight: Sequence[str]) -> list[str]:
    """Return the counties' names, those of `highlight` bold."""
    return [f"<b>{name}</b>" if i in highlight else name for i, name in counties.items()]


def _rows(
    names: Mapping[str, object], groups: Mapping[str, str], label_em: float
) -> tuple[list[str], dict[str, int], list[int]]:
    """Row labels with headings among them, each indicator's row, and the headings' rows."""
    labels: list[str] = []
    row_of: dict[str, int] = {}
    headings: list[int] = []
    group = ""
    for indicator_id, name in names.items():
        if groups[indicator_id] and groups[indicator_id] != group:
            group = groups[indicator_id]
            headings.append(len(labels))
            labels.append(f"<b>{group}</b>")
        row_of[indicator_id] = len(labels)
        labels.append(wrapped_text(name, label_em))
    return labels, row_of, headings


def _staggered(names: list[str], levels: int) -> list[str]:
    """Horizontal names of columns narrower than they are: each raised by none to two lines."""
    return [
        "<br>".join(name if level == i % levels else " " for level in reversed(range(levels)))
        for i, name in enumerate(names)
    ]
