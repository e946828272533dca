"""Decks: ordered slides that a reader collected, or that an agenda lays out.

``deck`` is what a deck is, ``store`` keeps decks as files, ``agenda`` makes one from an agenda's
data. A slide names a card with its filters; nothing here knows what the card will say.
"""

from dashboard.meeting.decks.agenda import Agenda, AgendaError, agendas, deck_of
from dashboard.meeting.decks.deck import (
    Deck,
    DeckFileError,
    Slide,
    deck_from_json,
    deck_to_json,
    new_deck_id,
)
from dashboard.meeting.decks.store import DeckConflictError, DeckStore, UnknownDeckError

__all__ = [
    "Agenda",
    "AgendaError",
    "Deck",
    "DeckConflictError",
    "DeckFileError",
    "DeckStore",
    "Slide",
    "UnknownDeckError",
    "agendas",
    "deck_from_json",
    "deck_of",
    "deck_to_json",
    "new_deck_id",
]
