"""Drawing a card's chart: in the page's light or dark, in the reader's language, with its click."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

import plotly.graph_objects as go
import streamlit as st

from dashboard import charts
from dashboard.language import Language
from dashboard.report import Card, Chart, Selects
from dashboard.ui import links
from dashboard.ui.filter_bar import toggle_county
from dashboard.ui.frame import current_context

_FIGURES: WeakKeyDictionary[Chart, go.Figure] = WeakKeyDictionary()
_DARK_FIGURES: WeakKeyDictionary[Chart, go.Figure] = WeakKeyDictionary()
_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|]+')
_LONGEST_NAME = 80  # characters; Windows takes 255 for the whole path


def show_chart(card: Card, chart: Chart, key: str, language: Language) -> None:
    """Draw one of a card's charts; a click on one of its marks chooses what the chart says."""
    figure = _figure(chart)
    config = _plot_config(_file_name(card), language)
    alt = text_alternative(card, chart, language)
    if chart.selects is None:
        st.plotly_chart(figure, key=key, theme=None, config=config, alt=alt)
        return
    st.plotly_chart(
        figure,
        key=key,
        theme=None,
        config=config,
        alt=alt,
        selection_mode="points",
        on_select=_on_select(key, chart.selects),
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
    """The name of a saved picture: its finding and measure, for the picture itself has no title."""
    return _NOT_IN_FILE_NAMES.sub(" ", f"{card.finding} {card.subtitle}")[:_LONGEST_NAME].strip()


def _figure(chart: Chart) -> go.Figure:
    """Draw a chart once: the card that holds it is kept for everybody with the same view."""
    if chart not in _FIGURES:
        _FIGURES[chart] = charts.figure(chart.shape, chart.frame, chart.options)
    if st.context.theme.type != "dark":
        return _FIGURES[chart]
    if chart not in _DARK_FIGURES:
        _DARK_FIGURES[chart] = charts.dark_figure(_FIGURES[chart])
    return _DARK_FIGURES[chart]


def _plot_config(name: str, language: Language) -> dict[str, Any]:
    """The chart's own button (save as picture) in the reader's language."""
    _ = language
    words = {
        "Download plot as a PNG": _("Download plot as a PNG"),
        "Taking snapshot - this may take a few seconds": _("Taking the picture"),
        "Snapshot succeeded": _("Picture saved"),
    }
    return charts.plot_config(language.code, words, file_name=name)


def _on_select(key: str, selects: Selects) -> Callable[[], None]:
    """What a click does: narrow to a county, or open a school, a project or an indicator.

    A county's own mark among its schools narrows as well.
    """

    def choose() -> None:
        points = st.session_state[key]["selection"]["points"]
        selected = {str(point["customdata"][0]) for point in points if point.get("customdata")}
        clicked = _clicked(st.session_state.get(f"{key}-selected", set()), selected)
        st.session_state[f"{key}-selected"] = selected
        if clicked is None:
            return
        if selects is Selects.COUNTY or clicked in current_context().county_ids:
            toggle_county(clicked)
        else:
            links.ask(selects, clicked)

    return choose


def _clicked(before: set[str], selected: set[str]) -> str | None:
    """Tell which id was clicked from what a chart had selected before and has now.

    Plotly takes a second click on a mark for the wish to select nothing. A chart that was drawn
    anew has forgotten what it had selected: there the first click selects it once more.
    """
    return min((selected - before) or (before - selected) or selected, default=None)
