"""Decks on the server: one file per deck, written whole or not at all.

Two people may have the same deck open. Each save names the revision it was made from; a save that
would overwrite somebody else's is refused, and both versions are still there.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import msgspec
from filelock import FileLock

from dashboard.files import write_whole
from dashboard.meeting.decks.deck import Deck, DeckFileError, deck_from_json, deck_to_json

_SUFFIX = ".json"
_DELETED = ".deleted"
_ID = re.compile(r"[a-z0-9]{12}")


class UnknownDeckError(LookupError):
    """There is no deck with this id."""


class DeckConflictError(Exception):
    """Somebody saved the deck since it was read; `current` is what they saved."""

    def __init__(self, current: Deck) -> None:
        super().__init__(f"{current.name} is at revision {current.revision}")
        self.current = current


class DeckStore:
    """The decks in a folder; may be shared between threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def decks(self) -> list[Deck]:
        """All decks by name. A file that is no deck is left out: `load` says what is wrong."""
        found = []
        for path in self._folder.glob(f"*{_SUFFIX}"):
            try:
                found.append(deck_from_json(path.read_bytes()))
            except (DeckFileError, FileNotFoundError):
                continue
        return sorted(found, key=lambda deck: (deck.name, deck.deck_id))

    def load(self, deck_id: str) -> Deck:
        """Return the deck as last saved. Raises UnknownDeckError, DeckFileError."""
        try:
            return deck_from_json(self._path(deck_id).read_bytes())
        except FileNotFoundError:
            raise UnknownDeckError(deck_id) from None

    def save(self, deck: Deck) -> Deck:
        """Save a deck and return it with its new revision.

        Raises ConflictError when the stored revision is not the one that `deck` was made from, and
        UnknownDeckError when it was deleted meanwhile.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._lock():
            if self._path(deck.deck_id).exists():
                current = self.load(deck.deck_id)
                if current.revision != deck.revision:
                    raise DeckConflictError(current)
            elif deck.revision > 0:
                raise UnknownDeckError(deck.deck_id)
            saved = msgspec.structs.replace(deck, revision=deck.revision + 1)
            write_whole(self._path(saved.deck_id), deck_to_json(saved))
            return saved

    def delete(self, deck_id: str) -> None:
        """Put a deck aside. Raises UnknownDeckError."""
        with self._lock():
            try:
                os.replace(self._path(deck_id), self._path(deck_id, _DELETED))
            except FileNotFoundError:
                raise UnknownDeckError(deck_id) from None

    def restore(self, deck_id: str) -> Deck:
        """Bring a deleted deck back. Raises UnknownDeckError."""
        with self._lock():
            if self._path(deck_id).exists():
                return self.load(deck_id)
            try:
                os.replace(self._path(deck_id, _DELETED), self._path(deck_id))
            except FileNotFoundError:
                raise UnknownDeckError(deck_id) from None
            return self.load(deck_id)

    def _path(self, deck_id: str, suffix: str = _SUFFIX) -> Path:
        if not _ID.fullmatch(
            deck_id
        ):  # an id comes from the address: never a way out of the folder
            raise UnknownDeckError(deck_id)
        return self._folder / f"{deck_id}{suffix}"

    def _lock(self) -> FileLock:
        return FileLock(self._folder / ".lock", timeout=10)
