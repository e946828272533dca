"""育人与创建: what was named and created this year, quality-balanced counties, communities.

``headline``        the page in one sentence
``targets``         the year's eleven targets and how a count reads beside its own
``board``           all of them at once: the chosen counties' progress, and every county's
``named``           the names behind one of them
``balanced_track``  the counties' steps to recognition as quality-balanced
``resources``       the seven resources: their names, units and amounts
``variation``       how far a county's schools lie apart in each
``failing_schools`` the schools that do not meet the rule, and on what
``communities``     education communities by county
``olympiads``       national olympiad awards, of the whole city only
"""

from dashboard.cards.quality import (
    balanced_track,
    board,
    communities,
    failing_schools,
    headline,
    named,
    olympiads,
    variation,
)
from dashboard.cards.quality.targets import reached_text, targets_of_year

__all__ = [
    "balanced_track",
    "board",
    "communities",
    "failing_schools",
    "headline",
    "named",
    "olympiads",
    "reached_text",
    "targets_of_year",
    "variation",
]
