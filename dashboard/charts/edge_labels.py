"""Names at the right edge of a plot, each at the height of its line and none over another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from dashboard.charts import theme
from dashboard.charts.axes import Range, Reference
from dashboard.charts.text import LINE_HEIGHT, text_width, wrapped_text


@dataclass(frozen=True)
class EdgeLabel:
    """Text beside the right edge at the height of `value`; already escaped."""

    value: float
    text: str
    colour: str


EDGE_LABEL_EM = 7.5
NO_LABELS = 12


def edge_label(value: float, text: str, colour: str, *, bold: bool = False) -> EdgeLabel:
    """Return edge label from raw text, wrapped so that it leaves room for the plot on a phone."""
    lines = wrapped_text(text, EDGE_LABEL_EM)
    return EdgeLabel(value, f"<b>{lines}</b>" if bold else lines, theme.letters(colour))


def reference_labels(lines: Sequence[Reference]) -> list[EdgeLabel]:
    """Return the labels of target and pace lines; the target's is bold."""
    return [edge_label(r.value, r.text, theme.INK, bold=r.is_target) for r in lines]


def edge_labels(
    labels: Sequence[EdgeLabel], span: Range, plot_height: float
) -> tuple[list[dict[str, Any]], int]:
    """Annotations that do not overlap, and the right margin in pixels they need."""
    if not labels:
        return [], NO_LABELS
    low, high = span
    size = theme.TICK_SIZE
    ordered = sorted(labels, key=lambda label: label.value)
    heights = [size * LINE_HEIGHT * (label.text.count("<br>") + 1) for label in ordered]
    wanted = [(label.value - low) / (high - low) * plot_height for label in ordered]
    places = _apart(wanted, heights, plot_height)
    widest = max(
        text_width(line)
        for label in ordered
        for line in label.text.replace("<b>", "").replace("</b>", "").split("<br>")
    )
    annotations = [
        {
            "text": label.text,
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 6,
            "y": place / plot_height,
            "yref": "paper",
            "yanchor": "middle",
            "align": "left",
            "showarrow": False,
            "font": {"size": size, "color": label.colour},
        }
        for label, place in zip(ordered, places, strict=True)
    ]
    return annotations, ceil(widest * size) + 14


def end_labels(
    labels: Sequence[EdgeLabel], span: Range, plot_height: float, *, x: float, axis: str
) -> list[dict[str, Any]]:
    """Annotations right of column `x` inside one panel, at their lines' ends and apart."""
    low, high = span
    ordered = sorted(labels, key=lambda label: label.value)
    wanted = [(label.value - low) / (high - low) * plot_height for label in ordered]
    places = _apart(wanted, [theme.NOTE_SIZE * LINE_HEIGHT] * len(ordered), plot_height)
    return [
        {
            "text": label.text,
            "x": x,
            "xref": f"x{axis}",
            "xanchor": "left",
            "xshift": 7,
            "y": low + place / plot_height * (high - low),
            "yref": f"y{axis}",
            "yanchor": "middle",
            "showarrow": False,
            "font": {"size": theme.NOTE_SIZE, "color": theme.letters(label.colour)},
        }
        for label, place in zip(ordered, places, strict=True)
    ]


def _apart(wanted: Sequence[float], heights: Sequence[float], room: float) -> list[float]:
    """Centres as near to `wanted` (ascending) as boxes of `heights` allow inside `room`."""
    groups: list[tuple[float, list[int]]] = []
    for index in range(len(wanted)):
        members = [index]
        while True:
            total = sum(heights[i] for i in members)
            start, offset = 0.0, 0.0
            for i in members:
                start += wanted[i] - offset - heights[i] / 2
                offset += heights[i]
            start /= len(members)
            start = min(max(start, -heights[members[0]] / 2), room - total + heights[-1] / 2)
            if groups and groups[-1][0] + sum(heights[i] for i in groups[-1][1]) > start:
                members = groups.pop()[1] + members
                continue
            groups.append((start, members))
            break
    places = []
    for start, members in groups:
        edge = start
        for i in members:
            places.append(edge + heights[i] / 2)
            edge += heights[i]
    return places
