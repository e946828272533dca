"""Where every indicator stands at the end of a month, as sums of rows, before any rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from dashboard.catalogue import Indicator
from dashboard.data import Database
from dashboard.data.suppression import WITHHELD
from dashboard.filters import CITY, shift_month
from dashboard.frames import Row, records
from dashboard.indicators.returns import measured_months, newest_due, returns
from dashboard.indicators.sums import (
    MISSING_FIELDS,
    NUMBER_FIELDS,
    WITHHELD_FIELDS,
    Sums,
    added,
)


@dataclass(frozen=True)
class IndicatorSums:
    """One indicator's sums by unit (``all`` for a city-only figure) at one period."""

    period: str  # the month of the measurement
    latest_period: str  # the latest month that anybody has reported
    baseline_period: str = ""  # the month of the last measurement of the year before
    by_unit: dict[str, Sums] = field(default_factory=dict)
    withheld: Sums = field(default_factory=Sums)  # what the withheld units have together

    @property
    def is_city_only(self) -> bool:
        """Whether there is one figure for the city and none for its counties."""
        return CITY in self.by_unit

    def together(
        self, indicator: Indicator, units: tuple[str, ...], *, is_city: bool
    ) -> Sums | None:
        """Add up units; the past only over those that have reported now.

        What is missing is what any of them owes, those of which nothing is in among them.
        """
        if self.is_city_only:
            return self.by_unit[CITY] if is_city else None
        chosen = {unit: self.by_unit[unit] for unit in units if unit in self.by_unit}
        parts = {unit: part for unit, part in chosen.items() if not part.is_missing}
        if indicator.kind == "change":
            parts = _with_past(parts)
        lacking = _united(chosen.values())
        if not parts and not any(lacking.values()):
            return None
        joint = added(parts, self.by_unit, self.withheld) if parts else Sums()
        return replace(joint, **lacking)

    def together_as_before(self, indicator: Indicator, units: tuple[str, ...], joint: Sums) -> Sums:
        """Return what of ``joint`` compares with a year before: of a level, who had one then."""
        parts = {unit: self.by_unit[unit] for unit in units if unit in self.by_unit}
        parts = {unit: part for unit, part in parts.items() if not part.is_missing}
        both = _with_past(parts)
        if indicator.measure != "level" or not both or len(both) == len(parts):
            return joint
        return added(both, self.by_unit, self.withheld)


def _with_past(parts: Mapping[str, Sums]) -> dict[str, Sums]:
    return {unit: part for unit, part in parts.items() if part.has_previous}


def snapshot(database: Database, as_of: str) -> dict[str, IndicatorSums]:
    """Return the sums of every indicator, by indicator."""
    return database.derived(("snapshot", as_of), lambda: _read(database, as_of))


@dataclass(frozen=True)
class _Windows:
    """The months of the chosen year and of the year before that values run over."""

    as_of: str

    @property
    def year_start(self) -> str:
        return f"{self.as_of[:4]}-01"

    @property
    def year_before_end(self) -> str:
        return shift_month(self.year_start, -1)

    def measured(self, indicator: Indicator, sums: IndicatorSums) -> dict[str, tuple[str, ...]]:
        """Return the months of the value now, of a year before and of the year's start."""
        if indicator.measure == "level":
            past = shift_month(sums.period, -12) if sums.period else ""
            return {
                "missing": _present(sums.period, newest_due(indicator, self.as_of)),
                "previous_missing": _present(past),
                "baseline_missing": _present(
                    sums.baseline_period, newest_due(indicator, self.year_before_end)
                ),
            }
        before = (shift_month(month, -12) for month in (self.year_start, self.as_of))
        return {
            "missing": measured_months(indicator, self.year_start, self.as_of),
            "previous_missing": measured_months(indicator, *before),
            "baseline_missing": (self.year_before_end,) if indicator.measure == "stock" else (),
        }


def _read(database: Database, as_of: str) -> dict[str, IndicatorSums]:
    windows = _Windows(as_of)
    frame = database.run_query(
        "values/snapshot",
        as_of=as_of,
        as_of_year_before=shift_month(as_of, -12),
        year_start=windows.year_start,
        year_start_year_before=shift_month(windows.year_start, -12),
        year_before_end=windows.year_before_end,
    )
    found: dict[str, IndicatorSums] = {}
    for row in records(frame):
        sums = found.setdefault(
            row["indicator_id"],
            IndicatorSums(
                row["period"], _text(row, "latest_period"), _text(row, "baseline_period")
            ),
        )
        if row["county_id"] == WITHHELD:
            found[row["indicator_id"]] = replace(sums, withheld=_sums(row))
        else:
            sums.by_unit[row["county_id"]] = _sums(row)
    for indicator in database.catalogue.indicators.values():
        sums = found.setdefault(indicator.indicator_id, IndicatorSums("", ""))
        measured = windows.measured(indicator, sums)
        note_missing(database, indicator, sums, measured)
        has_steps = indicator.kind != "milestone" or int(as_of[:4]) in database.plans
        if sums.period and has_steps:
            _count_from_nothing(database, indicator, sums, measured["previous_missing"])
    return found


