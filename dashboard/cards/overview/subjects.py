"""The subjects of the plan in the order of the navigation."""

from __future__ import annotations

from dashboard.cards.context import Context
from dashboard.pages import page_name, subjects

PAGES = subjects()


def page_title(context: Context, page: str) -> str:
    """Return what a page is about."""
    return page_name(page, context.language)


def county_indicators(context: Context) -> list[str]:
    """Return the indicators that counties have values of, page by page."""
    return [
        indicator.indicator_id
        for page in PAGES
        for indicator in context.indicators_of(page)
        if not context.is_city_only(indicator.indicator_id) and indicator.kind != "county_count"
    ]
