"""The ledger's page: which clause is open, and what the reader wants to see of the plan.

Clause, office, status and search stand in the address: ``?clause=8&office=preschool``.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.cards import Context
from dashboard.cards.model import Selects
from dashboard.cards.plan import STANDINGS, Choice, plan_clauses, plan_offices, standing_words
from dashboard.ui import address, links
from dashboard.ui.page import Page
from dashboard.ui.text import coloured_status, markdown

_OFFICE, _STATUS, _SEARCH = "office", "status", "search"
_PICKED = "picked_clause"


class LedgerPage(Page):
    """The plan's clauses, or the one in the address, as far as they fit the reader's choice."""

    def __init__(self) -> None:
        super().__init__("plan")
        self.clause = _asked_clause(self.context)
        self.choice = _choose(self.context, self.clause)
        _show_in_address()

    def headline(self, **arguments: Any) -> None:
        """State how far the plan is, or the clause."""
        super().headline(clause=self.clause, choice=self.choice, **arguments)

    def clause_cards(self) -> None:
        """Draw the clause in the address: its words beside its targets, then its tasks."""
        _links_to_other_clauses(self.context, self.clause)
        about = {"clause": self.clause, "choice": self.choice}
        asked = tuple(address.read(Selects.INDICATOR))
        self.row(("plan.words", {**about, "indicator_ids": asked}), ("plan.targets", about))
        self.card("plan.tasks", **about)

    def all_clauses(self) -> None:
        """Draw all clauses, and below them what fits a choice, or whose tasks they are."""
        self.card("plan.clauses", choice=self.choice)
        if self.choice.is_all:
            self.card("plan.conflicts")
            self.card("plan.offices")
            self.card("plan.problems")
        else:
            self.card("plan.found_tasks", choice=self.choice)
            self.card("plan.found_targets", choice=self.choice)


def _asked_clause(context: Context) -> int | None:
    """Return the clause in the address; say so when the plan does not have it."""
    _ = context.language
    asked = address.read(Selects.CLAUSE)
    if not asked:
        return None
    known = {str(number): number for number in plan_clauses(context)}
    if asked[0] not in known:
        st.warning(
            _("The plan has no clause “{clause}”; all are shown.", clause=markdown(asked[0][:40]))
        )
        st.query_params.pop(Selects.CLAUSE, None)
    return known.get(asked[0])


def _choose(context: Context, clause: int | None) -> Choice:
    """Draw the row of choices and return what it holds."""
    _ = context.language
    offices = plan_offices(context)
    clauses = plan_clauses(context)
    _start_from_address(offices)
    st.session_state[_PICKED] = clause
    with st.container(horizontal=True, vertical_alignment="center", key="ledger_bar"):
        st.selectbox(
            _("Clause"),
            list(clauses),
            index=None,
            format_func=lambda number: f"{number} {_title(context, number)}",
            placeholder=_("All {count} clauses", count=len(clauses)),
            key=_PICKED,
            on_change=_open_picked,
            label_visibility="collapsed",
            width=250,
        )
        st.selectbox(
            _("Responsible office"),
            list(offices),
            index=None,
            format_func=offices.__getitem__,
            placeholder=_("All offices"),
            key=_OFFICE,
            label_visibility="collapsed",
            width=190,
        )
        st.pills(
            _("Status"),
            STANDINGS,
            selection_mode="multi",
            format_func=lambda standing: coloured_status(standing_words(context, standing)),
            key=_STATUS,
            label_visibility="collapsed",
        )
        st.text_input(
            _("Search in the plan and the reports"),
            placeholder=_("Search in the plan and the reports"),
            max_chars=100,
            key=_SEARCH,
            label_visibility="collapsed",
            width=210,
        )
    choice = Choice(
        office=st.session_state[_OFFICE] or "",
        standings=tuple(s for s in STANDINGS if s in st.session_state[_STATUS]),
        words=st.session_state[_SEARCH].strip(),
    )
    address.write(_OFFICE, [choice.office] if choice.office else [], [])
    address.write(_STATUS, list(choice.standings), [])
    address.write(_SEARCH, [choice.words] if choice.words else [], [])
    return choice


def _start_from_address(offices: Any) -> None:
    """Seed the choices from the address; afterwards the widgets lead."""
    office = "".join(address.read(_OFFICE)[:1])
    statuses = [s for s in address.read(_STATUS) if s in STANDINGS]
    st.session_state.setdefault(_OFFICE, office if office in offices else None)
    st.session_state.setdefault(_STATUS, statuses)
    st.session_state.setdefault(_SEARCH, " ".join(address.read(_SEARCH)))


def _open_picked() -> None:
    picked = st.session_state[_PICKED]
    if picked is None:
        st.query_params.pop(Selects.CLAUSE, None)
    else:
        st.query_params[Selects.CLAUSE] = str(picked)


def _show_in_address() -> None:
    """Make the browser show what this run was asked for.

    A link to the page that is open already changes the run's parameters and not the browser's
    address (seen on 1.67.0).
    """
    st.query_params.from_dict(st.query_params.to_dict())


def _links_to_other_clauses(context: Context, clause: int | None) -> None:
    """Draw the ways back to all clauses, and to the clause before and the one after."""
    _ = context.language
    with st.container(horizontal=True, key="clause_links"):
        st.page_link(
            links.SCRIPTS[Selects.CLAUSE],
            label=_("All clauses"),
            icon=":material/arrow_back:",
            query_params=links.filters_but(),
        )
        numbers = list(plan_clauses(context))
        if clause is None:
            return
        place = numbers.index(clause)
        for other in (*numbers[max(place - 1, 0) : place], *numbers[place + 1 : place + 2]):
            label = f"{other} {_title(context, other)}"
            icon = ":material/chevron_left:" if other < clause else ":material/chevron_right:"
            links.link(Selects.CLAUSE, str(other), markdown(label), icon)


def _title(context: Context, number: int) -> str:
    found = plan_clauses(context)[number]
    return context.language.pick(found.title_zh, found.title_en)
