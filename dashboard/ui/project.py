"""The way to the page of one project, from there to another one, and back to the list.

The project's id stands in the address, so that the page can be reloaded and sent to somebody.
"""

from __future__ import annotations

import streamlit as st

from dashboard.cards import Context
from dashboard.cards.construction import project_choices
from dashboard.cards.project import is_project
from dashboard.report import Selects
from dashboard.ui import address, links
from dashboard.ui.text import markdown

PROJECT = "project"
_LIST_SCRIPT = "pages/subjects/construction.py"
_PICKED = "picked_project"


def project_picker(context: Context, current: str | None = None) -> None:
    """Offer the chosen counties' projects by name: the way for keyboards and screen readers."""
    _ = context.language
    names = project_choices(context)
    st.session_state[_PICKED] = current if current in names else None
    st.selectbox(
        _("Open a project"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=_("Open a project: choose or type its name"),
        key=_PICKED,
        on_change=_ask_for_picked,
        label_visibility="collapsed",
    )


def asked_project(context: Context) -> str:
    """Return the project in the address, or the latest one where the address names none."""
    asked = address.read(PROJECT)
    return asked[0] if asked else next(iter(project_choices(context)), "")


def stop_unless_project(context: Context, project_id: str) -> None:
    """Keep a project in the address; say so and stop the page when it does not exist."""
    _ = context.language
    if is_project(context, project_id):
        address.write(PROJECT, [project_id], [])
        return
    st.warning(
        _("There is no project “{project}”. Choose one above.", project=markdown(project_id[:40]))
    )
    st.stop()


def link_to_projects(context: Context) -> None:
    """Draw the way back to the list of projects."""
    st.page_link(
        _LIST_SCRIPT, label=context.language("Back to all projects"), icon=":material/arrow_back:"
    )


def _ask_for_picked() -> None:
    picked = st.session_state[_PICKED]
    if picked is not None:
        links.ask(Selects.PROJECT, picked)
