"""The deck that a reader puts together: it lives in the session, and once saved in a file as well.

Every change is remembered, so that it can be taken back; opening another deck is a change too, so
that no slide is lost by it. A save that would overwrite somebody else's leaves both versions, and
the reader chooses.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import msgspec
import streamlit as st

from dashboard import settings
from dashboard.cards import Context
from dashboard.cards.plan import Choice
from dashboard.meeting.decks import (
    Deck,
    DeckConflictError,
    DeckFileError,
    DeckStore,
    Slide,
    UnknownDeckError,
    deck_from_json,
    deck_to_json,
    new_deck_id,
)

_KEY = "working_deck"
_logger = logging.getLogger(__name__)
_REMEMBERED_CHANGES = 50


@dataclass
class WorkingDeck:
    """The deck as it is now, as it was last saved, and what is to be said about it."""

    deck: Deck = field(default_factory=lambda: _empty())
    saved: Deck | None = None
    chosen: int = 0  # the slide that is looked at
    past: list[tuple[Deck, Deck | None]] = field(default_factory=list)
    theirs: Deck | None = None  # what somebody else saved since this deck was opened
    is_gone: bool = False  # somebody deleted the file since
    is_refused: bool = False  # the server could not write the file
    deleted: Deck | None = None  # what this reader deleted last

    @property
    def is_changed(self) -> bool:
        """Whether there is something that is not in the file."""
        return self.deck != (self.saved or _empty(self.deck.deck_id))

    @property
    def slide(self) -> Slide | None:
        """The slide that is looked at."""
        return self.deck.slides[self.chosen] if self.chosen < len(self.deck.slides) else None

    # --- changes ------------------------------------------------------------------------------

    def change(self, **parts: Any) -> None:
        """Change the deck's name or slides."""
        self._remember()
        self.deck = msgspec.structs.replace(self.deck, **parts)
        self._stay_on_a_slide()

    def change_slide(self, **parts: Any) -> None:
        """Change the slide that is looked at."""
        if self.slide is not None:
            slides = list(self.deck.slides)
            slides[self.chosen] = msgspec.structs.replace(self.slide, **parts)
            self.change(slides=tuple(slides))

    def add(self, slide: Slide) -> bool:
        """Put a slide at the end; say whether it was not there yet."""
        if slide in self.deck.slides:
            return False
        self.change(slides=(*self.deck.slides, slide))
        return True

    def move(self, by: int) -> None:
        """Move the chosen slide up (-1) or down (1)."""
        place = self.chosen + by
        if self.slide is not None and 0 <= place < len(self.deck.slides):
            slides = list(self.deck.slides)
            slides.insert(place, slides.pop(self.chosen))
            self.change(slides=tuple(slides))
            self.chosen = place

    def duplicate_slide(self) -> None:
        """Put a copy of the chosen slide behind it, and look at that."""
        if self.slide is not None:
            before, after = self.deck.slides[: self.chosen + 1], self.deck.slides[self.chosen + 1 :]
            self.change(slides=(*before, self.slide, *after))
            self.chosen += 1

    def remove_slide(self) -> None:
        """Take the chosen slide out."""
        slides = list(self.deck.slides)
        del slides[self.chosen : self.chosen + 1]
        self.change(slides=tuple(slides))

    def undo(self) -> None:
        """Take back the last change."""
        if self.past:
            self.deck, self.saved = self.past.pop()
            self.theirs, self.is_gone = None, False
            self._stay_on_a_slide()

    def replace(self, deck: Deck, saved: Deck | None = None) -> None:
        """Go on with another deck; the one before can be brought back."""
        self._remember()
        self.deck, self.saved, self.chosen = deck, saved, 0
        self.theirs, self.is_gone = None, False

    def begin_anew(self) -> None:
        """Go on with an empty deck; the one before can be brought back."""
        self.replace(_empty())

    def _remember(self) -> None:
        self.past = [*self.past, (self.deck, self.saved)][-_REMEMBERED_CHANGES:]

    def _stay_on_a_slide(self) -> None:
        self.chosen = max(0, min(self.chosen, len(self.deck.slides) - 1))

    # --- files --------------------------------------------------------------------------------

    def save(self) -> bool:
        """Save the deck under its name; say whether that was done."""
        self.theirs, self.is_gone, self.is_refused = None, False, False
        try:
            self.deck = self.saved = store().save(self.deck)
        except DeckConflictError as conflict:
            self.theirs = conflict.current
        except UnknownDeckError:
            self.is_gone = True
        except OSError:  # no room, no permission, or the lock was not to be had
            _logger.exception("deck %s", self.deck.deck_id)
            self.is_refused = True
        return self.theirs is None and not (self.is_gone or self.is_refused)

    def save_copy(self, name: str) -> None:
        """Save the deck as a new one beside the old one, and go on with it."""
        copy = msgspec.structs.replace(self.deck, deck_id=new_deck_id(), name=name, revision=0)
        self.replace(copy)
        self.save()

    def open_theirs(self) -> None:
        """Go on with what somebody else saved; this reader's version can be brought back."""
        if self.theirs is not None:
            self.replace(self.theirs, self.theirs)

    def open(self, deck_id: str) -> bool:
        """Open a saved deck; say whether there is one."""
        try:
            deck = store().load(deck_id)
        except (UnknownDeckError, DeckFileError):
            return False
        self.replace(deck, deck)
        return True

    def delete(self, deck: Deck) -> None:
        """Delete a saved deck; its slides stay in the session when it is the open one."""
        with suppress(UnknownDeckError):  # somebody else was faster
            store().delete(deck.deck_id)
        self.deleted = deck
        if self.deck.deck_id == deck.deck_id:
            self.replace(msgspec.structs.replace(self.deck, deck_id=new_deck_id(), revision=0))

    def restore_deleted(self) -> None:
        """Bring back what was deleted last."""
        if self.deleted is not None:
            with suppress(UnknownDeckError):
                store().restore(self.deleted.deck_id)
            self.deleted = None

    def take_file(self, content: bytes) -> None:
        """Go on with a deck out of a file, as a new one. Raises DeckFileError."""
        deck = deck_from_json(content)
        self.replace(msgspec.structs.replace(deck, deck_id=new_deck_id(), revision=0))

    def as_file(self, name: str) -> bytes:
        """Return the deck as the bytes of a file; ``name`` is for a deck without one."""
        return deck_to_json(msgspec.structs.replace(self.deck, name=self.deck.name or name))


