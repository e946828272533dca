"""口径: what every number means, generated from the catalogue."""

from dashboard.cards.methods.headline import methods_headline
from dashboard.cards.methods.indicators import indicator_definitions, subjects_with
from dashboard.cards.methods.rules import (
    pace_rules,
    status_rules,
    symbol_rules,
    thresholds,
    value_rules,
)

__all__ = [
    "indicator_definitions",
    "methods_headline",
    "pace_rules",
    "status_rules",
    "subjects_with",
    "symbol_rules",
    "thresholds",
    "value_rules",
]
