"""The one rule by which the plan's targets are counted: every page, slide and file asks here.

A target counts under a unit (the city, a county, or several together) when the year's plan asks
something of that unit and the unit can have the figure:

- What exists for the whole city only counts under the city, never under a county.
- A target of nothing to do (a county's share of 0 schools) does not count: nothing was met.
- What cannot be there (``z``) does not count; what is missing does, without a status.
- A target that is our reading of the plan's words counts, and says so (``basis``).

Tasks have no figures and are counted by themselves; the two are never added up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from dashboard.data import Database
from dashboard.filters import CITY
from dashboard.frames import Row, records
from dashboard.indicators.goals import goals, joint_goal
from dashboard.indicators.indicator_month import NOT_APPLICABLE
from dashboard.indicators.status import Status
from dashboard.indicators.values import county_ids, together, unit_rows
from dashboard.plan import Basis


@dataclass(frozen=True)
class CountedTarget:
    """A target of the plan that counts under a unit, and where it stands there."""

    indicator_id: str
    status: Status | None  # none: nobody can judge it now
    basis: Basis
    page: str
    clause: int
    office_id: str


@dataclass(frozen=True)
class Counts:
    """The targets that count under a unit at a month, in the catalogue's order."""

    targets: tuple[CountedTarget, ...]

    def __len__(self) -> int:
        return len(self.targets)

    @cached_property
    def statuses(self) -> Mapping[str, Status | None]:
        """Every counted target's status, by indicator."""
        return {target.indicator_id: target.status for target in self.targets}

    @cached_property
    def by_status(self) -> Mapping[Status, int]:
        """How many targets stand where, every status named."""
        found = Counter(target.status for target in self.targets)
        return {status: found[status] for status in Status}

    @property
    def unjudged(self) -> int:
        """How many targets have no status: not reported, withheld, or not final."""
        return len(self) - sum(self.by_status.values())

    @property
    def readings(self) -> tuple[str, ...]:
        """The counted indicators whose targets are our reading of the plan's words."""
        return tuple(t.indicator_id for t in self.targets if t.basis == "reading")

    def at(self, status: Status) -> tuple[str, ...]:
        """Name the indicators that stand there."""
        return tuple(t.indicator_id for t in self.targets if t.status == status)

    def of_pages(self, *pages: str) -> Counts:
        """Only the targets of some subjects."""
        return Counts(tuple(t for t in self.targets if t.page in pages))

    def of_clause(self, clause: int) -> Counts:
        """Only the targets of one clause."""
        return Counts(tuple(t for t in self.targets if t.clause == clause))

    def of_office(self, office_id: str) -> Counts:
        """Only the targets that one office answers for."""
        return Counts(tuple(t for t in self.targets if t.office_id == office_id))

    def among(self, indicator_ids: Collection[str]) -> Counts:
        """Only the targets of some indicators."""
        return Counts(tuple(t for t in self.targets if t.indicator_id in indicator_ids))


def count_targets(database: Database, as_of: str, counties: Iterable[str] = ()) -> Counts:
    """Count the targets of the chosen counties together at the end of a month; none: the city.

    A year without a plan has none. Raises KeyError for a county that does not exist.
    """
    chosen = tuple(counties)
    return database.derived(("counts", as_of, chosen), lambda: _count(database, as_of, chosen))


def _count(database: Database, as_of: str, counties: tuple[str, ...]) -> Counts:
    rows = _rows(database, as_of, counties)
    units = county_ids(database)
    is_city = not counties or set(counties) == set(units)
    targeted = (CITY,) if is_city else tuple(unit for unit in units if unit in counties)
    clauses = _clauses(database, int(as_of[:4]))
    found = []
    for indicator_id, by_unit in goals(database, as_of).items():
        row, clause = rows.get(indicator_id), clauses.get(indicator_id)
        if row is None or clause is None or row["missing"] == NOT_APPLICABLE:
            continue
        indicator = database.catalogue.indicator(indicator_id)
        goal = joint_goal(indicator, by_unit, targeted)
        if goal is None or goal.asks_nothing or (goal.scope == "city" and not is_city):
            continue
        found.append(
            CountedTarget(
                indicator_id,
                None if row["status"] is None else Status(row["status"]),
                goal.basis,
                indicator.page,
                int(clause["clause"]),
                clause["office_id"],
            )
        )
    order = {indicator_id: place for place, indicator_id in enumerate(rows)}
    return Counts(tuple(sorted(found, key=lambda target: order[target.indicator_id])))


def _rows(database: Database, as_of: str, counties: tuple[str, ...]) -> Mapping[str, Row]:
    """Return the row of every indicator: a county's own, the city's, or that of several together.

    A county's own row knows what it can never have; that of several does not.
    """
    if len(counties) != 1:
        return together(database, as_of, counties)
    by_unit = unit_rows(database, as_of)
    return {indicator_id: own[counties[0]] for indicator_id, own in by_unit.items()}


def _clauses(database: Database, year: int) -> Mapping[str, Row]:
    frame = database.run_query("values/clauses", year=year)
    return {row["indicator_id"]: row for row in records(frame)}
