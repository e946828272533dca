"""Pages of one thing, a project, an indicator or a school: which one, and the way to another one.

Its id stands in the address (``?school=3068100012``), so that the page can be reloaded and sent to
somebody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from dashboard.cards import Context
from dashboard.cards.construction import project_choices
from dashboard.cards.indicator import indicator_choices, is_indicator
from dashboard.cards.model import Selects
from dashboard.cards.project import is_project
from dashboard.cards.school import is_school, school_choices
from dashboard.ui import address, links
from dashboard.ui.text import markdown
from dashboard.words.language import Language

_SHOWN_OF_AN_ID = 40  # characters: what an address asks for may be anything


@dataclass(frozen=True)
class DetailKind:
    """What there is a page of: its things by id under the names they go by, and its words."""

    choices: Callable[[Context], Mapping[str, str]]
    exists: Callable[[Context, str], bool]
    label: Callable[[Language], str]
    placeholder: Callable[[Language], str]
    unknown: Callable[[Language, str], str]


KINDS = {
    Selects.PROJECT: DetailKind(
        project_choices,
        is_project,
        lambda _: _("Open a project"),
        lambda _: _("Open a project: choose or type its name"),
        lambda _, asked: _("There is no project “{project}”. Choose one above.", project=asked),
    ),
    Selects.INDICATOR: DetailKind(
        indicator_choices,
        is_indicator,
        lambda _: _("Open an indicator"),
        lambda _: _("Open an indicator: choose or type its name"),
        lambda _, asked: _(
            "There is no indicator “{indicator}”. Choose one above.", indicator=asked
        ),
    ),
    Selects.SCHOOL: DetailKind(
        school_choices,
        is_school,
        lambda _: _("Open a school"),
        lambda _: _("Open a school: choose or type its name"),
        lambda _, asked: _("There is no school “{school}”. Choose one above.", school=asked),
    ),
}


def picker(context: Context, selects: Selects, current: str | None = None) -> None:
    """Offer things by name: the way for keyboards and screen readers, and to search by name."""
    kind, key = KINDS[selects], f"picked_{selects}"
    names = kind.choices(context)
    st.session_state[key] = current if current in names else None
    st.selectbox(
        kind.label(context.language),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=kind.placeholder(context.language),
        key=key,
        on_change=_ask_for_picked,
        args=(selects,),
        label_visibility="collapsed",
    )


def asked(context: Context, selects: Selects) -> str:
    """Return the id in the address; where it names none, the first of the choices."""
    in_address = address.read(selects)
    return in_address[0] if in_address else next(iter(KINDS[selects].choices(context)), "")


def stop_unless_known(context: Context, selects: Selects, target_id: str) -> None:
    """Keep the id in the address; say so and stop the page when there is no such thing."""
    kind = KINDS[selects]
    if kind.exists(context, target_id):
        address.write(selects, [target_id], [])
        return
    st.warning(kind.unknown(context.language, markdown(target_id[:_SHOWN_OF_AN_ID])))
    st.stop()


def _ask_for_picked(selects: Selects) -> None:
    picked = st.session_state[f"picked_{selects}"]
    if picked is not None:
        links.ask(selects, picked)
