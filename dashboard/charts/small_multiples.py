"""The same line chart once per group, on one scale or on one of its own each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import axes, theme
from dashboard.charts.columns import hovers, numbers, raw_words, words
from dashboard.charts.edge_labels import EdgeLabel, end_labels
from dashboard.charts.line import (
    Line,
    Points,
    line_traces,
    missing_notes,
    read_points,
    series_lines,
)
from dashboard.charts.text import plain_text, text_width, wrapped_text

PANEL_HEIGHT = 130
TITLE_LINE = 19
TICKS_HEIGHT = 30
GAP = 0.09
# Of a plot on a phone, in em of the panels' titles.
PHONE_PLOT_EM = 20.0
ROOM = 0.4
ENDS_ROOM = 0.4  # of the columns, for the values at the lines' ends


def small_multiples_chart(
    frame: pd.DataFrame,
    *,
    columns: int = 3,
    target_text: str = "",
    highlight: Sequence[str] | None = None,
    colours: Mapping[str, str] | None = None,
    dashed: Sequence[str] = (),
    own_scales: bool = False,
    value_range: Sequence[float | None] | None = None,
    from_zero: bool = False,
    tick_format: str = "",
    tick_suffix: str = "",
    axis_note: str = "",
    missing_text: str = "",
    empty_text: str = "",
    panel_height: int = PANEL_HEIGHT,
    uirevision: str | None = None,
    id_column: str = "id",
    panel_column: str = "panel",
    x_column: str = "x",
    series_column: str = "series",
    value_column: str = "value",
    text_column: str = "text",
    target_column: str = "target",
    hover_column: str = "hover",
) -> go.Figure:
    """Return a panel per group in the frame's order, two to four beside each other.

    One shared y range.

    With `own_scales` every panel has a unit and a y range of its own, and the last values stand at
    the ends of its lines.

    Frame, one row per panel, series and period: `panel`, `id` (of the panel or the point), `x`,
    `value`; optional `series` (up to four, named in the key), `text` (with one series, the last
    one stands beside the panel's name), `target` (the panel's standard: a line), `forecast`,
    `hover`. `target_text` names that line; `highlight`, `dashed` and the keys of `colours`
    are series names. Four columns are too many for a phone.
    """
    if frame.empty:
        return theme.empty_figure(empty_text, uirevision=uirevision)
    panels, names = words(frame, panel_column), words(frame, series_column)
    texts, targets = words(frame, text_column), numbers(frame, target_column)
    periods = list(dict.fromkeys(words(frame, x_column)))
    points = read_points(
        frame,
        periods,
        id_column=id_column,
        x_column=x_column,
        value_column=value_column,
        hovers=hovers(frame, hover_column, panels, words(frame, x_column), names, texts),
    )

    def span_of(rows: Iterable[int]) -> axes.Range:
        values = [number for i in rows for number in (points.values[i], targets[i])]
        padding = 0.2 if own_scales else 0.1  # values are written at the ends of the lines
        return axes.value_span(values, value_range, from_zero=from_zero, padding=padding)

    shared = span_of(range(len(panels)))
    members: dict[str, list[int]] = {}
    for i, panel in enumerate(panels):
        members.setdefault(panel, []).append(i)

    drawn = series_lines(
        names, raw_words(frame, series_column), highlight=highlight, colours=colours, dashed=dashed
    )
    several = len(drawn) > 1
    latest: dict[str, str] = {}
    for panel, rows in members.items():
        last = points.last(rows)
        latest[panel] = "" if last is None or several else texts[last]
    columns = min(columns, len(members))
    widest = max(text_width(f"{panel} {text}") for panel, text in latest.items())
    title_lines = 2 if any(latest.values()) and widest > PHONE_PLOT_EM / columns else 1
    headings = dict(zip(panels, raw_words(frame, panel_column), strict=True))
    if several:  # no value beside the name: a long one may take more lines itself
        headings = {p: wrapped_text(raw, PHONE_PLOT_EM / columns) for p, raw in headings.items()}
        title_lines = max(heading.count("<br>") + 1 for heading in headings.values())
    else:
        headings = {panel: panel for panel in headings}
    # The last period of one panel and the first of the next must not run into each other.
    gap = max(GAP, max(map(text_width, periods)) / PHONE_PLOT_EM)
    grid = _Grid(len(members), columns, panel_height, title_lines, gap)
    key = [
        theme.KeyEntry("┅" if line.is_dashed else "━", line.colour, line.name)
        for line in drawn
        if several
    ]
    if any(target is not None for target in targets):
        key.append(theme.KeyEntry("━", theme.INK, plain_text(target_text)))
    layout = theme.base_layout(
        height=8 + grid.height + 8 + (theme.NOTE_ROW if axis_note else 0),
        top=8,
        bottom=8 + (theme.NOTE_ROW if axis_note else 0),
        key=key,
        uirevision=uirevision,
    )
    traces: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    for number, (panel, rows) in enumerate(members.items()):
        axis = "" if number == 0 else str(number + 1)
        left, right, lower, upper = grid.domain(number)
        inside = set(rows)
        span = span_of(rows) if own_scales else shared
        parts = [line.within(inside) for line in drawn]
        traces += line_traces(parts, points, axis=axis)
        annotations += missing_notes(parts, points, plain_text(missing_text), axis=axis)
        between = "<br>" if title_lines > 1 and latest[panel] else " "
        title = f"<b>{headings[panel]}</b>{between}{latest[panel]}".rstrip()
        annotations.append(_label(title, left, upper, theme.LABEL_SIZE))
        standard = next((targets[i] for i in rows if targets[i] is not None), None)
        if standard is not None:
            line = axes.Reference(standard, target_text, is_target=True)
            ends = (-ROOM, len(periods) - 1 + ROOM)
            shapes.append(axes.reference_shape(line, ends, (standard, standard), axis=axis))
        columns_axis = axes.column_axis(periods, every=max(len(periods) - 1, 1), room=ROOM)
        if own_scales:
            last_values = _last_values(parts, points, texts)
            known = [points.places[i] for i in rows if points.values[i] is not None]
            ends_at = max(known, default=0)
            annotations += end_labels(last_values, span, panel_height, x=ends_at, axis=axis)
            columns_axis["range"] = [-ROOM, len(periods) - 1 + ENDS_ROOM * len(periods)]
        layout[f"xaxis{axis}"] = columns_axis | {"domain": [left, right], "anchor": f"y{axis}"}
        layout[f"yaxis{axis}"] = axes.value_axis(
            span, tick_format=tick_format, tick_suffix=tick_suffix, ticks=4
        ) | {
            "domain": [lower, upper],
            "anchor": f"x{axis}",
            "showticklabels": own_scales or left == 0,
        }
    if axis_note:
        note = _label(plain_text(axis_note), 0, 0, theme.NOTE_SIZE)
        annotations.append(note | {"yanchor": "top"})
    layout |= {"shapes": shapes, "annotations": annotations}
    return theme.DrawnFigure(traces, layout)


def _last_values(lines: Sequence[Line], points: Points, texts: Sequence[str]) -> list[EdgeLabel]:
    """Return the last value of every line, as it reads."""
    last = {line.colour: points.last(line.rows) for line in lines}
    return [
        EdgeLabel(points.values[i] or 0.0, texts[i], colour)
        for colour, i in last.items()
        if i is not None
    ]


@dataclass(frozen=True)
class _Grid:
    """Panels in rows of `columns`; every panel has its title above and its ticks below."""

    panels: int
    columns: int
    panel_height: int
    title_lines: int
    gap: float  # between two columns, as a share of the plot

    @property
    def cell(self) -> int:
        return self.title_height + self.panel_height + TICKS_HEIGHT

    @property
    def title_height(self) -> int:
        return TITLE_LINE * self.title_lines + 9

    @property
    def height(self) -> int:
        return ceil(self.panels / self.columns) * self.cell

    def domain(self, number: int) -> tuple[float, float, float, float]:
        """Left, right, lower and upper edge of a panel as shares of the plot."""
        row, column = divmod(number, self.columns)
        width = (1 - self.gap * (self.columns - 1)) / self.columns
        left = column * (width + self.gap)
        top = row * self.cell + self.title_height
        upper = 1 - top / self.height
        return left, min(left + width, 1.0), upper - self.panel_height / self.height, upper


def _label(text: str, x: float, y: float, size: int) -> dict[str, Any]:
    return {
        "text": text,
        "x": x,
        "y": y,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "font": {"size": size, "color": theme.INK},
    }
