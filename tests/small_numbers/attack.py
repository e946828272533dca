"""What somebody can work out who reads everything that is shown, and subtracts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import pandas as pd

from dashboard import indicators
from dashboard.cards import Context
from dashboard.cards.contributions import contributions, has_base
from dashboard.data import Database
from dashboard.filters import Filters, shift_month
from dashboard.words.language import language

Cell = tuple[str, str]  # county and unit
Sides = tuple[float | None, float | None]
SIDES = ("numerator", "denominator")


@dataclass
class Published:
    """Everything shown of one indicator and period: sums over counties, and single schools."""

    sums: list[tuple[tuple[str, ...], Sides]] = field(default_factory=list)
    schools: dict[Cell, Sides] = field(default_factory=dict)


def choices(counties: Sequence[str], *, most: int | None = None) -> list[tuple[str, ...]]:
    """Ways to choose counties: all of them, or up to `most` and all but up to `most`."""
    sizes = range(1, len(counties) + 1)
    return [
        chosen
        for size in sizes
        if most is None or size <= most or size >= len(counties) - most
        for chosen in combinations(counties, size)
    ]


def published(
    database: Database, indicator_id: str, as_of: str, chosen: Iterable[tuple[str, ...]]
) -> dict[str, Published]:
    """Gather by period what histories, values and lists of schools show, for all choices."""
    found: dict[str, Published] = defaultdict(Published)
    for counties in chosen:
        history = indicators.history(database, indicator_id, as_of, counties)
        shown = indicators.values(database, as_of, counties, [indicator_id])
        reporting = tuple(shown.loc[shown["missing"] != "x", "county_id"])
        for frame in (history, shown):
            for row in frame.itertuples():
                members = counties if row.county_id == "all" else (row.county_id,)
                if not pd.isna(row.value) or not pd.isna(row.numerator):
                    # a value tells its numerator to whoever knows the denominator
                    found[row.period].sums.append((members, (row.numerator, row.denominator)))
        for row in shown.itertuples():
            members = counties if row.county_id == "all" else (row.county_id,)
            is_change = database.catalogue.indicator(indicator_id).kind == "change"
            if not pd.isna(row.value if is_change else row.previous):
                # the year before, over those that have reported now
                members = tuple(county for county in members if county in reporting)
                found[shift_month(row.period, -12)].sums.append((members, (None, None)))
    context = Context(database, Filters(as_of, ()), language("zh"))
    if has_base(context, indicator_id):
        period = context.chosen_value(indicator_id)["period"]
        for unit in contributions(context, indicator_id, context.county_ids).itertuples():
            if not pd.isna(unit.numerator):
                cell = (unit.county_id, unit.unit_id)
                found[period].schools[cell] = (unit.numerator, unit.denominator)
    return found


def truth(database: Database, indicator_id: str) -> dict[str, dict[Cell, Sides]]:
    """The cells of a version in which nothing is withheld, by period."""
    rows = database._ask(
        "select * from indicator_rows where indicator_id = $indicator_id and county_id <> 'all'",
        {"indicator_id": indicator_id},
    )
    found: dict[str, dict[Cell, Sides]] = defaultdict(dict)
    for row in rows.itertuples():
        found[row.period][row.county_id, row.unit_id] = (row.numerator, row.denominator)
    return found


def parts_of(database: Database, indicator_id: str, sides: Sides) -> list[float]:
    """The numbers of people that a cell is made of."""
    above, below = sides
    indicator = database.catalogue.indicator(indicator_id)
    numbers = [above]
    if indicator.shared_denominator:
        numbers.append(below)
    if indicator.scale == 100 and below is not None and not pd.isna(below):
        numbers.append(below - (above or 0))
    return [number for number in numbers if number is not None and not pd.isna(number)]


def is_small(database: Database, indicator_id: str, sides: Sides, fewest: int) -> bool:
    return any(0 < number < fewest for number in parts_of(database, indicator_id, sides))


def recovered(
    shown: Published, cells: dict[Cell, Sides], targets: Iterable[set[Cell]]
) -> list[set[Cell]]:
    """Those of the targets, sets of cells, whose sum follows from what is shown.

    Every sum shown is an equation over the cells that are not. The attacker may know all
    denominators from elsewhere, so that a rate is as good as its numerator: one system of
    equations, of which cells stand in which sum, is that of either side.
    """
    hidden = [cell for cell in cells if cell not in shown.schools]
    place = {cell: n for n, cell in enumerate(hidden)}
    by_county: dict[str, list[int]] = defaultdict(list)
    for cell, n in place.items():
        by_county[cell[0]].append(n)
    matrix = np.zeros((len(shown.sums) + 1, len(hidden)))
    for row, (members, _sides) in enumerate(shown.sums):
        for county in members:
            matrix[row, by_county[county]] = 1
    matrix = np.unique(matrix, axis=0)
    # an orthonormal base of all sums of equations
    _, size, base = np.linalg.svd(matrix, full_matrices=False)
    base = base[size > 1e-9]
    found = []
    for target in targets:
        wanted = np.zeros(len(hidden))
        wanted[[place[cell] for cell in target if cell in place]] = 1
        if np.linalg.norm(wanted - base.T @ (base @ wanted)) < 1e-6:
            found.append(target)
    return found


def small_targets(
    database: Database, indicator_id: str, cells: dict[Cell, Sides], fewest: int
) -> list[set[Cell]]:
    """The schools and the counties in which few people are counted, or not counted."""
    counties: dict[str, set[Cell]] = defaultdict(set)
    for cell in cells:
        counties[cell[0]].add(cell)
    schools = [
        {cell} for cell, sides in cells.items() if is_small(database, indicator_id, sides, fewest)
    ]
    small_counties = []
    for members in counties.values():
        sides = tuple(
            sum(cells[cell][side] or 0 for cell in members)
            if not pd.isna(cells[next(iter(members))][side])
            else None
            for side in (0, 1)
        )
        if is_small(database, indicator_id, sides, fewest):
            small_counties.append(members)
    return schools + small_counties
