"""The values of every indicator: one frame that pages, exports and the command line all read.

A rate is the ratio of the sums over the chosen counties, never a mean of rates. A county that has
not reported is missing, never zero, and the total says who is missing. City-only figures are never
split: counties, and a choice of counties, have no value of their own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.catalogue import Indicator
from dashboard.database import Database
from dashboard.filters import CITY, months_between, shift_month
from dashboard.frames import records
from dashboard.status import Goal, Reading, assess, reaches

NOT_APPLICABLE = "z"
UNAVAILABLE = "x"

VALUE_COLUMNS = [
    "indicator_id",
    "county_id",
    "period",
    "numerator",
    "denominator",
    "value",
    "target",
    "expected",
    "status",
]


@dataclass(frozen=True)
class _Sums:
    """Sums of indicator rows for one county or several: now, a year before, at last year's end."""

    numerator: float | None = None
    denominator: float | None = None
    previous_numerator: float | None = None
    previous_denominator: float | None = None
    baseline_numerator: float | None = None
    baseline_denominator: float | None = None

    @property
    def is_missing(self) -> bool:
        return self.numerator is None and self.denominator is None


_SUM_FIELDS = tuple(_Sums.__dataclass_fields__)


def values(
    database: Database,
    as_of: str,
    counties: Iterable[str] = (),
    indicator_ids: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return where indicators stand at the end of a month.

    One row for each chosen county (all seven units when none is chosen, in the official order) and
    one with county_id ``all`` for them together, for each indicator in the catalogue's order.

    Columns: ``VALUE_COLUMNS``, then ``previous`` (the same month or season of the year before),
    ``baseline``, ``forecast`` and ``forecast_method``, ``gap`` (how much of the indicator's unit is
    missing to the target; zero when reached), ``gap_units`` (the same in people, schools or
    projects), ``missing`` (``z`` not applicable, ``x`` not reported) and ``late_counties`` (ids of
    the counties whose data are not in, in the order of counties). Values are in the indicator's
    unit; statuses are those of :mod:`dashboard.status` or None.
    """
    chosen = tuple(counties)
    frame = database.derived(
        ("values", as_of, chosen), lambda: _all_values(database, as_of, chosen)
    )
    if indicator_ids is None:
        return frame.copy()
    places = {name: place for place, name in enumerate(database.catalogue.indicators)}
    wanted = list(indicator_ids)
    unknown = sorted(set(wanted) - set(places))
    if unknown:
        raise KeyError(f"unknown indicator: {', '.join(unknown)}")
    size = len(frame) // len(places)  # every indicator has as many rows, one after the other
    parts = [frame.iloc[places[name] * size : (places[name] + 1) * size] for name in wanted]
    return (
        pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0].reset_index(drop=True)
    )


def history(
    database: Database, indicator_id: str, as_of: str, counties: Iterable[str] = ()
) -> pd.DataFrame:
    """Return an indicator's values over time, up to a month.

    Columns county_id (chosen counties and ``all``), period, numerator, denominator, value. A level
    has one row per stock-taking; a flow or a stock one per month since its first.
    """
    chosen = tuple(counties)
    frame = database.derived(
        ("history", indicator_id, as_of, chosen),
        lambda: _history(database, indicator_id, as_of, chosen),
    )
    return frame.copy()


def months(database: Database) -> list[str]:
    """Return the months that can be chosen: from the first plan year's January to the last data."""
    span = database.run_query("values/months").iloc[0]
    if pd.isna(span["first_month"]) or pd.isna(span["last_month"]):
        return []
    return months_between(span["first_month"], span["last_month"])


def county_ids(database: Database) -> tuple[str, ...]:
    """Return the seven units in the official order."""
    return tuple(database.run_query("values/counties")["county_id"])


def _all_values(database: Database, as_of: str, counties: tuple[str, ...]) -> pd.DataFrame:
    units = county_ids(database)
    unknown = sorted(set(counties) - set(units))
    if unknown:
        raise KeyError(f"unknown county: {', '.join(unknown)}")
    chosen = tuple(unit for unit in units if unit in counties) or units
    is_city = chosen == units
    snapshot = database.derived(("snapshot", as_of), lambda: _snapshot(database, as_of))
    year = as_of[:4]
    goals = _goals(database, year)
    plan_totals = database.derived(("plan_totals", year), lambda: _plan_totals(database, year))
    rows: list[dict[str, Any]] = []
    for indicator in database.catalogue.indicators.values():
        sums, period, latest = snapshot.get(indicator.indicator_id, ({}, "", {}))
        context = _IndicatorContext(
            indicator,
            as_of,
            period,
            goals.get(indicator.indicator_id, {}),
            plan_totals,
            frozenset(sums),
        )
        rows.extend(context.row(county, sums.get(county), (county,)) for county in chosen)
        rows.append(
            context.row(
                CITY,
                _together(indicator, sums, chosen, is_city=is_city),
                (CITY,) if is_city else chosen,
                late=_late_counties(indicator, sums, latest, chosen),
            )
        )
    frame = pd.DataFrame(rows)
    for column in ("period", "status", "forecast_method", "missing"):
        frame[column] = frame[column].astype("object").where(frame[column].notna(), None)
    return frame


@dataclass(frozen=True)
class _IndicatorContext:
    """What all rows of one indicator share."""

    indicator: Indicator
    as_of: str
    period: str
    goals: Mapping[str, Goal]
    plan_totals: Mapping[tuple[str, str], float]
    units: frozenset[str]  # that have ever reported

    def row(
        self,
        county_id: str,
        sums: _Sums | None,
        targeted: tuple[str, ...],
        late: tuple[str, ...] = (),
    ) -> dict[str, Any]:
        """Work out one row; ``targeted`` are the units whose targets make up the row's target."""
        indicator = self.indicator
        if sums is not None and sums.is_missing:
            sums = None
        goal = self._goal(targeted)
        value = None if sums is None else _value(indicator, sums)
        previous = None if sums is None else _previous(indicator, sums)
        reading = Reading(
            as_of=self.as_of,
            period=self.period,
            value=value,
            previous=previous,
            baseline=None
            if sums is None
            else _ratio(indicator, sums.baseline_numerator, sums.baseline_denominator),
            planned=self._planned(sums),
            planned_total=self._planned_total(targeted),
        )
        assessment = assess(indicator, goal, reading)
        gap, gap_units = _gap(indicator, goal, sums, value, previous)
        return {
            "indicator_id": indicator.indicator_id,
            "county_id": county_id,
            "period": self.period or None,
            "numerator": None if sums is None else sums.numerator,
            "denominator": None if sums is None else sums.denominator,
            "value": value,
            "target": None if goal is None else goal.target,
            "expected": assessment.expected,
            "status": None if assessment.status is None else str(assessment.status),
            "previous": previous,
            "baseline": reading.baseline,
            "forecast": assessment.forecast,
            "forecast_method": assessment.forecast_method,
            "gap": gap,
            "gap_units": gap_units,
            "missing": None if value is not None else self._missing(county_id, goal, sums),
            "late_counties": late,
        }

    def _goal(self, targeted: tuple[str, ...]) -> Goal | None:
        """The goal of a unit, or of several: counts add up, rates share one target."""
        present = [self.goals[unit] for unit in targeted if unit in self.goals]
        is_partial = len(present) < len(targeted) and self.indicator.kind != "milestone"
        if not present or is_partial:
            return None
        first = present[0]
        if not _adds_up(self.indicator) or first.target is None:
            return first
        total = math.fsum(goal.target or 0.0 for goal in present)
        return Goal(first.comparator, total, first.due_month)

    def _planned(self, sums: _Sums | None) -> float | None:
        if self.indicator.denominator != "plan" or sums is None:
            return None
        return (sums.denominator or 0.0) * self.indicator.scale

    def _planned_total(self, targeted: tuple[str, ...]) -> float | None:
        if self.indicator.denominator != "plan":
            return None
        totals = [self.plan_totals.get((self.indicator.indicator_id, unit)) for unit in targeted]
        present = [total for total in totals if total is not None]
        return math.fsum(present) * self.indicator.scale if present else None

    def _missing(self, county_id: str, goal: Goal | None, sums: _Sums | None) -> str:
        if county_id != CITY and county_id not in self.units:
            return NOT_APPLICABLE  # a unit that never reports this has nothing to report
        if sums is not None and not sums.denominator:
            return NOT_APPLICABLE  # nobody the rate could be of
        city_only = self.indicator.scope == "city" and self.indicator.kind != "county_count"
        if self.indicator.kind in ("milestone", "county_count") and goal is None:
            return NOT_APPLICABLE
        return NOT_APPLICABLE if city_only and county_id != CITY else UNAVAILABLE


def _adds_up(indicator: Indicator) -> bool:
    """Whether the targets of counties add up to the target of the counties together."""
    return indicator.denominator != "base" and indicator.kind != "directional"


def _snapshot(
    database: Database, as_of: str
) -> dict[str, tuple[dict[str, _Sums], str, dict[str, str]]]:
    """Return for each indicator its sums by county, its period and each county's latest period."""
    year = as_of[:4]
    frame = database.run_query(
        "values/snapshot",
        as_of=as_of,
        as_of_year_before=shift_month(as_of, -12),
        year_start=f"{year}-01",
        year_start_year_before=shift_month(f"{year}-01", -12),
        year_before_end=shift_month(f"{year}-01", -1),
    )
    snapshot: dict[str, tuple[dict[str, _Sums], str, dict[str, str]]] = {}
    for record in records(frame):
        sums = _Sums(**{name: _number(record[name]) for name in _SUM_FIELDS})
        by_county, _, latest = snapshot.setdefault(
            record["indicator_id"], ({}, record["period"], {"": _text(record["latest_period"])})
        )
        by_county[record["county_id"]] = sums
        latest[record["county_id"]] = _text(record["county_latest_period"])
    for indicator in database.catalogue.indicators.values():
        if indicator.indicator_id in snapshot and _is_register(indicator):
            by_county, _, _ = snapshot[indicator.indicator_id]
            named = indicator.kind == "milestone" or indicator.scope == "city"
            for county in list(by_county) if named else county_ids(database):
                by_county[county] = _as_register(indicator, by_county.get(county, _Sums()))
    return snapshot


def _is_register(indicator: Indicator) -> bool:
    """Whether the source lists every event of the city, so that no row means none, not unknown."""
    return (
        indicator.cadence == "continuous"
        and indicator.denominator in ("none", "plan")
        and indicator.kind != "county_count"
    )


def _as_register(indicator: Indicator, sums: _Sums) -> _Sums:
    return _Sums(
        numerator=sums.numerator or 0.0,
        denominator=None if indicator.denominator == "none" else sums.denominator or 0.0,
        previous_numerator=sums.previous_numerator,
        previous_denominator=sums.previous_denominator,
        baseline_numerator=sums.baseline_numerator,
        baseline_denominator=sums.baseline_denominator,
    )


def _together(
    indicator: Indicator, sums: Mapping[str, _Sums], chosen: tuple[str, ...], *, is_city: bool
) -> _Sums | None:
    """Add up the chosen counties; the past only over those that have reported now."""
    if CITY in sums:
        return sums[CITY] if is_city else None
    present = [sums[county] for county in chosen if county in sums]
    present = [item for item in present if not item.is_missing]
    if indicator.kind == "change":
        present = [item for item in present if item.previous_numerator is not None]
    if not present:
        return None
    return _Sums(**{name: _total(getattr(item, name) for item in present) for name in _SUM_FIELDS})


def _late_counties(
    indicator: Indicator,
    sums: Mapping[str, _Sums],
    latest: Mapping[str, str],
    chosen: tuple[str, ...],
) -> tuple[str, ...]:
    """Counties that report this indicator but not yet for its latest period."""
    if indicator.cadence == "continuous" or CITY in sums:
        return ()
    newest = latest.get("", "")
    return tuple(c for c in chosen if latest.get(c, newest) < newest)


def _total(numbers: Iterable[float | None]) -> float | None:
    present = [number for number in numbers if number is not None]
    return math.fsum(present) if present else None


def _text(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def _ratio(
    indicator: Indicator, numerator: float | None, denominator: float | None
) -> float | None:
    """A value in the indicator's unit out of summed rows."""
    if indicator.denominator != "base":
        return None if numerator is None else numerator * indicator.scale
    if denominator is None or denominator == 0:
        return None
    return (numerator or 0.0) / denominator * indicator.scale


def _value(indicator: Indicator, sums: _Sums) -> float | None:
    value = _ratio(indicator, sums.numerator, sums.denominator)
    if indicator.kind != "change":
        return value
    before = _ratio(indicator, sums.previous_numerator, sums.previous_denominator)
    return None if value is None or before is None else value - before


def _previous(indicator: Indicator, sums: _Sums) -> float | None:
    if indicator.kind == "change":  # the change of a change is not a figure the plan speaks of
        return None
    return _ratio(indicator, sums.previous_numerator, sums.previous_denominator)


def _gap(
    indicator: Indicator,
    goal: Goal | None,
    sums: _Sums | None,
    value: float | None,
    previous: float | None,
) -> tuple[float | None, float | None]:
    """How much is missing to the target, in the indicator's unit and in what it counts."""
    if goal is None or value is None or sums is None:
        return None, None
    comparator = {"decrease": "<=", "increase": ">=", "reach": ">="}.get(
        goal.comparator, goal.comparator
    )
    line = goal.target if goal.target is not None else previous
    if line is None or comparator == "stable":
        return None, None
    if reaches(value, line, comparator):
        return 0.0, 0.0
    gap = abs(line - value)
    if indicator.denominator == "base":
        return gap, float(math.ceil(gap / indicator.scale * (sums.denominator or 0.0) - 1e-6))
    return gap, float(math.ceil(gap / indicator.scale - 1e-6))


def city_goal(database: Database, indicator_id: str, as_of: str) -> Goal | None:
    """Return what the plan of a month's year asks of the whole city."""
    return _goals(database, as_of[:4]).get(indicator_id, {}).get(CITY)


def _goals(database: Database, year: str) -> dict[str, dict[str, Goal]]:
    """Return the year's goals by indicator and unit (``all`` for the city)."""
    return database.derived(("goals", year), lambda: _read_goals(database, year))


def _read_goals(database: Database, year: str) -> dict[str, dict[str, Goal]]:
    goals: dict[str, dict[str, Goal]] = {}
    frame = database.run_query("values/goals", year=int(year))
    for record in records(frame):
        goals.setdefault(record["indicator_id"], {})[record["county_id"]] = Goal(
            record["comparator"], _number(record["target"]), record["due_month"]
        )
    return goals


def _plan_totals(database: Database, year: str) -> dict[tuple[str, str], float]:
    """Return what the units' own plans call for by the end of the year, as summed denominators."""
    frame = database.run_query("values/plan_totals", year_start=f"{year}-01", year_end=f"{year}-12")
    return {
        (record["indicator_id"], record["county_id"]): float(record["planned"])
        for record in records(frame)
    }


def _history(
    database: Database, indicator_id: str, as_of: str, counties: tuple[str, ...]
) -> pd.DataFrame:
    indicator = database.catalogue.indicator(indicator_id)
    units = county_ids(database)
    chosen = [unit for unit in units if unit in counties] or list(units)
    frame = database.run_query(
        "values/history",
        indicator_id=indicator_id,
        as_of=as_of,
        counties=[*chosen, CITY] if len(chosen) == len(units) else chosen,
    )
    values_ = [
        _ratio(indicator, _number(record["numerator"]), _number(record["denominator"]))
        for record in records(frame)
    ]
    return frame.assign(value=pd.Series(values_, index=frame.index, dtype="float64"))
