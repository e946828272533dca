"""What a deck is, and its file."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from dashboard.filters import Comparison

FORMAT = 1
MAX_SLIDES = 200
MAX_FILE_BYTES = 1_000_000

_Text = Annotated[str, Meta(max_length=200)]
_Note = Annotated[str, Meta(max_length=5_000)]
_Month = Annotated[str, Meta(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
_CardId = Annotated[str, Meta(pattern=r"^[a-z_]+(\.[a-z_]+)*$", max_length=80)]
_Compare = Annotated[str, Meta(pattern=r"^(last_year|last_month|[0-9]{4}-(0[1-9]|1[0-2]))$")]
_County = Annotated[str, Meta(pattern=r"^[0-9]{6}$")]
_DeckId = Annotated[str, Meta(pattern=r"^[a-z0-9]{12}$")]


class Slide(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A card with the filters it is shown with.

    ``month`` and ``language`` may be left open: the slide then follows the deck's reader.
    """

    card: _CardId
    arguments: Mapping[_Text, bool | int | _Text | tuple[_Text, ...]] = {}
    counties: tuple[_County, ...] = ()
    month: _Month | None = None
    compare: _Compare = str(Comparison.LAST_YEAR)
    language: Annotated[str, Meta(pattern=r"^(zh|en)$")] | None = None
    section: _Text = ""
    note: _Note = ""  # the presenter's own words


class Deck(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Slides in order, under a name.

    ``revision`` counts the saves: whoever saves must have seen the latest one.
    """

    deck_id: _DeckId
    name: Annotated[str, Meta(min_length=1, max_length=100)]
    slides: Annotated[tuple[Slide, ...], Meta(max_length=MAX_SLIDES)] = ()
    revision: Annotated[int, Meta(ge=0)] = 0
    format: Annotated[int, Meta(ge=1, le=FORMAT)] = FORMAT


class DeckFileError(ValueError):
    """A file that is no deck; the message says what is wrong and where."""


def new_deck_id() -> str:
    """Return an id that nobody guesses and no other deck has."""
    return secrets.token_hex(6)


def deck_to_json(deck: Deck) -> bytes:
    """Write a deck as the bytes of its file: readable, one key a line."""
    return msgspec.json.format(msgspec.json.encode(deck), indent=2) + b"\n"


def deck_from_json(content: bytes) -> Deck:
    """Read a deck's file. Raises DeckFileError."""
    if len(content) > MAX_FILE_BYTES:
        raise DeckFileError(f"larger than {MAX_FILE_BYTES:,} bytes")
    try:
        return msgspec.json.decode(content, type=Deck)
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError) as error:
        raise DeckFileError(str(error)) from None
