"""The choice of a target whose names a page lists: by a click on its bar, or by name."""

from __future__ import annotations

import streamlit as st

from dashboard.cards import Context
from dashboard.cards.model import Selects
from dashboard.cards.quality import reached_text, targets_of_year
from dashboard.ui import address

_PICKED = "picked_target"


def choose_target(context: Context) -> str:
    """Offer the targets by name, the way for keyboards and screen readers; return the chosen one.

    The target that was clicked, else the one picked before, else the one in the address.
    """
    _ = context.language
    targets = targets_of_year(context)
    asked = st.session_state.pop(f"asked_{Selects.TARGET}", None)
    current = asked or st.session_state.get(_PICKED) or next(iter(address.read(Selects.TARGET)), "")
    st.session_state[_PICKED] = current if current in targets else targets[0]
    picked = st.selectbox(
        _("Names behind a number"),
        targets,
        format_func=lambda target: (
            f"{context.text(target, 'name')} "
            f"{reached_text(context, target, context.chosen_value(target))}"
        ),
        key=_PICKED,
    )
    address.write(Selects.TARGET, [picked], [targets[0]])
    return picked
