"""What the map shows: an indicator, which stands in the address, and what colours it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.cards import Context
from dashboard.cards.county import ColouredBy, colouring_names, first_choice, map_choices
from dashboard.cards.model import Selects
from dashboard.ui import address

_INDICATOR = "map_indicator"
_COLOURED_BY = "map_coloured_by"


def choose(context: Context) -> dict[str, Any]:
    """Draw the two pickers and return the map card's arguments."""
    _ = context.language
    names, colourings = map_choices(context), colouring_names(context)
    first = first_choice(context)
    _start(names, first)
    with st.container(horizontal=True, vertical_alignment="center", key="map_choice"):
        st.selectbox(
            _("Indicator on the map"),
            list(names),
            format_func=names.__getitem__,
            key=_INDICATOR,
            label_visibility="collapsed",
            width=360,
        )
        st.segmented_control(
            _("Colours of the map"),
            list(colourings),
            required=True,
            format_func=colourings.__getitem__,
            key=_COLOURED_BY,
            label_visibility="collapsed",
        )
    address.write(Selects.INDICATOR, [st.session_state[_INDICATOR]], [first])
    return {
        "indicator_id": st.session_state[_INDICATOR],
        "coloured_by": ColouredBy(st.session_state[_COLOURED_BY]),
    }


def _start(names: dict[str, str], first: str) -> None:
    """Begin with the address, then keep what was picked, also over a visit to another page."""
    asked = next((name for name in address.read(Selects.INDICATOR) if name in names), first)
    st.session_state[_INDICATOR] = st.session_state.get(_INDICATOR, asked)
    st.session_state[_COLOURED_BY] = st.session_state.get(_COLOURED_BY, ColouredBy.VALUE)
