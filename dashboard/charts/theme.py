"""Colours, type and page furniture every chart shares; the settings `st.plotly_chart` takes.

Figures carry their whole look (pass `theme=None` to `st.plotly_chart`): backgrounds are
transparent, axes do not zoom, and sizes suit a 1280 x 720 projector.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard import palette
from dashboard.charts.text import LINE_HEIGHT, plain_text, text_width

FONT_FAMILY = "Microsoft YaHei, Noto Sans CJK SC, PingFang SC, sans-serif"
LABEL_SIZE = 14
TICK_SIZE = 13
NOTE_SIZE = 12

INK = palette.INK
QUIET_INK = palette.QUIET_INK
GRID = "#E4E4E4"
FOCUS = palette.SERIES_COLOURS[0]
CONTEXT = palette.CONTEXT
CITY = palette.CITY
HOLLOW = palette.STATUS_COLOURS["not_due"]
PAPER = "rgba(255,255,255,0.85)"

COLOURS = palette.SERIES_COLOURS
_LETTERS = {"#28A197": "#1A7A72", "#F46A25": "#B8430A", "#A285D1": "#7252A8", "#BFBFBF": "#595959"}

# GB/T 2260 codes in the official order; a county keeps its colour on every page.
COUNTY_COLOURS = dict(
    zip(
        ("330602", "330603", "330604", "330681", "330683", "330624", "330600"),
        COLOURS,
        strict=False,
    )
)


@dataclass(frozen=True)
class StatusMark:
    """How one status looks: `glyph` in running text, Plotly `symbol` and `colour` in a chart."""

    glyph: str
    symbol: str
    colour: str


_SYMBOLS = {
    "met": "circle",
    "on_track": "triangle-up",
    "near": "diamond",
    "behind": "triangle-down",
    "not_due": "circle-open",
    "missing": "x-thin-open",
    "withheld": "diamond-open",
    "provisional": "square-open",
}
STATUS_MARKS = {
    status: StatusMark(palette.STATUS_GLYPHS[status], symbol, palette.STATUS_COLOURS[status])
    for status, symbol in _SYMBOLS.items()
}


def colour_of(colour: str) -> str:
    """Return a colour given as itself or by the status it stands for."""
    return STATUS_MARKS[colour].colour if colour in STATUS_MARKS else colour


# A click marks its point without washing out the others.
SELECTED_OPACITY = 1.0
UNSELECTED_OPACITY = 0.55
SELECTION: dict[str, Any] = {
    "selected": {"marker": {"opacity": SELECTED_OPACITY}},
    "unselected": {"marker": {"opacity": UNSELECTED_OPACITY}},
}

# Direct labels must not fade when something else is clicked.
TEXT_SELECTION: dict[str, Any] = {
    "selected": {"marker": {"opacity": SELECTED_OPACITY}, "textfont": {"color": INK}},
    "unselected": {"marker": {"opacity": UNSELECTED_OPACITY}, "textfont": {"color": QUIET_INK}},
}

CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "displayModeBar": "hover",
    "modeBarButtons": [["toImage"]],
    "doubleClick": False,
    "scrollZoom": False,
    "responsive": True,
    "toImageButtonOptions": {"format": "png", "scale": 2},
}

PHONE_WIDTH = 350
KEY_ROW = 18
NOTE_ROW = 22


def plot_config(locale: str, words: Mapping[str, str], file_name: str = "chart") -> dict[str, Any]:
    """Return the `config` of `st.plotly_chart` in the caller's language.

    `words` translates plotly.js's own phrases ("Download plot as a PNG", …); they travel with the
    figure because the bundled plotly.js knows English only. `file_name` names the saved image.
    """
    return {
        **CONFIG,
        "locale": locale,
        "locales": {locale: {"dictionary": dict(words)}},
        "toImageButtonOptions": {**CONFIG["toImageButtonOptions"], "filename": file_name},
    }


@dataclass(frozen=True)
class KeyEntry:
    """One sign of the key and what it stands for (escaped)."""

    glyph: str
    colour: str
    text: str


def key_lines(entries: Sequence[KeyEntry]) -> list[str]:
    """Return the key in as many lines as it needs at phone width.

    Entries without a text are left out.
    """
    lines: list[str] = []
    used = 0.0
    for entry in entries:
        if not entry.text:
            continue
        width = (text_width(entry.text) + 2.3) * TICK_SIZE
        sign = f'<span style="color:{entry.colour}">{entry.glyph}</span> {entry.text}'
        if lines and used + width <= PHONE_WIDTH:
            lines[-1] += "\u2003" + sign
            used += width
        else:
            lines.append(sign)
            used = width
    return lines


def _key_title(lines: Sequence[str]) -> dict[str, Any]:
    """Return the key as `layout.title`, at the figure's left edge above everything.

    Plotly's own legend sets its entries in columns and takes three lines on a phone for what
    fits in one; and only the title can begin at the edge of the figure instead of the plot's.
    """
    return {
        "text": "<br>".join(lines),
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        # plotly.js lifts a title by all its lines but the first.
        "pad": {"t": 5 + (len(lines) - 1) * TICK_SIZE * LINE_HEIGHT, "l": 8},
        "font": {"size": TICK_SIZE, "color": INK},
    }


class DrawnFigure(go.Figure):  # type: ignore[misc]
    """A figure that is shown as it was drawn.

    Plotly makes an object of every property, checks it and makes plain data of it again: three
    quarters of a figure's time, and showing it needs none of that. So this keeps the plain data,
    and becomes a full figure only when somebody asks for more. The tests let Plotly check every
    shape.
    """

    def __init__(self, data: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> None:
        self.__dict__["_drawn"] = {"data": list(data), "layout": dict(layout)}

    def __getattr__(self, name: str) -> Any:
        """Become a full figure: what is asked for is set up by Plotly's own constructor."""
        if "_data" in self.__dict__ or name.startswith("__"):
            raise AttributeError(name)
        super().__init__(**self.__dict__["_drawn"], _validate=False)
        return getattr(self, name)

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as plain data, shared by everybody who shows it."""
        drawn: dict[str, Any] = self.__dict__["_drawn"]
        return drawn


def base_layout(
    *,
    height: int,
    top: int = 8,
    bottom: int = 32,
    right: int = 12,
    key: Sequence[KeyEntry] = (),
    uirevision: str | None = None,
) -> dict[str, Any]:
    """Layout every chart starts from, in pixels: `height` without the key, `top` below the key."""
    lines = key_lines(key)
    key_height = 6 + KEY_ROW * len(lines) if lines else 0
    layout: dict[str, Any] = {
        "template": "none",
        "height": height + key_height,
        "margin": {"l": 8, "r": right, "t": top + key_height, "b": bottom, "pad": 4},
        "font": {"family": FONT_FAMILY, "size": LABEL_SIZE, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {
            "align": "left",
            "bgcolor": "#FFFFFF",
            "bordercolor": CITY,
            "font": {"family": FONT_FAMILY, "size": TICK_SIZE, "color": INK},
        },
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": HOLLOW, "activecolor": INK},
        "dragmode": False,
        "uirevision": uirevision,
    }
    if lines:
        layout["title"] = _key_title(lines)
    return layout


def plot_height(layout: Mapping[str, Any]) -> int:
    """Pixels between the top and bottom margins of a `base_layout`."""
    return int(layout["height"] - layout["margin"]["t"] - layout["margin"]["b"])


def letters(colour: str) -> str:
    """Return a shade of a palette colour dark enough for text (4.5 to 1 on white)."""
    return _LETTERS.get(colour, colour)


def empty_figure(text: str, *, height: int = 160, uirevision: str | None = None) -> go.Figure:
    """Return a figure without data that says so in the caller's words."""
    layout = base_layout(height=height, uirevision=uirevision)
    layout["xaxis"] = {"visible": False, "fixedrange": True}
    layout["yaxis"] = {"visible": False, "fixedrange": True}
    layout["annotations"] = [
        {
            "text": plain_text(text),
            "x": 0.5,
            "y": 0.5,
            "xref": "paper",
            "yref": "paper",
            "showarrow": False,
            "font": {"size": LABEL_SIZE, "color": QUIET_INK},
        }
    ]
    return DrawnFigure([], layout)
