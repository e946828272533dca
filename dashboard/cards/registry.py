"""The cards by id, so that a page, a deck or the command line can ask for the same one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dashboard.cards.asked import asked_note, reading_note
from dashboard.cards.changes import change_sentence
from dashboard.cards.context import Context
from dashboard.cards.phrases import present
from dashboard.report import Card

CardBuilder = Callable[..., Card]
HeadlineBuilder = Callable[..., str]

_CARDS: dict[str, CardBuilder] = {}
_WHOLE_CITY: set[str] = set()
_HEADLINES: dict[str, HeadlineBuilder] = {}


def card(card_id: str, *, whole_city: bool = False) -> Callable[[CardBuilder], CardBuilder]:
    """Register the function that builds a card; ``whole_city``: whatever counties are chosen."""

    def register(builder: CardBuilder) -> CardBuilder:
        _CARDS[card_id] = builder
        if whole_city:
            _WHOLE_CITY.add(card_id)
        return builder

    return register


def headline(page: str) -> Callable[[HeadlineBuilder], HeadlineBuilder]:
    """Register the function that says a page's main finding in one sentence."""

    def register(builder: HeadlineBuilder) -> HeadlineBuilder:
        _HEADLINES[page] = builder
        return builder

    return register


def card_view(card_id: str, context: Context) -> Context:
    """Return what a card looks at: some show the whole city, whatever counties are chosen."""
    if card_id not in _WHOLE_CITY:
        return context
    return replace(context, filters=replace(context.filters, counties=()))


def build_card(card_id: str, context: Context, **arguments: Any) -> Card:
    """Build a card for a reader's view of the data; the same view gets the same card."""
    context = card_view(card_id, context)
    key = ("card", card_id, tuple(sorted(arguments.items())), context.filters, context.language)
    return context.database.derived(key, lambda: _build(card_id, context, arguments))


def _build(card_id: str, context: Context, arguments: Mapping[str, Any]) -> Card:
    """Build a card, mark our readings of the plan, and let its indicators say what has changed.

    A card may say itself what has changed.
    """
    built = _CARDS[card_id](context, **arguments)
    notes = present(*built.notes, reading_note(context, built.indicator_ids))
    if len(built.indicator_ids) == 1:
        notes = present(*notes, asked_note(context, built.indicator_ids[0]))
    built = replace(built, notes=notes)
    if built.change is not None:
        return built
    return replace(built, change=change_sentence(context, built.indicator_ids, built.finding))


def build_headline(page: str, context: Context, **arguments: Any) -> str:
    """Say a page's main finding."""
    key = ("headline", page, tuple(sorted(arguments.items())), context.filters, context.language)
    return context.database.derived(key, lambda: _HEADLINES[page](context, **arguments))


def is_whole_city(card_id: str) -> bool:
    """Whether a card is about the whole city whatever counties are chosen."""
    return card_id in _WHOLE_CITY


def card_ids() -> list[str]:
    """Return the ids of all cards."""
    return sorted(_CARDS)
