"""Language, counties, month and comparison: one row above every page, kept in the address."""

from __future__ import annotations

import streamlit as st

from dashboard import indicators
from dashboard.data import Database
from dashboard.filters import CITY, Comparison, Filters
from dashboard.ui import address
from dashboard.words.language import CHINESE, LANGUAGES, Language, language

COUNTIES = "counties"
MONTH = "month"
COMPARISON = "compare"
LANGUAGE = "lang"

_NATIVE_NAMES = {"zh": "中文", "en": "English"}
_REJECTED = "rejected_parameters"
_LAST_COUNTIES = "last_counties"


def choose_language() -> Language:
    """Return the language chosen with the switch, else in the address, else Chinese.

    The switch itself stands at the end of the filter row, which needs the language already.
    """
    _start_from_address(LANGUAGE, list(LANGUAGES), CHINESE)
    return language(st.session_state[LANGUAGE])


def choose_filters(database: Database, words: Language) -> Filters:
    """Draw the filter row and return what it holds."""
    _ = words
    chosen = remembered_filters(database)
    months = indicators.months(database)
    counties = indicators.county_ids(database)
    comparisons = _comparisons(database, chosen.as_of)

    names = database.run_query("values/counties").set_index("county_id")
    name_column = words.pick("short_zh", "name_en")
    labels = {CITY: _("City"), **names[name_column].to_dict()}
    with st.container(horizontal=True, vertical_alignment="center", key="filter_bar"):
        st.pills(
            _("Counties"),
            [CITY, *counties],
            selection_mode="multi",
            format_func=labels.__getitem__,
            key=COUNTIES,
            on_change=_keep_city_or_counties,
            label_visibility="collapsed",
        )
        st.selectbox(
            _("As of"),
            months[::-1],
            format_func=lambda month: _("as of {month}", month=words.month(month)),
            key=MONTH,
            label_visibility="collapsed",
            width=150,
        )
        _comparison_box(comparisons, words)
        language_switch(words)
        if database.is_sample:
            st.badge(_("Synthetic sample"), color="yellow")
    address.write(COUNTIES, [c for c in st.session_state[COUNTIES] if c != CITY], [])
    address.write(MONTH, [chosen.as_of], [months[-1]])
    address.write(COMPARISON, [chosen.comparison], [Comparison.LAST_YEAR])
    return chosen


def remembered_filters(database: Database) -> Filters:
    """Return what is chosen, first from the address, and draw nothing: for a full-screen page."""
    months = indicators.months(database)
    counties = indicators.county_ids(database)
    _start_from_address(MONTH, months, months[-1])
    comparisons = _comparisons(database, st.session_state[MONTH])
    _start_from_address(COMPARISON, comparisons, comparisons[0])
    _start_counties_from_address(counties)
    chosen = st.session_state[COUNTIES]
    return Filters(
        as_of=st.session_state[MONTH],
        counties=tuple(county for county in counties if county in chosen),
        comparison=st.session_state[COMPARISON],
    )


def _comparisons(database: Database, as_of: str) -> list[str]:
    """Return months to compare a month with: those that move with it, then every one before it."""
    return [*map(str, Comparison), *reversed(indicators.compared_months(database, as_of))]


def _comparison_box(comparisons: list[str], words: Language) -> None:
    _ = words
    moving = {
        Comparison.LAST_YEAR: _("vs last year"),
        Comparison.LAST_MONTH: _("vs last month"),
    }
    st.selectbox(
        _("Compare with"),
        comparisons,
        format_func=lambda code: moving.get(code) or _("vs {month}", month=_.month(code)),
        key=COMPARISON,
        label_visibility="collapsed",
        width=135,
    )


def language_switch(words: Language) -> None:
    """Draw the language switch."""
    st.segmented_control(
        words("Language"),
        LANGUAGES,
        required=True,
        format_func=_NATIVE_NAMES.__getitem__,
        key=LANGUAGE,
        label_visibility="collapsed",
    )
    address.write(LANGUAGE, [st.session_state[LANGUAGE]], [CHINESE])


def toggle_county(county_id: str) -> None:
    """Narrow to one county; a second time lifts it. For callbacks of charts."""
    alone = st.session_state.get(COUNTIES) == [county_id]
    choose_counties(() if alone else (county_id,))


def choose_counties(counties: tuple[str, ...]) -> None:
    """Narrow to some counties; none is the whole city. For callbacks."""
    st.session_state[COUNTIES] = list(counties) or [CITY]
    st.session_state[_LAST_COUNTIES] = st.session_state[COUNTIES]


def choose_month(month: str) -> None:
    """Choose the month. For callbacks, and for pages without the filter row."""
    st.session_state[MONTH] = month


def rejected_parameters() -> list[str]:
    """Return the values in the address that mean nothing, once."""
    rejected: list[str] = st.session_state.pop(_REJECTED, [])
    return rejected


def _start_from_address(name: str, options: list[str], default: str) -> None:
    """Seed a widget from the address on the first run; afterwards the widget leads.

    A value that is no longer offered (a month of a withdrawn delivery, a month to compare with that
    is not before the chosen one any more) falls back as well, and either way the reader is told.
    """
    if name in st.session_state:
        if st.session_state[name] not in options:
            _reject([st.session_state[name]])
            st.session_state[name] = default
        else:  # keeps the value when the widget was not drawn on the last page
            st.session_state[name] = st.session_state[name]
        return
    asked = address.read(name)
    st.session_state[name] = asked[0] if asked and asked[0] in options else default
    _reject([value for value in asked[:1] if value not in options])


def _start_counties_from_address(counties: tuple[str, ...]) -> None:
    if COUNTIES in st.session_state:
        known = [c for c in st.session_state[COUNTIES] if c == CITY or c in counties]
        st.session_state[COUNTIES] = known or [CITY]
        return
    asked = address.read(COUNTIES)
    st.session_state[COUNTIES] = [c for c in counties if c in asked] or [CITY]
    st.session_state[_LAST_COUNTIES] = st.session_state[COUNTIES]
    _reject([value for value in asked if value not in counties])


def _reject(values: list[str]) -> None:
    if values:
        st.session_state[_REJECTED] = [*st.session_state.get(_REJECTED, []), *values]


def _keep_city_or_counties() -> None:
    """Choosing a county leaves the whole city; choosing the city, or nothing, leaves counties."""
    chosen = st.session_state[COUNTIES]
    new = [c for c in chosen if c not in st.session_state.get(_LAST_COUNTIES, [CITY])]
    counties = [c for c in chosen if c != CITY]
    st.session_state[COUNTIES] = [CITY] if CITY in new or not counties else counties
    st.session_state[_LAST_COUNTIES] = st.session_state[COUNTIES]
