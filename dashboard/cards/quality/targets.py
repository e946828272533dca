"""The year's accreditations and selections: which they are, and how one reads beside its target."""

from __future__ import annotations

from dashboard.cards.context import Context
from dashboard.frames import Row

# In the order of the plan's clauses.
TARGETS = (
    "modern_schools_created",
    "tiered_class_schools",
    "sports_schools",
    "baseball_schools",
    "arts_bases",
    "rural_arts_bases",
    "arts_club_bases",
    "labour_classroom_coverage",
    "study_travel_courses",
    "scientist_lectures",
    "smart_campuses",
)


def targets_of_year(context: Context) -> tuple[str, ...]:
    """Return the targets that the year's plan names; all where it names none, for who asks."""
    return context.named(TARGETS) or TARGETS


def has_target(row: Row) -> bool:
    """Whether a unit has a target of its own: the city's count may be split without it."""
    return row["target"] is not None and bool(row["target"] > 0)


def is_share(context: Context, indicator_id: str) -> bool:
    """Whether a target is a share of schools and not a count."""
    return context.indicator(indicator_id).denominator == "base"


def reached_text(context: Context, indicator_id: str, row: Row) -> str:
    """Write what is reached beside the target: 24/30所, 93.8/95.0%."""
    value = context.shown(indicator_id, row)
    if row["value"] is None or not has_target(row):
        return value
    reached = context.language.number(row["value"], context.indicator(indicator_id).decimals)
    return f"{reached}/{context.value(indicator_id, row['target'])}"
