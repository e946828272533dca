"""One indicator on a page of its own: from the city over the counties to the schools.

Importing the package registers the cards of the indicator's page.

- ``headline``: where it stands, in one sentence
- ``standing``: by county
- ``history``: over the years or months
- ``distribution``: how the schools of each county spread
- ``contributors``: the schools that make up most of the gap
- ``schools``: the schools by name, and what the cards about schools share
- ``units``: where it counts other things than schools, which they are
- ``definition``: what it means, and the plan's own words

``choices`` are all indicators by name.
"""

from dashboard.cards.indicator import (
    contributors,
    definition,
    distribution,
    headline,
    history,
    standing,
    units,
)
from dashboard.cards.indicator.choices import indicator_choices, is_indicator
from dashboard.cards.indicator.schools import counts_schools
from dashboard.cards.indicator.units import has_units

__all__ = [
    "contributors",
    "counts_schools",
    "definition",
    "distribution",
    "has_units",
    "headline",
    "history",
    "indicator_choices",
    "is_indicator",
    "standing",
    "units",
]
