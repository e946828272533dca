"""Decks: ordered slides that a reader collected, or that an agenda lays out.

``deck`` is what a deck is, ``store`` keeps decks as files, ``agenda`` makes one from an agenda's
data. A slide names a card with its filters; nothing here knows what the card will say.
"""

from dashboard.decks.agenda import Agenda, AgendaError, agendas, deck_of
from dashboard.decks.deck import (
    Deck,
    DeckFileError,
    Slide,
    deck_from_json,
    deck_to_json,
    new_deck_id,
)
from dashboard.decks.store import ConflictError, DeckStore, UnknownDeckError

__all__ = [
    "Agenda",
    "AgendaError",
    "ConflictError",
    "Deck",
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
