"""The same figure on a dark page: one table of colours, applied to a figure as it was drawn.

Shapes are drawn in light colours only and know nothing of this. A colour that is missing in the
table would stay as it is on white; a test draws every card of every page and finds such a colour.

The table turns light and dark round: what is deep on white is bright here, so text in a bar that
was white on a deep colour is dark on a bright one, and black on a light colour becomes white on a
deep one.
"""

from __future__ import annotations

import re
from typing import Any

import plotly.graph_objects as go

from dashboard.charts import theme

PAPER = "#14181D"
INK = "#ECEEF0"

DARK_COLOURS = {
    # paper and ink
    "#FFFFFF": PAPER,
    theme.PAPER: "rgba(20,24,29,0.85)",
    "#000000": "#FFFFFF",
    theme.INK: INK,
    theme.QUIET_INK: "#B4B9BF",
    theme.HOLLOW: "#8F969E",
    theme.GRID: "#2F363E",
    # what stands back: bars behind, tracks, joins, planned time
    theme.CONTEXT: "#616A74",
    "#A6A6A6": "#79818A",
    "#D0D0D0": "#49525B",
    "#EDEDED": "#272E36",
    "#D3DDE7": "#34414F",
    "#DCEBF7": "#22384D",
    # the ten colours, and the one shade of blue besides
    "#12436D": "#9CCBFF",
    "#28A197": "#197970",
    "#801650": "#FFB0D6",
    "#F46A25": "#B54C0C",
    "#3D3D3D": "#DADDE1",
    "#A285D1": "#7A5CC4",
    "#2073BC": "#4A90E2",
    "#5B7F1D": "#9CC24A",
    "#8A5A00": "#C99A2E",
    "#6B6F8A": "#8E93B3",
    "#6BACE6": "#3B6C9E",
    # the shades of them that letters take
    "#1A7A72": "#2FB8AC",
    "#B8430A": "#F58A4B",
    "#7252A8": "#B79CE6",
    # statuses, and the red of warnings
    "#1E8A81": "#2FA599",
    "#8A6A00": "#D9B44A",
    "#D1490C": "#E8683A",
    "#C2440A": "#F07A45",
}

_STYLED = re.compile(r'(?<=style="color:)#[0-9A-F]{6}(?=")')


def dark_figure(figure: theme.DrawnFigure) -> go.Figure:
    """Return the figure in the colours of the dark page; the given one stays as it is."""
    drawn = _dark(figure.to_dict())
    return theme.DrawnFigure(drawn["data"], drawn["layout"])


def _dark(part: Any) -> Any:
    """Return a part of a figure with every colour exchanged; arrays hold data, never colours."""
    if isinstance(part, str):
        return DARK_COLOURS.get(part) or _STYLED.sub(_exchanged, part)
    if isinstance(part, dict):
        return {name: _dark(value) for name, value in part.items()}
    if isinstance(part, (list, tuple)):
        return [_dark(value) for value in part]
    return part


def _exchanged(match: re.Match[str]) -> str:
    return DARK_COLOURS.get(match[0], match[0])
