"""From a deck to what its slides say: every card built once, on one data version."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dashboard import definitions
from dashboard.cards import Context, build_card, card_ids
from dashboard.database import Database
from dashboard.decks import Deck, Slide
from dashboard.filters import Filters
from dashboard.language import Language, language
from dashboard.report import Card, Report, SlidePage

FACTS_SHOWN = 3


class UnknownCardError(LookupError):
    """A slide asks for a card that this dashboard does not have."""


def build_report(
    database: Database,
    deck: Deck,
    as_of: str,
    words: Language,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Work a deck out; ``progress`` is told how many slides of how many are done.

    A slide that names a month or a language of its own keeps it. Raises UnknownCardError.
    """
    pages = []
    for done, slide in enumerate(deck.slides):
        if progress is not None:
            progress(done, len(deck.slides))
        pages.append(build_slide(database, slide, as_of, words))
    geographies = list(dict.fromkeys(page.geography for page in pages))
    geography = geographies[0] if len(geographies) == 1 else words("Whole city")
    return Report(
        title=deck.name,
        subtitle=" · ".join((geography, words.month(as_of))),
        language=words.code,
        as_of=as_of,
        data_version=database.version,
        is_sample=database.is_sample,
        pages=tuple(pages),
    )


def build_slide(database: Database, slide: Slide, as_of: str, words: Language) -> SlidePage:
    """Work one slide out. Raises UnknownCardError."""
    if slide.card not in card_ids():
        raise UnknownCardError(slide.card)
    context = Context(
        database,
        Filters(slide.month or as_of, slide.counties, slide.compare),
        language(slide.language) if slide.language else words,
    )
    card = build_card(slide.card, context, **slide.arguments)
    return SlidePage(
        section=slide.section,
        card=card,
        facts=tuple(_facts(card)),
        footer=_footer(context, card),
        geography=context.geography,
        language=context.language.code,
        note=slide.note,
        background=tuple(_background(context, card)),
    )


def _facts(card: Card) -> list[str]:
    """What changed, then the card's own notes: three lines at most."""
    return [fact for fact in (card.change, *card.notes) if fact][:FACTS_SHOWN]


def _footer(context: Context, card: Card) -> str:
    _ = context.language
    parts = [
        *context.sources(card)[:1],
        _("data version {version}", version=context.database.version),
    ]
    if context.database.is_sample:
        parts.append(_("Synthetic sample data"))
    return " · ".join(parts)


def _background(context: Context, card: Card) -> Iterator[str]:
    """Measure and filters, definitions with clause and words, sources, data version."""
    _ = context.language
    yield card.subtitle
    yield _("compared with {month}", month=_.month(context.filters.compared_month))
    for indicator_id in card.indicator_ids:
        indicator = context.indicator(indicator_id)
        yield f"{context.text(indicator_id, 'name')}: {context.text(indicator_id, 'formula')}"
        yield f"{indicator.certainty} {definitions.certainty_words(_, indicator.certainty)}"
        clause = context.clause(indicator_id)
        if clause is not None:
            yield _("clause {number}: “{quote}”", number=clause["clause"], quote=clause["quote_zh"])
    yield from context.sources(card)
    yield _("data version {version}", version=context.database.version)