def working_deck() -> WorkingDeck:
    """Return the session's deck."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = WorkingDeck()
    found: WorkingDeck = st.session_state[_KEY]
    return found


def store() -> DeckStore:
    """Return the decks on this server."""
    return DeckStore(settings.decks_dir())


def slide_of(card_id: str, arguments: Mapping[str, Any], context: Context) -> Slide:
    """Return slide of a card as it stands on a page, with the filters and the language of now."""
    return Slide(
        card=card_id,
        arguments={name: _plain(value) for name, value in arguments.items()},
        counties=context.filters.counties,
        month=context.filters.as_of,
        compare=str(context.filters.comparison),
        language=context.language.code,
    )


def collect(slide: Slide, context: Context) -> None:
    """Add a slide to the working deck and say so. For callbacks."""
    _ = context.language
    working = working_deck()
    is_new = working.add(slide)
    count = len(working.deck.slides)
    st.toast(
        _.plural("{count} slide in the deck now", "{count} slides in the deck now", count)
        if is_new
        else _("This card is in the deck already"),
        icon=":material/playlist_add_check:",
    )


def _plain(value: Any) -> bool | int | str | tuple[str, ...]:
    """Return an argument of a card as a file keeps it."""
    if isinstance(value, Choice):
        return value.plain()
    if isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value)
    return tuple(map(str, value))


def _empty(deck_id: str = "") -> Deck:
    """Return a deck without name and slides."""
    return Deck(deck_id=deck_id or new_deck_id(), name="")
