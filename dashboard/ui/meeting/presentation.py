"""A presentation: a deck on the data version with which it was opened.

It lives in the session of the window that opened it. The presenter's second window finds it by its
token, which nobody guesses, and so does the same window after a reload.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass, field, replace
from weakref import WeakValueDictionary

import msgspec
import streamlit as st

from dashboard.cards import Context
from dashboard.data import Database
from dashboard.exports.documents import SlidePage
from dashboard.meeting.decks import Deck, Slide
from dashboard.meeting.report import UnknownCardError, build_slide, of_year
from dashboard.words.language import Language

_KEY = "presentation"

_logger = logging.getLogger(__name__)


@dataclass(eq=False)
class Presentation:
    """Slides on frozen numbers, some of them narrowed to a county while they are talked about."""

    deck: Deck
    database: Database
    as_of: str
    language: Language
    token: str = field(default_factory=lambda: secrets.token_hex(8))
    narrowed: dict[int, str] = field(default_factory=dict)

    def slide(self, number: int) -> Slide:
        """Return a slide as it is shown now."""
        slide = self.deck.slides[number]
        if number not in self.narrowed:
            return slide
        return msgspec.structs.replace(slide, counties=(self.narrowed[number],))

    def page(self, number: int) -> SlidePage | None:
        """Work out one slide; none when its card is not known or does not fit the data."""
        return page_of(self.slide(number), self.database, self.as_of, self.language)

    def toggle(self, number: int, county: str) -> None:
        """Narrow a slide to a county; a second time lifts it."""
        if self.narrowed.get(number) == county:
            self.lift(number)
        else:
            self.narrowed[number] = county

    def lift(self, number: int) -> None:
        """Show a slide as it was meant."""
        self.narrowed.pop(number, None)


_OPEN: WeakValueDictionary[str, Presentation] = WeakValueDictionary()


def begin(deck: Deck, context: Context) -> Presentation:
    """Open a presentation on the data of now; it is this session's."""
    shown = of_year(context.database, deck, context.filters.as_of, context.language)
    presentation = Presentation(shown, context.database, context.filters.as_of, context.language)
    return _keep(presentation)


def find(token: str) -> Presentation | None:
    """Return the open presentation with this token.

    In another window it is a copy: what is narrowed there does not change what the room sees.
    """
    own: Presentation | None = st.session_state.get(_KEY)
    if own is not None and own.token == token:
        return own
    found = _OPEN.get(token)
    return None if found is None else _keep(replace(found, narrowed=dict(found.narrowed)))


def _keep(presentation: Presentation) -> Presentation:
    st.session_state[_KEY] = presentation
    _OPEN.setdefault(presentation.token, presentation)
    return presentation


def page_of(slide: Slide, database: Database, as_of: str, words: Language) -> SlidePage | None:
    """Work a slide out; a slide of a deck from elsewhere may ask for what there is not."""
    try:
        return build_slide(database, slide, as_of, words)
    except (UnknownCardError, LookupError, TypeError, ValueError):
        _logger.exception("slide %s", slide.card)
        return None
