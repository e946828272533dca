"""Every number of people that a version is made of, told apart from the SQL that withholds some.

A number is a column of cells: the schools of a county, or the counties of the city (total `all`).
Several tables may be made of it: indicators, breakdowns, figures of schools.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from dashboard.catalogue import Indicator
from dashboard.data import Database

CITY = "all"
FULL_TIME = "full_time_teachers"
STAFFED = ("primary", "junior", "nine_year", "senior")
COMPULSORY = ("primary", "junior", "nine_year")

Total = tuple[str, str, str]  # number, total, period
Place = tuple[str, str, str, str]  # table, total, unit, period


@dataclass
class Cell:
    """How many people are in a cell, and which tables tell it; `part` is where it adds up."""

    people: float
    tables: set[str] = field(default_factory=set)
    part: str = ""

    @property
    def atom(self) -> tuple[tuple[str, ...], str]:
        """Cells of one atom have a sum of their own: what some tables have and others have not."""
        return tuple(sorted(self.tables)), self.part


@dataclass(frozen=True)
class Truth:
    """A version in which nothing is withheld.

    `numbers` are its cells by unit. `bases` name, for a table and a number that it is made of, the
    numbers of which each cell of this one is a part.
    """

    numbers: dict[Total, dict[str, Cell]]
    bases: dict[tuple[str, str], tuple[str, ...]]


def truth_of(truth: Database) -> Truth:
    """Gather the numbers of a version in which nothing is withheld.

    With them what a county's atoms add up to: an atom's sum is the difference of the totals of two
    tables, and so a number of the county's.
    """
    found: dict[Total, dict[str, Cell]] = defaultdict(dict)
    everything = [*_of_indicators(truth), *_of_breakdowns(truth), *_of_schools(truth)]
    for number, total, unit, period, table, part, people in everything:
        if people >= 0:
            cell = found[number, total, period].setdefault(unit, Cell(people))
            cell.people = min(cell.people, people)
            cell.tables.add(table)
            cell.part = part or cell.part
    schools = [key for key in found if key[1] != CITY]
    counties: dict[tuple[str, str], set[str]] = defaultdict(set)
    for number, total, period in schools:
        counties[number, period].add(total)
    for number, total, period in schools:
        cells = found[number, total, period]
        for cell in cells.values():
            if len(cell.tables) > 1 or cell.part:
                name = f"{number} of {cell.atom}"
                of_atom = found[name, CITY, period]
                for county in counties[number, period]:
                    of_atom.setdefault(county, Cell(0, cell.tables))
                of_atom[total].people += cell.people
    return Truth(found, _bases(truth))


def _bases(truth: Database) -> dict[tuple[str, str], tuple[str, ...]]:
    found = {}
    for indicator_id, indicator in truth.catalogue.indicators.items():
        group = indicator.shared_denominator
        if group is None:
            group = "compulsory_pupils" if "enrolment" in indicator.sources else FULL_TIME
        found[indicator_id, f"{indicator_id} counted"] = (group, f"{indicator.within} counted")
        found[indicator_id, f"{indicator_id} not counted"] = (group,)
        found[indicator_id, f"{indicator.within} without {indicator_id}"] = (
            f"{indicator.within} counted",
        )
    return found


def withheld(read: Database) -> set[Place]:
    """The places that show nothing, in the version as it is read."""
    places: set[Place] = set()
    for sql in (
        "select indicator_id, county_id, unit_id, period from indicator_rows"
        " where is_withheld and unit_id <> county_id",
        "select indicator_id, 'all', county_id, period from indicator_months where is_withheld",
        "select distinct breakdown, 'all', county_id, period from breakdown_rows where is_withheld",
        "select distinct breakdown, county_id, school_id, period from school_people"
        " where is_withheld",
    ):
        places |= set(read._ask(sql, {}).itertuples(index=False, name=None))
    return places


Row = tuple[str, str, str, str, str, str, float]  # number, total, unit, period, table, part, people


def _of_indicators(truth: Database) -> Iterator[Row]:
    rows = truth._ask(
        "select indicator_id, county_id, unit_id, period, sum(numerator) as counted,"
        " sum(denominator) as base from indicator_rows"
        " where county_id not in ('all', 'withheld') group by all",
        {},
    )
    sides: dict[str, dict[tuple[str, str, str], tuple[float, float]]] = {}
    for indicator_id, of_one in rows.groupby("indicator_id"):
        indicator = truth.catalogue.indicator(str(indicator_id))
        if indicator.people and indicator.denominator in ("base", "none"):
            sides[str(indicator_id)] = _cells(of_one)
    for indicator_id, cells in sides.items():
        indicator = truth.catalogue.indicator(indicator_id)
        outer = sides.get(indicator.within or "", {})
        for (total, unit, period), (counted, base) in cells.items():
            for number, people in _made_of(indicator, counted, base):
                yield number, total, unit, period, indicator_id, "", people
            if (total, unit, period) in outer:
                rest = outer[total, unit, period][0] - counted
                number = f"{indicator.within} without {indicator_id}"
                yield number, total, unit, period, indicator_id, "", rest


def _cells(rows: pd.DataFrame) -> dict[tuple[str, str, str], tuple[float, float]]:
    """Schools in their county and counties in the city, with both sides."""
    cells: dict[tuple[str, str, str], tuple[float, float]] = {}
    counties: Mapping[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in rows.itertuples():
        base = 0.0 if pd.isna(row.base) else row.base
        if row.unit_id != row.county_id:
            cells[row.county_id, row.unit_id, row.period] = (row.counted, base)
        sums = counties[row.county_id, row.period]
        sums[0] += row.counted
        sums[1] += base
    for (county, period), (counted, base) in counties.items():
        cells[CITY, county, period] = (counted, base)
    return cells


def _made_of(indicator: Indicator, counted: float, base: float) -> Iterator[tuple[str, float]]:
    yield indicator.shared_numerator or f"{indicator.indicator_id} counted", counted
    if indicator.scale == 100:
        yield f"{indicator.indicator_id} not counted", base - counted
    if indicator.shared_denominator:
        yield indicator.shared_denominator, base


def _of_breakdowns(truth: Database) -> Iterator[Row]:
    for row in truth._ask("select * from breakdown_rows", {}).itertuples():
        name = f"{row.breakdown} {row.level}"
        yield f"{name} counted", CITY, row.county_id, row.period, row.breakdown, "", row.people
        if not pd.isna(row.among):
            rest = row.among - row.people
            yield f"{name} not counted", CITY, row.county_id, row.period, row.breakdown, "", rest


def _of_schools(truth: Database) -> Iterator[Row]:
    rows = truth._ask(
        "select p.*, s.school_type from school_people as p inner join schools as s"
        " on p.school_id = s.school_id and p.period = s.school_year || '-09'",
        {},
    )
    for row in rows.itertuples():
        kind = row.school_type
        if row.figure == "teachers":
            number = FULL_TIME
        elif kind in COMPULSORY:
            number = "compulsory_pupils"
        else:
            number = "kindergarten_children" if kind == "kindergarten" else "pupils"
        part = kind if row.breakdown == "pupils" or kind in STAFFED else "other"
        table = row.breakdown
        yield number, row.county_id, row.school_id, row.period, table, part, row.people