def note_missing(
    database: Database,
    indicator: Indicator,
    sums: IndicatorSums,
    measured: Mapping[str, Iterable[str]],
) -> None:
    """Write into an indicator's sums what each unit lacks in the months in which it is measured.

    ``measured`` are those months by the names of ``MISSING_FIELDS``. A figure of the whole city
    lacks what any unit lacks.
    """
    owed = returns(database)
    lacking: dict[str, dict[str, Any]] = {
        unit: {
            name: owed.missing_from(indicator.sources, unit, months)
            for name, months in measured.items()
        }
        for unit in _measured_units(database, indicator, sums)
    }
    for unit in _silent_units(database, indicator, sums, lacking):
        lacking[unit]["missing"] = lacking[unit]["missing"] or (f"{unit}:{sums.period}",)
    if sums.is_city_only:
        whole = _united(Sums(**fields) for fields in lacking.values())
        sums.by_unit[CITY] = replace(sums.by_unit[CITY], **whole)
        return
    for unit, fields in lacking.items():
        if unit in sums.by_unit or any(fields.values()):
            sums.by_unit[unit] = replace(sums.by_unit.get(unit, Sums()), **fields)


def _silent_units(
    database: Database, indicator: Indicator, sums: IndicatorSums, units: Iterable[str]
) -> list[str]:
    """Return the units that left empty what others count: their return is in, the number is not.

    Only where every unit counts once a stock-taking in a return of its own, nought included: a
    number that the contract does not require, such as an intake.
    """
    exports = [database.package.resource(source) for source in indicator.sources]
    is_own_return = all(e.owed is not None and e.owed.by == "county" for e in exports)
    counts_once = indicator.measure == "level" and indicator.denominator == "none"
    if not (is_own_return and counts_once and indicator.scope == "county" and sums.period):
        return []
    owed = returns(database)
    return [
        unit
        for unit in units
        if owed.is_owed(indicator, unit) and sums.by_unit.get(unit, Sums()).is_missing
    ]


def _measured_units(database: Database, indicator: Indicator, sums: IndicatorSums) -> list[str]:
    """Return the units whose returns a value rests on."""
    kinds = database.derived(("unit kinds",), lambda: _read_kinds(database))
    if sums.is_city_only:
        return list(kinds)
    if indicator.kind == "county_count":
        return [unit for unit, kind in kinds.items() if kind == "county"]
    # Steps are taken by whom the plan names, and what only the city has by whom has rows.
    is_of_some = indicator.kind == "milestone" or indicator.scope == "city"
    return list(sums.by_unit if is_of_some else kinds)


def _read_kinds(database: Database) -> dict[str, str]:
    """Every unit, county or city_run, in the official order."""
    rows = records(database.run_query("values/counties"))
    return {row["county_id"]: row["unit_kind"] for row in rows}


def _count_from_nothing(
    database: Database, indicator: Indicator, sums: IndicatorSums, months_before: tuple[str, ...]
) -> None:
    """Let no row mean none where all that is owed is in, and in registers, which nobody owes."""
    if indicator.denominator == "base" or indicator.measure == "level":
        return
    if indicator.kind == "county_count":
        return
    owed = returns(database)
    is_register = indicator.cadence == "continuous"
    units = _measured_units(database, indicator, sums)
    for unit in [CITY] if sums.is_city_only else units:
        found = sums.by_unit.get(unit, Sums())
        if not (is_register or owed.is_owed(indicator, unit)):
            continue
        fields: dict[str, Any] = {}
        if not (found.missing or found.is_withheld):
            fields["numerator"] = found.numerator or 0.0
            if indicator.denominator == "plan":
                fields["denominator"] = found.denominator or 0.0
        if (
            indicator.denominator == "none"
            and not (found.previous_missing or found.has_previous)
            and owed.reaches_back(indicator, unit, months_before)
        ):
            fields["previous_numerator"] = 0.0
        sums.by_unit[unit] = replace(found, **fields)


def _united(parts: Iterable[Sums]) -> dict[str, Any]:
    """Return what several units lack together, in their order."""
    held = list(parts)
    return {
        name: tuple(dict.fromkeys(period for part in held for period in getattr(part, name)))
        for name in MISSING_FIELDS
    }


def _present(*months: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(month for month in months if month))


def _sums(row: Row) -> Sums:
    fields: dict[str, Any] = {name: _number(row, name) for name in NUMBER_FIELDS}
    fields |= {name: bool(row[name]) for name in WITHHELD_FIELDS}
    return Sums(**fields)


def _text(row: Row, name: str) -> str:
    return "" if pd.isna(row[name]) else str(row[name])


def _number(row: Row, name: str) -> float | None:
    return None if pd.isna(row[name]) else float(row[name])
