"""The agendas that ship with the dashboard, as decks for the reader's filters."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard import settings
from dashboard.cards import Context
from dashboard.meeting.decks import Agenda, Deck, agendas, deck_of

DEFAULT_AGENDA = "monthly"


@st.cache_resource(show_spinner=False)
def shipped_agendas() -> Mapping[str, Agenda]:
    """Return all agendas by id. Raises AgendaError."""
    return agendas(settings.AGENDAS_DIR)


def agenda_deck(agenda_id: str, context: Context) -> Deck:
    """Lay an agenda out for the chosen counties; one that needs a county takes the first."""
    agenda = shipped_agendas()[agenda_id]
    counties = context.filters.counties
    if agenda.needs_county and len(counties) != 1:
        counties = (context.chosen[0],)
    names = {county: context.county(county) for county in context.county_ids}
    return deck_of(agenda, context.language, names, counties)
