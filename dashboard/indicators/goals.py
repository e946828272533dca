"""What the plan asks, and of whom."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from dashboard.catalogue import Indicator
from dashboard.database import Database
from dashboard.filters import CITY
from dashboard.frames import records
from dashboard.status import Goal

Goals = Mapping[str, Goal]  # by unit, ``all`` for the city


def goals(database: Database, as_of: str) -> Mapping[str, Goals]:
    """Return what the plan of a month's year asks as of that month, by indicator and unit."""
    return database.derived(("goals", as_of), lambda: _read_goals(database, as_of))


def city_goal(database: Database, indicator_id: str, as_of: str) -> Goal | None:
    """Return what the plan of a month's year asks of the whole city."""
    return goals(database, as_of).get(indicator_id, {}).get(CITY)


def joint_goal(indicator: Indicator, by_unit: Goals, units: tuple[str, ...]) -> Goal | None:
    """Return the goal of one unit, or of several: counts add up, rates share one target.

    Several units have none when one of them has none; milestones belong to whom the plan names.
    """
    present = [by_unit[unit] for unit in units if unit in by_unit]
    is_partial = len(present) < len(units) and indicator.kind != "milestone"
    if not present or is_partial:
        return None
    first = present[0]
    adds_up = indicator.denominator != "base" and indicator.kind != "directional"
    if not adds_up or first.target is None:
        return first
    return replace(first, target=math.fsum(goal.target or 0.0 for goal in present))


def planned_totals(database: Database, year: str) -> Mapping[tuple[str, str], float]:
    """Return what units' own plans call for by the year's end, by indicator and unit.

    The numbers are summed denominators, before the indicator's scale.
    """
    return database.derived(("planned_totals", year), lambda: _read_planned(database, year))


def _read_goals(database: Database, as_of: str) -> dict[str, dict[str, Goal]]:
    found: dict[str, dict[str, Goal]] = {}
    for row in records(database.run_query("values/goals", as_of=as_of)):
        target: float | None = None if row["target"] is None else float(row["target"])
        goal = Goal(
            row["comparator"],
            target,
            row["due_month"],
            kind=row["kind"],
            scope=row["scope"],
            basis=row["basis"],
        )
        found.setdefault(row["indicator_id"], {})[row["county_id"]] = goal
    return found


def _read_planned(database: Database, year: str) -> dict[tuple[str, str], float]:
    frame = database.run_query("values/plan_totals", year_start=f"{year}-01", year_end=f"{year}-12")
    return {
        (row["indicator_id"], row["county_id"]): float(row["planned"]) for row in records(frame)
    }
