"""What somebody can work out who knows that people come in whole numbers.

He is given all that is published of a version at once, and more than that: the sum of the withheld
cells of every atom, whether a nobody is among them, and how large a group each cell is a part of,
where that is shown anywhere.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from tests.small_numbers.numbers import CITY, Cell, Place, Truth


@dataclass(frozen=True)
class Known:
    """A small number, and the least and the most that it can be for all that is known."""

    number: str
    total: str
    unit: str
    period: str
    people: float
    least: float
    most: float

    @property
    def is_determined(self) -> bool:
        return self.least == self.most


def attacked(truth: Truth, withheld: set[Place], fewest: int) -> Iterator[Known]:
    """Every number from 1 to less than `fewest`, as far as it can be known."""
    groups: dict[tuple[str, str, str, object], dict[tuple[str, str], Cell]] = defaultdict(dict)
    for (number, total, period), cells in truth.numbers.items():
        for unit, cell in cells.items():
            if not _is_unknown(withheld, cell, (total, unit), period):
                if 0 < cell.people < fewest:  # shown somewhere
                    yield Known(number, total, unit, period, cell.people, cell.people, cell.people)
                continue
            pooled_in = total
            if total != CITY and all((t, CITY, total, period) in withheld for t in cell.tables):
                pooled_in = "withheld"
            groups[number, pooled_in, period, cell.atom][total, unit] = cell
    for (number, _pooled_in, period, _atom), cells in groups.items():
        caps = {
            place: _cap(truth, withheld, number, place, period, cell)
            for place, cell in cells.items()
        }
        shown = _shows_one(truth, cells, number, period)
        floor = 1 if shown and all(cell.people >= 1 for cell in cells.values()) else 0
        ranges = intervals({p: c.people for p, c in cells.items()}, caps, floor)
        for (total, unit), (least, most) in ranges.items():
            people = cells[total, unit].people
            if 0 < people < fewest:
                yield Known(number, total, unit, period, people, least, most)


def intervals(
    people: Mapping[tuple[str, str], float],
    caps: Mapping[tuple[str, str], float],
    floor: int,
) -> dict[tuple[str, str], tuple[float, float]]:
    """The least and most of each of some whole numbers of which the sum is known."""
    total, lowest, highest = sum(people.values()), floor * len(people), sum(caps.values())
    return {
        place: (
            max(floor, total - (highest - cap) if highest < math.inf else floor),
            min(cap, total - (lowest - floor)),
        )
        for place, cap in caps.items()
    }


def told_by_sums(people: Mapping[tuple[str, str], float], hidden: set[str]) -> set[tuple[str, str]]:
    """Which cells (county and level) of a breakdown follow from its sums.

    He knows what the hidden counties have together at every level, and what each of them has over
    all levels of a measure, as an indicator may tell: the last word of a level is its measure.
    """
    cells = [cell for cell in people if cell[0] in hidden]
    sums: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, (county, level) in enumerate(cells):
        sums["level", level].append(place)
        sums[county, level.split(" ")[-1] if " " in level else ""].append(place)
    matrix = np.zeros((len(sums) or 1, len(cells)))
    for row, places in enumerate(sums.values()):
        matrix[row, places] = 1
    rank = np.linalg.matrix_rank(matrix)
    told = set()
    for place, cell in enumerate(cells):
        single = np.zeros((1, len(cells)))
        single[0, place] = 1
        if np.linalg.matrix_rank(np.vstack([matrix, single])) == rank:
            told.add(cell)
    return told


def _shows_one(
    truth: Truth, cells: Mapping[tuple[str, str], Cell], number: str, period: str
) -> bool:
    """Whether a cell beside these is shown; where none is, a nobody may be among them."""
    totals = {total for total, _unit in cells}
    atoms = {cell.atom for cell in cells.values()}
    everyone = sum(
        cell.atom in atoms
        for total in totals
        for cell in truth.numbers[number, total, period].values()
    )
    return everyone > len(cells)


def _cap(
    truth: Truth, withheld: set[Place], number: str, place: tuple[str, str], period: str, cell: Cell
) -> float:
    """How large the groups are that the cell is a part of, the smallest that is shown."""
    most = math.inf
    for base in {base for table in cell.tables for base in truth.bases.get((table, number), ())}:
        group = truth.numbers.get((base, place[0], period), {}).get(place[1])
        if group is not None and not _is_unknown(withheld, group, place, period):
            most = min(most, group.people)
    return most


def _is_unknown(withheld: set[Place], cell: Cell, place: tuple[str, str], period: str) -> bool:
    """Whether no table tells the cell."""
    return all((table, *place, period) in withheld for table in cell.tables)
