"""A look at an indicator's own page during a presentation, on the same numbers, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.cards.model import Selects
from dashboard.data import Database
from dashboard.pages import pages
from dashboard.ui import links
from dashboard.ui.filter_bar import choose_counties, choose_month
from dashboard.ui.meeting.presentation import Presentation
from dashboard.words.language import Language

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

STAGE = pages()["present"].script
_STAGE_PATH = "present"
_KEY = "drilled_from"
_PAGES = frozenset({"indicator", "school", "project", "plan"})


def drill(presentation: Presentation, number: int, indicator_id: str) -> None:
    """Ask for an indicator's page, for the county and month of a slide. For callbacks."""
    slide = presentation.slide(number)
    choose_counties(slide.counties)
    choose_month(slide.month or presentation.as_of)
    st.session_state[_KEY] = presentation
    links.ask(Selects.INDICATOR, indicator_id)


def database_for(page: StreamlitPage, current: Database) -> Database:
    """Return the data of a page: those of the presentation while something is looked up in it."""
    if page.url_path not in _PAGES and page.url_path != _STAGE_PATH:
        return_from_drill()
    from_presentation: Presentation | None = st.session_state.get(_KEY)
    return current if from_presentation is None else from_presentation.database


def return_from_drill() -> None:
    """Forget the detour: the reader is back in the presentation, or has gone elsewhere."""
    st.session_state.pop(_KEY, None)


def show_way_back(language: Language) -> None:
    """Draw the way back to the presentation while something is looked up in it."""
    presentation: Presentation | None = st.session_state.get(_KEY)
    if presentation is None:
        return
    _ = language
    with st.container(horizontal=True, vertical_alignment="center", key="way_back"):
        is_back = st.button(
            _("Back to the presentation (Backspace)"),
            icon=":material/arrow_back:",
            key="back_to_presentation",
            shortcut="Backspace",
        )
        st.caption(_("data version {version}", version=presentation.database.version))
    if is_back:
        st.switch_page(STAGE, query_params={"of": presentation.token})
