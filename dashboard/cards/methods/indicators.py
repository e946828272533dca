"""The definitions of a subject's indicators, as one table to look things up in."""

from __future__ import annotations

import pandas as pd

from dashboard.cards.context import Context
from dashboard.cards.model import Card, Column, Selects, Table
from dashboard.cards.overview import PAGES, page_title
from dashboard.cards.registry import card
from dashboard.catalogue import Indicator
from dashboard.indicators import definitions


def subjects_with(context: Context, words: str) -> list[str]:
    """Return the subject pages that have an indicator whose definition holds these words."""
    return [page for page in PAGES if _matching(context, page, words)]


@card("methods.indicators", whole_city=True)
def indicator_definitions(context: Context, *, page: str, words: str = "") -> Card:
    """Every indicator of a subject page: what it counts, how it is judged, where it comes from."""
    _ = context.language
    found = _matching(context, page, words)
    rows = [_row(context, indicator) for indicator in found]
    table = Table(
        pd.DataFrame(rows),
        (
            Column("name", _("Indicator"), leads_to=Selects.INDICATOR, id_column="id"),
            Column("formula", _("Formula")),
            Column("value", _("Adds up as")),
            Column("unit", _("Unit and direction")),
            Column("cadence", _("Measured")),
            Column("pace", _("Expected by now")),
            Column("source", _("Source and date of its data")),
            Column("certainty", _("Certainty")),
            Column("caveats", _("Mind")),
        ),
    )
    return Card(
        card_id=f"methods.indicators.{page}",
        finding=_(
            "{subject}: {count} definitions", subject=page_title(context, page), count=len(rows)
        ),
        subtitle=_("definition, rule and source of each indicator"),
        listing=table,
        table=table,
    )


def _matching(context: Context, page: str, words: str) -> list[Indicator]:
    """Return the subject's indicators; with words, those whose row holds all of them."""
    indicators = context.indicators_of(page)
    wanted = words.casefold().split()
    if not wanted:
        return indicators
    texts = {i.indicator_id: " ".join(_row(context, i).values()).casefold() for i in indicators}
    return [i for i in indicators if all(word in texts[i.indicator_id] for word in wanted)]


def _row(context: Context, indicator: Indicator) -> dict[str, str]:
    _ = context.language
    unit = definitions.unit_words(_, indicator)
    direction = definitions.direction_words(_, indicator)
    return {
        "id": indicator.indicator_id,
        "name": indicator.text("name", _.code),
        "formula": indicator.text("formula", _.code),
        "value": definitions.accumulation_words(_, indicator),
        "unit": _.pick("；", "; ").join((unit, direction)),
        "cadence": definitions.cadence_words(_, indicator),
        "pace": definitions.trajectory_word(_, indicator.trajectory),
        "source": _.pick("；", "; ").join(_sources(context, indicator)),
        "certainty": f"{indicator.certainty} {definitions.certainty_words(_, indicator.certainty)}",
        "caveats": indicator.text("caveats", _.code),
    }


def _sources(context: Context, indicator: Indicator) -> list[str]:
    """Return the exports an indicator is computed from, each with the latest period it covers."""
    found = [context.database.sources.get(name) for name in indicator.sources]
    return [
        context.language(
            "{file}, data to {latest}", file=source.file_name, latest=source.latest or "–"
        )
        for source in found
        if source is not None
    ]
