"""What the plan asks, and of whom."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

from dashboard.catalogue import Indicator
from dashboard.data import Database
from dashboard.filters import CITY
from dashboard.frames import records
from dashboard.indicators.status import Goal

Goals = Mapping[str, Goal]  # by unit, ``all`` for the city


def goals(database: Database, as_of: str) -> Mapping[str, Goals]:
    """Return what the plan of a month's year asks as of that month, by indicator and unit."""
    return database.derived(("goals", as_of), lambda: _read_goals(database, as_of))


def plan_goal(database: Database, indicator_id: str, as_of: str) -> Goal | None:
    """Return what the plan of a month's year asks of an indicator: of the city, or of some units.

    What units share out is their own; kind, comparator, due month and basis are the plan's.
    """
    by_unit = goals(database, as_of[:4]).get(indicator_id, {})
    return by_unit.get(CITY) or next(iter(by_unit.values()), None)


def asked_counties(database: Database, indicator_id: str, as_of: str) -> tuple[str, ...]:
    """Return the counties that the plan names for a target; none where it is asked of everybody."""
    plan = database.plans.get(int(as_of[:4]))
    targets = () if plan is None else plan.targets
    named = next((t.counties for t in targets if t.indicator_id == indicator_id), "")
    return tuple(county for county in named.split() if county != CITY)


def joint_goal(indicator: Indicator, by_unit: Goals, units: tuple[str, ...]) -> Goal | None:
    """Return the goal of one unit, or of several: counts add up, rates share one target.

    Several units have none when one of them has none; milestones belong to whom the plan names.
    """
    present = [by_unit[unit] for unit in units if unit in by_unit]
    if not present or (len(present) < len(units) and present[0].kind != "milestone"):
        return None
    first = present[0]
    if indicator.denominator == "base" or first.target is None:
        return first
    return replace(first, target=math.fsum(goal.target or 0.0 for goal in present))


def plan_month(database: Database, year: str) -> str:
    """Return the month in which a year's plan was published, YYYY-MM: nothing is judged before."""
    plan = database.plans.get(int(year))
    return "" if plan is None else f"{plan.published:%Y-%m}"


def profiles(database: Database, year: str) -> Mapping[str, tuple[float, ...]]:
    """Return, by indicator, what all years before had brought by the end of each month.

    Twelve numbers for what comes in batches, summed numerators of the whole city; nothing without
    a year before.
    """
    return database.derived(("profiles", year), lambda: _read_profiles(database, year))


def planned_totals(database: Database, year: str) -> Mapping[tuple[str, str], float]:
    """Return what units' own plans call for by the year's end, by indicator and unit.

    The numbers are summed denominators, before the indicator's scale.
    """
    return database.derived(("planned_totals", year), lambda: _read_planned(database, year))


def _read_goals(database: Database, as_of: str) -> dict[str, dict[str, Goal]]:
    found: dict[str, dict[str, Goal]] = {}
    judged_from = plan_month(database, as_of[:4])
    for row in records(database.run_query("values/goals", as_of=as_of)):
        target: float | None = None if row["target"] is None else float(row["target"])
        named = row["counties"].split() if row["county_id"] == CITY else ()
        goal = Goal(
            row["comparator"],
            target,
            row["due_month"],
            kind=row["kind"],
            scope=row["scope"],
            basis=row["basis"],
            counties=tuple(county for county in named if county != CITY),
            judged_from=judged_from,
        )
        found.setdefault(row["indicator_id"], {})[row["county_id"]] = goal
    return found


def _read_profiles(database: Database, year: str) -> dict[str, tuple[float, ...]]:
    found: dict[str, tuple[float, ...]] = {}
    for row in records(database.run_query("values/profiles", year=int(year))):
        found[row["indicator_id"]] = (*found.get(row["indicator_id"], ()), float(row["reached"]))
    return found


def _read_planned(database: Database, year: str) -> dict[tuple[str, str], float]:
    frame = database.run_query("values/plan_totals", year_start=f"{year}-01", year_end=f"{year}-12")
    return {
        (row["indicator_id"], row["county_id"]): float(row["planned"]) for row in records(frame)
    }
