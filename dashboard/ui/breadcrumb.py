"""The way back up: subject or indicator, city, county, school.

City and county are buttons, since they set the filter, which a link could not.
"""

from __future__ import annotations

import streamlit as st

from dashboard.cards import Context
from dashboard.cards.model import Selects
from dashboard.cards.overview import page_title
from dashboard.cards.school import county_of_school, school_name
from dashboard.filters import CITY
from dashboard.pages import pages
from dashboard.ui import address, links
from dashboard.ui.filter_bar import choose_counties
from dashboard.ui.text import markdown


def above_project(context: Context, _project_id: str) -> None:
    """Draw the way back to the list of projects."""
    st.page_link(
        pages()["construction"].script,
        label=context.language("Back to all projects"),
        icon=":material/arrow_back:",
    )


def above_indicator(context: Context, indicator_id: str) -> None:
    """Draw subject › city › the chosen counties."""
    page = context.indicator(indicator_id).page
    with st.container(horizontal=True, vertical_alignment="center", key="breadcrumb"):
        st.page_link(
            pages()[page].script,
            label=page_title(context, page),
            icon=":material/arrow_back:",
        )
        _separator()
        if context.filters.is_city:
            st.markdown(context.county(CITY))
            return
        _step(context.county(CITY), "crumb_city", ())
        _separator()
        st.markdown(markdown(context.geography))


def above_school(context: Context, school_id: str) -> None:
    """Draw [indicator ›] city › county › school; the first ones lead back to the indicator."""
    county = county_of_school(context, school_id)
    known = context.database.catalogue.indicators
    led_from = next((i for i in address.read(Selects.INDICATOR) if i in known), None)
    with st.container(horizontal=True, vertical_alignment="center", key="breadcrumb"):
        if led_from is not None:
            links.link(
                Selects.INDICATOR,
                led_from,
                markdown(context.text(led_from, "short")),
                icon=":material/arrow_back:",
            )
            _separator()
        _step(context.county(CITY), "crumb_city", (), led_from)
        _separator()
        _step(context.county(county), "crumb_county", (county,), led_from)
        _separator()
        st.markdown(markdown(school_name(context, school_id)))


def _step(label: str, key: str, counties: tuple[str, ...], indicator_id: str | None = None) -> None:
    """Draw a button that narrows to some counties, or lifts that, and goes back."""
    st.button(
        markdown(label), key=key, type="tertiary", on_click=_narrow, args=(counties, indicator_id)
    )


def _narrow(counties: tuple[str, ...], indicator_id: str | None) -> None:
    choose_counties(counties)
    if indicator_id is not None:
        links.ask(Selects.INDICATOR, indicator_id)


def _separator() -> None:
    st.markdown("›")
