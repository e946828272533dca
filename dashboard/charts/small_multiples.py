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
from dashboard.charts.options import DEFAULTS, ChartOptions
from dashboard.charts.text import plain_text, text_width, wrapped_text

PANEL_HEIGHT = 130
TITLE_LINE = 19
TICKS_HEIGHT = 30
GAP = 0.09
# Of a plot on a phone, in em of the panels' titles.
PHONE_PLOT_EM = 20.0
ROOM = 0.4
ENDS_ROOM = 0.4  # of the columns, for the values at the lines' ends


def small_multiples_chart(frame: pd.DataFrame, options: ChartOptions = DEFAULTS) -> go.Figure:
    """Return a panel per group in the frame's order, two to four beside each other.

    They share one y range; with `own_scales` every panel has a unit and a y range of its own, and
    the last values stand at the ends of its lines.

    Frame, one row per panel, series and period: `panel`, `id` (of the panel or the point), `x`,
    `value`; optional `series` (up to four, named in the key), `text` (with one series, the last
    one stands beside the panel's name), `target` (the panel's standard: a line), `forecast`,
    `hover`. `target_text` names that line; `highlight`, `dashed` and the keys of `colours`
    are series names. Four columns are too many for a phone.
    """
    panels, names = words(frame, "panel"), words(frame, "series")
    texts, targets = words(frame, "text"), numbers(frame, "target")
    periods = list(dict.fromkeys(words(frame, "x")))
    hover = hovers(frame, "hover", panels, words(frame, "x"), names, texts)
    points = read_points(frame, periods, ids=raw_words(frame, "id"), hovers=hover)

    def span_of(rows: Iterable[int]) -> axes.Range:
        values = [number for i in rows for number in (points.values[i], targets[i])]
        padding = 0.2 if options.own_scales else 0.1  # values are written at the ends of the lines
        return axes.value_span(
            values, options.value_range, from_zero=options.from_zero, padding=padding
        )

    shared = span_of(range(len(panels)))
    members: dict[str, list[int]] = {}
    for i, panel in enumerate(panels):
        members.setdefault(panel, []).append(i)

    drawn = series_lines(names, raw_words(frame, "series"), options)
    several = len(drawn) > 1
    latest: dict[str, str] = {}
    for panel, rows in members.items():
        last = points.last(rows)
        latest[panel] = "" if last is None or several else texts[last]
    columns = min(options.columns, len(members))
    raw = dict(zip(panels, raw_words(frame, "panel"), strict=True))
    titles, title_lines = _titles(raw, latest, columns, several=several)
    # The last period of one panel and the first of the next must not run into each other.
    gap = max(GAP, max(map(text_width, periods)) / PHONE_PLOT_EM)
    height = options.panel_height or PANEL_HEIGHT
    grid = _Grid(len(members), columns, height, title_lines, gap)
    layout = theme.base_layout(
        height=8 + grid.height + 8 + (theme.NOTE_ROW if options.axis_note else 0),
        top=8,
        bottom=8 + (theme.NOTE_ROW if options.axis_note else 0),
        key=_key(drawn if several else (), targets, options.target_text),
        uirevision=options.uirevision,
    )
    traces: list[dict[str, Any]] = []
    shapes, annotations = list[dict[str, Any]](), list[dict[str, Any]]()
    for number, (panel, rows) in enumerate(members.items()):
        axis = "" if number == 0 else str(number + 1)
        left, right, lower, upper = grid.domain(number)
        inside = set(rows)
        span = span_of(rows) if options.own_scales else shared
        parts = [line.within(inside) for line in drawn]
        traces += line_traces(parts, points, axis=axis)
        annotations += missing_notes(parts, points, plain_text(options.missing_text), axis=axis)
        annotations.append(_label(titles[panel], left, upper, theme.LABEL_SIZE))
        standard = next((targets[i] for i in rows if targets[i] is not None), None)
        if standard is not None:
            shapes.append(_standard(standard, len(periods), axis))
        columns_axis = axes.column_axis(periods, every=max(len(periods) - 1, 1), room=ROOM)
        if options.own_scales:
            last_values = _last_values(parts, points, texts)
            ends_at = max(
                (points.places[i] for i in rows if points.values[i] is not None), default=0
            )
            annotations += end_labels(last_values, span, height, x=ends_at, axis=axis)
            columns_axis["range"] = [-ROOM, len(periods) - 1 + ENDS_ROOM * len(periods)]
        values_axis = axes.value_axis(span, options, ticks=4)
        values_axis["showticklabels"] = options.own_scales or left == 0
        layout[f"xaxis{axis}"] = columns_axis | {"domain": [left, right], "anchor": f"y{axis}"}
        layout[f"yaxis{axis}"] = values_axis | {"domain": [lower, upper], "anchor": f"x{axis}"}
    if note := plain_text(options.axis_note):
        annotations.append(_label(note, 0, 0, theme.NOTE_SIZE) | {"yanchor": "top"})
    layout |= {"shapes": shapes, "annotations": annotations}
    return theme.DrawnFigure(traces, layout)


def _titles(
    raw: Mapping[str, str], latest: Mapping[str, str], columns: int, *, several: bool
) -> tuple[dict[str, str], int]:
    """Return what stands above the panels, and in how many lines at the most.

    `raw` are the panels' names by what is drawn of them, `latest` the values beside them: none
    where a panel has `several` lines, so that a long name may take more lines itself.
    """
    if several:
        wrapped = {p: wrapped_text(text, PHONE_PLOT_EM / columns) for p, text in raw.items()}
        lines = max(heading.count("<br>") + 1 for heading in wrapped.values())
        return {panel: f"<b>{heading}</b>" for panel, heading in wrapped.items()}, lines
    widest = max(text_width(f"{panel} {text}") for panel, text in latest.items())
    lines = 2 if any(latest.values()) and widest > PHONE_PLOT_EM / columns else 1
    titles = {
        panel: f"<b>{panel}</b>{'<br>' if lines > 1 and text else ' '}{text}".rstrip()
        for panel, text in latest.items()
    }
    return titles, lines


def _standard(value: float, periods: int, axis: str) -> dict[str, Any]:
    """Return the line of a panel's own standard."""
    line = axes.Reference(value, "", is_target=True)
    return axes.reference_shape(line, (-ROOM, periods - 1 + ROOM), (value, value), axis=axis)


def _key(
    lines: Sequence[Line], targets: Sequence[float | None], target_text: str
) -> list[theme.KeyEntry]:
    """Return the key: several lines by name, and the panels' own standards."""
    key = [theme.KeyEntry("┅" if line.is_dashed else "━", line.colour, line.name) for line in lines]
    if any(target is not None for target in targets):
        key.append(theme.KeyEntry("━", theme.INK, plain_text(target_text)))
    return key


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
