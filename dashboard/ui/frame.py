"""The frame around every page: title, style, navigation, and the context that pages read."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.cards import Context
from dashboard.city import city
from dashboard.contract import Problem
from dashboard.data import Database
from dashboard.filters import Filters
from dashboard.pages import FIRST_PAGE, pages
from dashboard.settings import ROOT
from dashboard.ui.logo import logo_svg
from dashboard.ui.meeting.working_deck import working_deck
from dashboard.words.language import Language

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

_STYLE = Path(__file__).parent / "style.css"
_LOGOS = Path(__file__).parent / "logos"
_RUN = "run"
_WITHOUT_DATA = frozenset({"deliveries"})


@dataclass(frozen=True)
class NoData:
    """A run without data, why there are none, and the language to say so in."""

    problems: list[Problem]
    language: Language


def set_page_frame(language: Language) -> None:
    """Configure the browser page and apply the one style sheet."""
    st.set_page_config(
        page_title=city().text("title", language.code),
        layout="wide",
        page_icon=_LOGOS / "icon.svg",
    )
    st.html(_STYLE)


def navigation(language: Language) -> StreamlitPage:
    """Draw the top navigation and return the page that was asked for."""
    _ = language
    collected = len(working_deck().deck.slides)
    st.logo(logo_svg(city().text("title", language.code)), size="large")
    shown = [
        st.Page(
            ROOT / page.script,
            title=_("Deck ({count})", count=collected)
            if page.id == "deck" and collected
            else _(page.title),
            default=page.id == FIRST_PAGE,
            visibility="hidden" if page.kind == "hidden" else "visible",
        )
        for page in pages().values()
    ]
    return st.navigation(shown, position="top")


def progress(language: Language) -> AbstractContextManager[None]:
    """Say that the page is at work, once that takes longer than half a second."""
    return st.spinner(language("Working out the figures…"))


def is_full_screen(page: StreamlitPage) -> bool:
    """Whether a page shows nothing of the frame: no filters and no notices."""
    return page.url_path == "present"


def does_without_data(page: StreamlitPage) -> bool:
    """Whether a page opens while there are no data: where the first ones are handed in."""
    return page.url_path in _WITHOUT_DATA


def open_context(database: Database, filters: Filters, language: Language) -> None:
    """Keep what this run of the page works on."""
    st.session_state[_RUN] = Context(database, filters, language)


def open_without_data(problems: list[Problem], language: Language) -> None:
    """Keep that this run has no data to work on, and why."""
    st.session_state[_RUN] = NoData(problems, language)


def current_context() -> Context:
    """Return the data that this run works on."""
    run = current_run()
    if isinstance(run, NoData):
        st.stop()
    return run


def current_run() -> Context | NoData:
    """Return what this run works on.

    A page that the router did not start has nothing: it shows nothing rather than unguarded data.
    """
    run: Context | NoData | None = st.session_state.get(_RUN)
    if run is None:
        st.stop()
    return run
