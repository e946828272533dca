"""Development over time, named at the line's end."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import axes, theme
from dashboard.charts.columns import customdata, flags, hovers, numbers, raw_words, words
from dashboard.charts.edge_labels import edge_label, edge_labels, reference_labels
from dashboard.charts.options import DEFAULTS, ChartOptions
from dashboard.charts.text import plain_text

HEIGHT = 320


@dataclass(frozen=True)
class Line:
    """One series: its rows in the frame and how it is drawn."""

    name: str
    rows: list[int]
    colour: str
    in_focus: bool
    is_dashed: bool = False  # something to compare with, thinner than what it is compared with

    def within(self, rows: Container[int]) -> Line:
        """Return the part of the line that lies in `rows`."""
        return replace(self, rows=[i for i in self.rows if i in rows])


@dataclass(frozen=True)
class Points:
    """The rows of a frame of lines: their columns on the x axis, values, ids and hover texts."""

    places: list[int]
    values: list[float | None]
    ids: list[str]
    hovers: list[str]
    forecast: list[bool]

    def last(self, rows: Sequence[int]) -> int | None:
        """Return the last of `rows` that has a value."""
        return next((i for i in reversed(rows) if self.values[i] is not None), None)


def line_chart(frame: pd.DataFrame, options: ChartOptions = DEFAULTS) -> go.Figure:
    """One to four lines over periods; with `highlight`, any number, all but those in grey.

    Frame, one row per series and period, periods in order: `x` (the period as it reads), `value`;
    optional `series` (its name, written with the last `text` at the line's end), `id` (of the
    series or the point), `text`, `forecast` (true: dashed and hollow), `hover`.
    A row without a value is a gap marked with `missing_text`; a period that is not due has no row.
    `highlight`, `dashed` and the keys of `colours` are ids (names where the frame has no id); a
    county keeps its colour.
    """
    names, texts = words(frame, "series"), words(frame, "text")
    periods = list(dict.fromkeys(words(frame, "x")))
    points = read_points(
        frame,
        periods,
        ids=raw_words(frame, "id" if "id" in frame else "series"),
        hovers=hovers(frame, "hover", words(frame, "x"), names, texts),
    )
    lines = axes.references(options)
    span = axes.value_span(
        [*points.values, *(line.value for line in lines)],
        options.value_range,
        from_zero=options.from_zero,
        padding=0.1,
    )
    drawn = series_lines(names, points.ids, options)
    edge = reference_labels(lines)
    for line in drawn:
        last = points.last(line.rows)
        if last is not None and line.in_focus:
            label = f"{raw_words(frame, 'series')[last]} {raw_words(frame, 'text')[last]}"
            edge.append(edge_label(points.values[last] or 0.0, label, line.colour))

    layout = theme.base_layout(
        height=options.height or HEIGHT,
        top=12,
        bottom=30 + (theme.NOTE_ROW if options.axis_note else 0),
        uirevision=options.uirevision,
    )
    annotations, layout["margin"]["r"] = edge_labels(edge, span, theme.plot_height(layout))
    annotations += missing_notes(drawn, points, plain_text(options.missing_text))
    columns = axes.column_axis(periods, every=options.tick_every, room=0.3)
    layout |= {
        "xaxis": axes.titled(columns, options.axis_note),
        "yaxis": axes.value_axis(span, options),
        "shapes": axes.horizontal_lines(lines, (columns["range"][0], columns["range"][1])),
        "annotations": annotations,
    }
    return theme.DrawnFigure(line_traces(drawn, points), layout)


def read_points(
    frame: pd.DataFrame,
    periods: Sequence[str],
    *,
    ids: list[str],
    hovers: list[str],
) -> Points:
    """Points of a frame whose periods stand at 0, 1, … of the x axis."""
    position = {period: i for i, period in enumerate(periods)}
    return Points(
        places=[position[period] for period in words(frame, "x")],
        values=numbers(frame, "value"),
        ids=ids,
        hovers=hovers,
        forecast=flags(frame, "forecast"),
    )


def series_lines(
    names: Sequence[str], identifiers: Sequence[str], options: ChartOptions
) -> list[Line]:
    """Return the series in the frame's order, the grey ones first so that they lie behind."""
    chosen = set(options.highlight or ())
    given = {**theme.COUNTY_COLOURS, **(options.colours or {})}
    rows: dict[str, list[int]] = {}
    for i, name in enumerate(names):
        rows.setdefault(name, []).append(i)
    lines: list[Line] = []
    for name, members in rows.items():
        identifier = identifiers[members[0]]
        in_focus = not chosen or identifier in chosen
        number = sum(line.in_focus for line in lines)
        palette = given.get(identifier, theme.COLOURS[number % len(theme.COLOURS)])
        colour = palette if in_focus else theme.CONTEXT
        lines.append(Line(name, members, colour, in_focus, identifier in options.dashed))
    return sorted(lines, key=lambda line: line.in_focus)


