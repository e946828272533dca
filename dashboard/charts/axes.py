"""Axes with fixed ranges, and the target and pace lines across them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from dashboard.charts import theme
from dashboard.charts.options import ChartOptions
from dashboard.charts.text import plain_text

Range = tuple[float, float]

LABEL_ROW = 19
DUST = 1e-9  # of an axis: what adding shares up to 100 leaves over


def value_span(
    values: Iterable[float | None],
    given: Sequence[float | None] | None,
    *,
    from_zero: bool,
    padding: float = 0.08,
) -> Range:
    """Axis range that holds every value and at least `given` ([low, high], each may be None).

    A given end is kept as it is, so that an axis does not move when a filter changes; it gives
    way only to a value beyond it, which would otherwise vanish.
    """
    known = [value for value in values if value is not None]
    low_given, high_given = given if given is not None else (None, None)
    low = min([*known, *([0.0] if from_zero else [])], default=0.0)
    high = max([*known, *([0.0] if from_zero else [])], default=1.0)
    room = (high - low or abs(high) or 1.0) * padding
    dust = (high - low) * DUST
    if low_given is not None and low >= low_given - dust:
        start = low_given
    else:
        start = low if from_zero and low == 0 else low - room
    end = high_given if high_given is not None and high <= high_given + dust else high + room
    return start, end


@dataclass(frozen=True)
class Reference:
    """A labelled line across the plot: the target (solid) or where the year should be (dashed)."""

    value: float
    text: str
    is_target: bool

    @property
    def label(self) -> str:
        """The label, escaped; the target's is bold."""
        text = plain_text(self.text)
        return f"<b>{text}</b>" if self.is_target else text

    @property
    def line(self) -> dict[str, Any]:
        """Plotly line style."""
        dash = "solid" if self.is_target else "6px,4px"
        return {"color": theme.INK, "width": 1.8, "dash": dash}


def references(options: ChartOptions) -> list[Reference]:
    """Return the lines there are, the target first."""
    lines = []
    if options.target is not None:
        lines.append(Reference(float(options.target), options.target_text, is_target=True))
    if options.pace is not None:
        lines.append(Reference(float(options.pace), options.pace_text, is_target=False))
    return lines


def vertical_lines(
    lines: Sequence[Reference], span: Range, rows: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """Shapes across all `rows`, labels above the plot, and the pixels the labels need.

    Two labels stand back to back where both fit, else in two rows.
    """
    low, high = span
    places = [(line.value - low) / (high - low) for line in lines]
    anchors = ["left" if p < 0.3 else "right" if p > 0.7 else "center" for p in places]
    raised = [0] * len(lines)
    if len(lines) == 2:
        first, second = (0, 1) if places[0] <= places[1] else (1, 0)
        if places[first] > 0.35 and places[second] < 0.65:
            anchors[first], anchors[second] = "right", "left"
        else:
            raised[1] = 1
    shapes = [reference_shape(line, (line.value, line.value), (-0.5, rows - 0.5)) for line in lines]
    labels = [
        {
            "text": line.label,
            "x": line.value,
            "y": 1,
            "yref": "paper",
            "xanchor": anchor,
            "yanchor": "bottom",
            "yshift": 2 + level * LABEL_ROW,
            "showarrow": False,
            "font": {"size": theme.TICK_SIZE, "color": theme.INK},
        }
        for line, anchor, level in zip(lines, anchors, raised, strict=True)
    ]
    return shapes, labels, (max(raised, default=-1) + 1) * LABEL_ROW


def horizontal_lines(lines: Sequence[Reference], columns: Range) -> list[dict[str, Any]]:
    """Shapes across `columns`; their labels go to the right edge through `edge_labels`."""
    return [reference_shape(line, columns, (line.value, line.value)) for line in lines]


def reference_shape(line: Reference, x: Range, y: Range, *, axis: str = "") -> dict[str, Any]:
    """Return a line from (x[0], y[0]) to (x[1], y[1]) over the grid and under the data.

    plotly.js draws a shape there only if both its ends refer to axes, not to the paper.
    """
    return {
        "type": "line",
        "x0": x[0],
        "x1": x[1],
        "xref": f"x{axis}",
        "y0": y[0],
        "y1": y[1],
        "yref": f"y{axis}",
        "layer": "between",
        "line": line.line,
    }


def value_axis(span: Range, options: ChartOptions, *, ticks: int = 5) -> dict[str, Any]:
    """Return the axis of numbers: light grid, fixed range; `tick_format` is a d3 number format."""
    return {
        "range": list(span),
        "fixedrange": True,
        "showgrid": True,
        "gridcolor": theme.GRID,
        "zeroline": span[0] < 0 < span[1],
        "zerolinecolor": theme.QUIET_INK,
        "zerolinewidth": 1,
        "showline": False,
        "ticks": "",
        "nticks": ticks,
        "tickangle": 0,
        "tickfont": {"size": theme.TICK_SIZE, "color": theme.QUIET_INK},
        "tickformat": options.tick_format,
        "ticksuffix": options.tick_suffix,
        "exponentformat": "none",
        "separatethousands": True,
        "automargin": True,
    }


def titled(axis: dict[str, Any], note: str) -> dict[str, Any]:
    """Return the axis with a note below it: its unit, or that it does not begin at zero."""
    if not note:
        return axis
    title = {
        "text": plain_text(note),
        "font": {"size": theme.NOTE_SIZE, "color": theme.QUIET_INK},
        "standoff": 6,
    }
    return {**axis, "title": title}


def column_axis(
    labels: Sequence[str], *, every: int | None = None, room: float = 0.5
) -> dict[str, Any]:
    """Columns from left to right at 0, 1, …; `labels` are escaped.

    Of many labels only every n-th is written, counted back from the latest; `every` sets n.
    `room` is left free at both ends, in columns.
    """
    count = len(labels)
    step = every or ceil(count / 7) or 1
    shown = [i for i in range(count) if (count - 1 - i) % step == 0]
    return {
        "range": [-room, count - 1 + room],
        "fixedrange": True,
        "tickmode": "array",
        "tickvals": shown,
        "ticktext": [labels[i] for i in shown],
        "tickangle": 0,
        "tickfont": {"size": theme.TICK_SIZE, "color": theme.QUIET_INK},
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": theme.QUIET_INK,
        "ticks": "",
    }


def column_texts(labels: Iterable[tuple[int, float, str]]) -> list[dict[str, Any]]:
    """Escaped texts above vertical bars: (column, height of the bar, text)."""
    return [
        {
            "text": text,
            "x": column,
            "y": value,
            "yanchor": "bottom",
            "showarrow": False,
            "bgcolor": theme.PAPER,
            "borderpad": 0,
            "font": {"size": theme.TICK_SIZE, "color": theme.INK},
        }
        for column, value, text in labels
        if text
    ]
