"""One indicator on a page of its own."""

from dashboard.cards.indicator.headline import indicator_headline

__all__ = ["indicator_headline"]
