"""The year's indicators by name, grouped by the subject that they belong to."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.cards.context import Context
from dashboard.cards.overview import PAGES, page_title


def indicator_choices(context: Context) -> Mapping[str, str]:
    """Return the names of the year's indicators by id, subject by subject."""
    return {
        indicator.indicator_id: context.subtitle(
            page_title(context, page), indicator.text("name", context.language.code)
        )
        for page in PAGES
        for indicator in context.indicators_of(page)
    }


def is_indicator(context: Context, indicator_id: str) -> bool:
    """Whether the catalogue knows an indicator."""
    return indicator_id in context.database.catalogue.indicators
