"""Where every indicator stands at the end of a month, as sums of rows, before any rule."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from dashboard.catalogue import Indicator
from dashboard.database import Database
from dashboard.filters import CITY, shift_month
from dashboard.frames import Row, records
from dashboard.indicators.sums import NUMBER_FIELDS, WITHHELD_FIELDS, Sums, added
from dashboard.suppression import WITHHELD


@dataclass(frozen=True)
class IndicatorSums:
    """One indicator's sums by unit (``all`` for a city-only figure) at one period."""

    period: str  # the month of the measurement
    latest_period: str  # the latest month that anybody has reported
    by_unit: dict[str, Sums] = field(default_factory=dict)
    latest_by_unit: dict[str, str] = field(default_factory=dict)
    withheld: Sums = field(default_factory=Sums)  # what the withheld units have together

    @property
    def is_city_only(self) -> bool:
        """Whether there is one figure for the city and none for its counties."""
        return CITY in self.by_unit

    def together(
        self, indicator: Indicator, units: tuple[str, ...], *, is_city: bool
    ) -> Sums | None:
        """Add up units; the past only over those that have reported now."""
        if self.is_city_only:
            return self.by_unit[CITY] if is_city else None
        parts = {unit: self.by_unit[unit] for unit in units if unit in self.by_unit}
        parts = {unit: part for unit, part in parts.items() if not part.is_missing}
        if indicator.kind == "change":
            parts = {unit: part for unit, part in parts.items() if part.has_previous}
        return added(parts, self.by_unit, self.withheld) if parts else None

    def late_units(self, indicator: Indicator, units: tuple[str, ...]) -> tuple[str, ...]:
        """Return the units that report this indicator, but not yet for its latest period."""
        if indicator.cadence == "continuous" or self.is_city_only:
            return ()
        newest = self.latest_period
        return tuple(unit for unit in units if self.latest_by_unit.get(unit, newest) < newest)


def snapshot(database: Database, as_of: str) -> dict[str, IndicatorSums]:
    """Return the sums of every indicator that has any, by indicator."""
    return database.derived(("snapshot", as_of), lambda: _read(database, as_of))


def _read(database: Database, as_of: str) -> dict[str, IndicatorSums]:
    year = as_of[:4]
    frame = database.run_query(
        "values/snapshot",
        as_of=as_of,
        as_of_year_before=shift_month(as_of, -12),
        year_start=f"{year}-01",
        year_start_year_before=shift_month(f"{year}-01", -12),
        year_before_end=shift_month(f"{year}-01", -1),
    )
    found: dict[str, IndicatorSums] = {}
    for row in records(frame):
        sums = found.setdefault(
            row["indicator_id"], IndicatorSums(row["period"], _text(row, "latest_period"))
        )
        unit, found_sums = row["county_id"], _sums(row)
        if unit == WITHHELD:
            found[row["indicator_id"]] = replace(sums, withheld=found_sums)
            continue
        sums.by_unit[unit] = found_sums
        sums.latest_by_unit[unit] = _text(row, "county_latest_period")
    units = tuple(database.run_query("values/counties")["county_id"])
    for indicator in database.catalogue.indicators.values():
        has_steps = indicator.kind != "milestone" or int(year) in database.plans
        if indicator.indicator_id in found and _is_register(indicator) and has_steps:
            _count_from_nothing(indicator, found[indicator.indicator_id], units)
    return found


def _is_register(indicator: Indicator) -> bool:
    """Whether the source lists every event of the city, so that no row means none, not unknown."""
    return (
        indicator.cadence == "continuous"
        and indicator.denominator in ("none", "plan")
        and indicator.kind != "county_count"
    )


def _count_from_nothing(indicator: Indicator, sums: IndicatorSums, units: tuple[str, ...]) -> None:
    named = indicator.kind == "milestone" or indicator.scope == "city"
    for unit in list(sums.by_unit) if named else units:
        found = sums.by_unit.get(unit, Sums())
        sums.by_unit[unit] = replace(
            found,
            numerator=found.numerator or 0.0,
            denominator=None if indicator.denominator == "none" else found.denominator or 0.0,
        )


def _sums(row: Row) -> Sums:
    fields: dict[str, Any] = {name: _number(row, name) for name in NUMBER_FIELDS}
    fields |= {name: bool(row[name]) for name in WITHHELD_FIELDS}
    return Sums(**fields)


def _text(row: Row, name: str) -> str:
    return "" if pd.isna(row[name]) else str(row[name])


def _number(row: Row, name: str) -> float | None:
    return None if pd.isna(row[name]) else float(row[name])
