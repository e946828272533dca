"""招生: pupils and classes, kindergarten places, equal access, quality senior highs."""

from dashboard.cards.enrollment import (
    access,
    headline,
    kindergartens,
    pupils,
    school_sizes,
    senior,
)

__all__ = ["access", "headline", "kindergartens", "pupils", "school_sizes", "senior"]
