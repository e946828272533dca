"""Where a number leads: to its own page, to the plan's clause, to a project or a school.

What a reader asked to see stands in the address (``?indicator=fitness_good_rate``), beside the
filters, so that the page can be reloaded and sent to somebody.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal
from urllib.parse import urlencode

import streamlit as st

from dashboard.cards.model import Selects
from dashboard.pages import pages

SCRIPTS = {
    Selects.PROJECT: pages()["project"].script,
    Selects.INDICATOR: pages()["indicator"].script,
    Selects.SCHOOL: pages()["school"].script,
    Selects.CLAUSE: pages()["plan"].script,
}
LEDGER_CHOICE = frozenset({"office", "status", "search"})  # chosen on the ledger, for it alone
MEETING_CHOICE = frozenset({"deck", "agenda", "of", "view"})  # of the deck and its presentation
DELIVERY_CHOICE = frozenset({"delivery"})  # of the page of deliveries
# The page of a school remembers the indicator that led there, and leads back to it.
_REMEMBERED = {Selects.SCHOOL: (Selects.INDICATOR,)}


def ask(selects: Selects, target_id: str) -> None:
    """Remember what was clicked or picked. For callbacks: Streamlit cannot switch pages there."""
    st.session_state[f"asked_{selects}"] = target_id


def open_asked() -> None:
    """Go where a click on a chart or a picker asked to, before the page draws anything."""
    for selects, script in SCRIPTS.items():
        asked = st.session_state.pop(f"asked_{selects}", None)
        if asked is not None:
            st.switch_page(script, query_params=parameters(selects, asked))


def link(
    selects: Selects,
    target_id: str,
    label: str,
    icon: str | None = None,
    width: Literal["content", "stretch"] = "content",
    marked: Sequence[str] = (),
) -> None:
    """Draw a link to the page of one indicator, clause, project or school.

    ``marked``: the indicators whose words a clause brings out.
    """
    st.page_link(
        SCRIPTS[selects],
        label=label,
        icon=icon,
        width=width,
        query_params=parameters(selects, target_id)
        | ({str(Selects.INDICATOR): ",".join(marked)} if marked else {}),
    )


def page_url(selects: Selects, target_id: str) -> str:
    """Return the relative address of such a page, for a link inside a table."""
    page = SCRIPTS[selects].rpartition("/")[2].removesuffix(".py")
    return f"{page}?{urlencode(parameters(selects, target_id))}"


def parameters(selects: Selects, target_id: str) -> dict[str, str]:
    """Return the filters as they stand in the address, and what to show; nothing of other pages.

    What a reader has chosen on the ledger stays from clause to clause.
    """
    own = frozenset() if selects is Selects.CLAUSE else LEDGER_CHOICE
    remembered = {
        str(name): st.query_params[name]
        for name in _REMEMBERED.get(selects, ())
        if name in st.query_params
    }
    return {**filters_but(own), **remembered, str(selects): target_id}


def filters_but(names: frozenset[str] = frozenset()) -> dict[str, str]:
    """Return what stands in the address, but for what a page is about and for these names."""
    return {
        name: text
        for name, text in st.query_params.to_dict().items()
        if name not in frozenset(Selects) | MEETING_CHOICE | DELIVERY_CHOICE | names
    }
