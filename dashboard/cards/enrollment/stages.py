"""The stages of schooling in the page's words."""

from __future__ import annotations

from dashboard.cards.context import Context


def stage_names(context: Context) -> dict[str, str]:
    """Return the stages in the order pupils pass through them, with their names.

    ``upper`` is general and vocational senior secondary together.
    """
    _ = context.language
    return {
        "kindergarten": _("Kindergarten"),
        "primary": _("Primary"),
        "junior": _("Junior secondary"),
        "upper": _("Senior secondary"),
        "senior": _("General senior"),
        "vocational": _("Vocational"),
        "special": _("Special education"),
    }