def line_traces(lines: Sequence[Line], points: Points, *, axis: str = "") -> list[dict[str, Any]]:
    """Return the grey lines as one trace, and of each other its measured and its dashed part.

    `axis` is the number of the panel's axes ("" for the first).
    """
    traces = []
    context: list[int | None] = [
        i for line in lines if not line.in_focus for i in [*line.rows, None]
    ]
    if context:
        traces.append(_stretch(points, context, theme.CONTEXT, axis, width=1.4, size=5))
    for line in lines:
        if line.in_focus and line.rows:
            actual = [i for i in line.rows if not points.forecast[i]]
            ahead = [i for i in line.rows if points.forecast[i]]
            drawn = _stretch(points, actual, line.colour, axis)
            traces.append(_compared(drawn) if line.is_dashed else drawn)
            if ahead:
                traces.append(_dashed(_stretch(points, [*actual[-1:], *ahead], line.colour, axis)))
    return traces


def _stretch(
    points: Points,
    rows: Sequence[int | None],
    colour: str,
    axis: str,
    *,
    width: float = 2.6,
    size: int = 8,
) -> dict[str, Any]:
    """Return line through the points in `rows`; None ends it, and the next point begins another."""
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [None if i is None else points.places[i] for i in rows],
        "y": [None if i is None else points.values[i] for i in rows],
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
        "connectgaps": False,
        "line": {"color": colour, "width": width},
        "marker": {"size": size, "color": colour},
        "cliponaxis": False,
        "customdata": customdata(["" if i is None else points.ids[i] for i in rows]),
        "hovertext": ["" if i is None else points.hovers[i] for i in rows],
        "hoverinfo": "text",
        **theme.SELECTION,
    }


def _compared(trace: dict[str, Any]) -> dict[str, Any]:
    """Return the trace of something to compare with: thin and dashed, its points small."""
    return {
        **trace,
        "line": {**trace["line"], "dash": "6px,4px", "width": 1.6},
        "marker": {**trace["marker"], "size": 4},
    }


def _dashed(trace: dict[str, Any]) -> dict[str, Any]:
    """Return the trace of a forecast: its line dashed, its points hollow."""
    return {
        **trace,
        "line": {**trace["line"], "dash": "5px,4px"},
        "marker": {**trace["marker"], "symbol": "circle-open"},
    }


def missing_notes(
    lines: Sequence[Line], points: Points, text: str, *, axis: str = ""
) -> list[dict[str, Any]]:
    """`text` once at the foot of every period in which a line in focus has a gap."""
    rows = [i for line in lines if line.in_focus for i in line.rows]
    gaps = {points.places[i] for i in rows if points.values[i] is None}
    return [
        {**note, "xref": f"x{axis}", "yref": f"y{axis} domain"}
        for place in sorted(gaps)
        for note in axes.column_texts([(place, 0.0, text)])
    ]
