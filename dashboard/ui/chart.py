"""Drawing a card's chart: in the page's light or dark, in the reader's language, with its click."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any, Literal
from weakref import WeakKeyDictionary

import plotly.graph_objects as go
import streamlit as st

from dashboard import charts
from dashboard.cards.model import Card, Chart, Selects
from dashboard.ui import links
from dashboard.ui.filter_bar import toggle_county
from dashboard.ui.frame import current_context
from dashboard.words.language import Language

_FIGURES: WeakKeyDictionary[Chart, go.Figure] = WeakKeyDictionary()
_DARK_FIGURES: WeakKeyDictionary[Chart, go.Figure] = WeakKeyDictionary()
_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|]+')
_LONGEST_NAME = 80  # characters; Windows takes 255 for the whole path


def show_chart(card: Card, chart: Chart, key: str, language: Language) -> None:
    """Draw one of a card's charts; a click on one of its marks chooses what the chart says."""
    choose = None if chart.selects is None else partial(_choose, chart.selects)
    draw_chart(card, chart, key, language, on_click=choose)


def draw_chart(
    card: Card,
    chart: Chart,
    key: str,
    language: Language,
    *,
    on_click: Callable[[str], None] | None = None,
    width: int | Literal["stretch"] = "stretch",
    height: int | Literal["content"] = "content",
    is_light: bool = False,
) -> None:
    """Draw a chart, in pixels where its place is fixed; ``on_click`` is told the mark's id.

    ``is_light``: whatever the reader's page is.
    """
    config = _plot_config(_file_name(card), language)
    if width != "stretch":  # Plotly would measure the place as it is enlarged
        config["responsive"] = False
    st.plotly_chart(
        drawn_light(chart) if is_light else drawn(chart),
        key=key,
        width=width,
        height=height,
        theme=None,
        config=config,
        alt=text_alternative(card, chart, language),
        selection_mode="points",
        on_select="ignore" if on_click is None else partial(_on_select, key, on_click),
    )


def text_alternative(card: Card, chart: Chart, language: Language) -> str:
    """Say what a chart shows, of what, and what is found, to whoever does not see it."""
    _ = language
    kind = {
        "bar": _("Bar chart"),
        "contribution": _("Bar chart"),
        "count_progress": _("Bars up to a target"),
        "county_dot": _("Dot chart"),
        "county_map": _("Map"),
        "cumulative": _("Line chart"),
        "dot_strip": _("Dot chart"),
        "gantt": _("Time chart"),
        "line": _("Line chart"),
        "small_multiples": _("Line charts"),
        "stacked_bar": _("Stacked bars"),
        "status_matrix": _("Table of statuses"),
        "track": _("Steps reached"),
    }[chart.shape]
    words = dict.fromkeys((chart.alt, card.finding))
    return _("{kind}: {measure}. {words}", kind=kind, measure=card.subtitle, words=" ".join(words))


def _file_name(card: Card) -> str:
    """Return the name of a saved picture.

    Its finding and measure, for the picture itself has no title.
    """
    return _NOT_IN_FILE_NAMES.sub(" ", f"{card.finding} {card.subtitle}")[:_LONGEST_NAME].strip()


def drawn_light(chart: Chart) -> go.Figure:
    """Draw a chart once: the card that holds it is kept for everybody with the same view."""
    if chart not in _FIGURES:
        _FIGURES[chart] = charts.figure(chart.shape, chart.frame, chart.options)
    return _FIGURES[chart]


def drawn(chart: Chart) -> go.Figure:
    """Draw a chart once in the page's light or dark."""
    if st.context.theme.type != "dark":
        return drawn_light(chart)
    if chart not in _DARK_FIGURES:
        _DARK_FIGURES[chart] = charts.dark_figure(drawn_light(chart))
    return _DARK_FIGURES[chart]


def _plot_config(name: str, language: Language) -> dict[str, Any]:
    """Return the chart's own button (save as picture) in the reader's language."""
    _ = language
    words = {
        "Download plot as a PNG": _("Download plot as a PNG"),
        "Taking snapshot - this may take a few seconds": _("Taking the picture"),
        "Snapshot succeeded": _("Picture saved"),
    }
    return charts.plot_config(language.code, words, file_name=name)


def _on_select(key: str, on_click: Callable[[str], None]) -> None:
    """Tell which mark was clicked."""
    points = st.session_state[key]["selection"]["points"]
    selected = {str(point["customdata"][0]) for point in points if point.get("customdata")}
    clicked = _clicked(st.session_state.get(f"{key}-selected", set()), selected)
    st.session_state[f"{key}-selected"] = selected
    if clicked is not None:
        on_click(clicked)


def _choose(selects: Selects, clicked: str) -> None:
    """Do what a click asks: narrow to a county, or open a school, a project or an indicator.

    A county's own mark among its schools narrows as well.
    """
    if selects is Selects.COUNTY or clicked in current_context().county_ids:
        toggle_county(clicked)
    else:
        links.ask(selects, clicked)


def _clicked(before: set[str], selected: set[str]) -> str | None:
    """Tell which id was clicked from what a chart had selected before and has now.

    Plotly takes a second click on a mark for the wish to select nothing. A chart that was drawn
    anew has forgotten what it had selected: there the first click selects it once more.
    """
    return min((selected - before) or (before - selected) or selected, default=None)
