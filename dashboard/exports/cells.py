"""The cells of a table, as text and as numbers with their decimals."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from numbers import Real

import pandas as pd

from dashboard.cards.model import Table
from dashboard.exports.text import printable, text_width
from dashboard.rounding import written

MISSING = "–"
_EM = 0.55  # of a Latin letter, in the size of the type


@dataclass(frozen=True)
class Cell:
    """One cell: a number with its decimals (none: as it is), text, or nothing."""

    value: float | int | str | None
    decimals: int | None = None

    @property
    def is_number(self) -> bool:
        """Whether the cell is to be a number where files know numbers."""
        return isinstance(self.value, (int, float))

    def __str__(self) -> str:
        if self.value is None:
            return MISSING
        if isinstance(self.value, str):
            return self.value
        if self.decimals is not None:
            return written(self.value, self.decimals)
        return f"{self.value:,g}"


def table_rows(table: Table) -> Iterator[list[Cell]]:
    """Yield a table's rows below its heading."""
    for row in table.frame.to_dict("records"):
        yield [
            _cell(
                row[column.name],
                row[column.decimals_column] if column.decimals_column else column.decimals,
            )
            for column in table.columns
        ]


def heading(table: Table) -> list[str]:
    """Return the headings of a table's columns."""
    return [printable(column.label) for column in table.columns]


def em(text: str) -> float:
    """Return about how many times the size of its type a text is wide."""
    return text_width(text) * _EM


def column_widths(texts: list[list[str]], room: float, padding: float) -> list[float]:
    """Share a width among columns (all in em): short ones get what they need, long ones the rest.

    Their sum is less than the room where the texts need less.
    """
    natural = [max(map(em, column)) + padding for column in zip(*texts, strict=True)]
    given: dict[int, float] = {}
    while len(given) < len(natural):
        waiting = [i for i in range(len(natural)) if i not in given]
        share = (room - sum(given.values())) / len(waiting)
        content = [i for i in waiting if natural[i] <= share]
        given |= {i: natural[i] if content else share for i in content or waiting}
    return [given[i] for i in range(len(natural))]


def _cell(value: object, decimals: float | None) -> Cell:
    if value is None or value is pd.NaT or value is pd.NA:
        return Cell(None)
    if isinstance(value, Real) and not isinstance(value, bool):
        number = float(value)
        if math.isnan(number):
            return Cell(None)
        places = None if decimals is None else int(decimals)
        return Cell(int(number) if number.is_integer() else number, places)
    return Cell(printable(str(value)))
