"""The subjects of the plan in the order of the navigation."""

from __future__ import annotations

from dashboard.cards.context import Context

PAGES = ("enrollment", "health", "teachers", "construction", "quality", "skills", "tutoring")


def page_title(context: Context, page: str) -> str:
    """Return a page's name as the navigation writes it."""
    _ = context.language
    return {
        "enrollment": _("Enrollment"),
        "health": _("Health"),
        "teachers": _("Teachers"),
        "construction": _("Construction"),
        "quality": _("Quality and accreditation"),
        "skills": _("Vocational and higher education"),
        "tutoring": _("Tutoring reform"),
    }[page]


def county_indicators(context: Context) -> list[str]:
    """Return the indicators that counties have values of, page by page."""
    return [
        indicator.indicator_id
        for page in PAGES
        for indicator in context.indicators_of(page)
        if not context.is_city_only(indicator.indicator_id) and indicator.kind != "county_count"
    ]
