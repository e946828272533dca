"""The cards by id, so that a page, a deck or the command line can ask for the same one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dashboard.cards.asked import asked_note, reading_note
from dashboard.cards.changes import change_sentence, since
from dashboard.cards.comparable import comparability_note
from dashboard.cards.context import Context
from dashboard.cards.model import Card
from dashboard.cards.phrases import present
from dashboard.cards.plan_year import year_notes
from dashboard.cards.sentences import missing_sentence, missing_words
from dashboard.cards.strays import stray_notes
from dashboard.frames import Row
from dashboard.indicators import PROVISIONAL
from dashboard.pages import page_name

CardBuilder = Callable[..., Card]
HeadlineBuilder = Callable[..., str]

MOST_MARKED = 3  # provisional indicators that a sentence names; of more the note says which

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
    """Build a card; one that does not say itself what has changed lets its indicators say it.

    What is not in of its indicators is said here, once for all cards: first of the notes, in the
    finding, and in place of a change that would be one of sums over different months. The notes
    tell as well which rows the indicators are without, over which schools changes are taken, which
    targets are our reading and whom they are asked of, and what the year's plan has to do with it.
    """
    built = _CARDS[card_id](context, **arguments)
    ids = built.indicator_ids
    if not ids and not arguments:  # of figures that are nobody's indicator, and of all schools
        return _without_missing_returns(context, built)
    now, then = ({i: context.chosen_value(i, month) for i in ids} for month in context.months)
    lacking = {i: row["missing_periods"] for i, row in now.items()}
    is_incomplete = any(row["missing_periods"] for row in (*now.values(), *then.values()))
    is_own_unsound = bool(built.change) and is_incomplete and not built.is_change_of_statuses
    says_own = built.change is not None and not is_own_unsound
    notes = present(
        missing_sentence(context, lacking),
        *stray_notes(context, ids),
        comparability_note(context, ids),
        *built.notes,
        reading_note(context, ids),
        asked_note(context, ids[0]) if len(ids) == 1 else "",
        *year_notes(context, ids),
    )
    return replace(
        built,
        finding=_marked(context, built.finding, now),
        change=built.change if says_own else change_sentence(context, ids, built.finding),
        notes=notes,
    )


def _without_missing_returns(context: Context, built: Card) -> Card:
    """Show a card without indicators, which rests on the newest returns of its sources."""
    missing = context.missing_from(*built.sources)
    if not missing:
        return replace(built, change=built.change or "")
    _ = context.language
    words = missing_words(context, missing)
    is_marked = _("provisional") in built.finding
    return replace(
        built,
        finding=built.finding if is_marked else _("{text} (provisional)", text=built.finding),
        change=since(context, _("{missing} not in, not compared", missing=words)),
        notes=(_("Not in: {missing}; the figures are without it.", missing=words), *built.notes),
    )


def build_headline(page: str, context: Context, **arguments: Any) -> str:
    """Say a page's main finding and what of it is provisional; without one, what it is about."""
    key = ("headline", page, tuple(sorted(arguments.items())), context.filters, context.language)
    return context.database.derived(key, lambda: _headline(page, context, arguments))


def _headline(page: str, context: Context, arguments: Mapping[str, Any]) -> str:
    if page not in _HEADLINES:
        return page_name(page, context.language)
    said = _HEADLINES[page](context, **arguments)
    shown = [i.indicator_id for i in context.database.catalogue.by_page(page)]
    named = [i for i in shown if context.text(i, "short") in said]
    return _marked(context, said, {i: context.chosen_value(i) for i in named})


def _marked(context: Context, said: str, rows: Mapping[str, Row]) -> str:
    """Return a sentence about indicators, marked with those, or a few, that are provisional."""
    _ = context.language
    found = [i for i, row in rows.items() if row["missing"] == PROVISIONAL]
    is_marked = len(found) <= MOST_MARKED and _("provisional") in said
    if not found or is_marked:
        return said
    if len(rows) == 1:
        return _("{text} (provisional)", text=said)
    if len(found) > MOST_MARKED:
        return _("{text} (some of the figures provisional)", text=said)
    names = _.listed([context.text(i, "short") for i in found])
    return _("{text} ({measures} provisional)", text=said, measures=names)


def is_whole_city(card_id: str) -> bool:
    """Whether a card is about the whole city whatever counties are chosen."""
    return card_id in _WHOLE_CITY


def card_ids() -> list[str]:
    """Return the ids of all cards."""
    return sorted(_CARDS)
