"""What the units owe of the exports, and what of it is missing where a value is made.

The contract declares who owes what (`owed` in data/datapackage.yaml). A value is measured in some
months; in each, the newest return owed of every export that it is made of must be in:

======= ===================================================================================
measure months
======= ===================================================================================
level   that of the measurement that is shown, and of the newest that is due
flow    every month of the year so far; of a figure with seasons, those that are over; of
        what is listed as it happens, the last
stock   the last: what is listed once stays
======= ===================================================================================

Nothing is owed of a register, so nothing of it is ever missing; see ADR 16.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.catalogue import Indicator
from dashboard.data import Database
from dashboard.filters import months_between
from dashboard.frames import records


@dataclass(frozen=True)
class Returns:
    """The periods owed by export and unit, in order; those missing; where registers begin."""

    owed: Mapping[tuple[str, str], list[str]]
    missing: Mapping[tuple[str, str], frozenset[str]]
    registers: Mapping[str, str]

    def missing_from(
        self, sources: Iterable[str], unit: str, months: Iterable[str]
    ) -> tuple[str, ...]:
        """Return what a unit owes of some exports for measurements in some months, and is not in.

        As UNIT:PERIOD, in order.
        """
        found: set[str] = set()
        for source in sources:
            missing = self.missing.get((source, unit))
            if missing:
                found |= {self._newest(source, unit, month) for month in months} & missing
        return tuple(f"{unit}:{period}" for period in sorted(found))

    def is_owed(self, indicator: Indicator, unit: str) -> bool:
        """Whether a unit owes anything that an indicator is made of."""
        return any((source, unit) in self.owed for source in indicator.sources)

    def reaches_back(self, indicator: Indicator, unit: str, months: Iterable[str]) -> bool:
        """Whether the exports reach back to some months, so that no row in them means none."""
        sources = [
            source
            for source in indicator.sources
            if source in self.registers or (source, unit) in self.owed
        ]
        return bool(sources) and all(
            self._has_begun(source, unit, month) for source in sources for month in months
        )

    def _has_begun(self, source: str, unit: str, month: str) -> bool:
        if source in self.registers:
            return self.registers[source][:4] <= month[:4]
        return bool(self._newest(source, unit, month))

    def _newest(self, source: str, unit: str, month: str) -> str:
        """Return the newest period owed by the end of a month; empty before the first."""
        owed = self.owed[source, unit]
        place = bisect_right(owed, month)
        return owed[place - 1] if place else ""


def returns(database: Database) -> Returns:
    """Return what is owed and what is missing in a data version."""
    return database.derived(("returns",), lambda: _read(database))


def missing_returns(
    database: Database, sources: Iterable[str], as_of: str, units: Iterable[str]
) -> tuple[str, ...]:
    """Return which of some units' newest returns of exports are not in by a month."""
    owed = returns(database)
    return tuple(
        missing for unit in units for missing in owed.missing_from(tuple(sources), unit, (as_of,))
    )


def measured_months(indicator: Indicator, first: str, last: str) -> tuple[str, ...]:
    """Return the months in which a value over some months, both included, is measured."""
    if indicator.measure == "flow" and indicator.season:
        return tuple(m for m in months_between(first, last) if int(m[5:7]) in indicator.season)
    if indicator.measure == "flow" and indicator.cadence == "monthly":
        return tuple(months_between(first, last))
    return (last,)


def newest_due(indicator: Indicator, month: str) -> str:
    """Return the month of the newest measurement due by the end of a month."""
    if not indicator.season:
        return month
    due = [season for season in indicator.season if season <= int(month[5:7])]
    year = int(month[:4]) - (0 if due else 1)
    return f"{year}-{max(due or indicator.season):02d}"


def _read(database: Database) -> Returns:
    owed: dict[tuple[str, str], list[str]] = {}
    missing: dict[tuple[str, str], set[str]] = {}
    registers: dict[str, str] = {}
    for row in records(database.run_query("values/owed")):
        resource, unit, period = row["resource"], row["county_id"], row["period"]
        if not unit:
            registers[resource] = period
            continue
        owed.setdefault((resource, unit), []).append(period)
        if row["is_missing"]:
            missing.setdefault((resource, unit), set()).add(period)
    return Returns(owed, {key: frozenset(found) for key, found in missing.items()}, registers)
