"""Rows of totals are no data, but they say what the data should add up to.

Which rows a total is of is not guessed: a single 合计 is of all rows; any other may be of any rows
that end above it or begin below it, and only one that is the sum of none of those is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from dashboard.contract import Field
from dashboard.deliveries.model import Finding
from dashboard.deliveries.reading.field_reader import FieldReader
from dashboard.deliveries.reading.grid import Grid, Mask
from dashboard.deliveries.reading.spelling import without_invisible, without_spaces
from dashboard.deliveries.refusal import finding

# Shares and coefficients do not add up.
_NOT_ADDITIVE = ("", "%")
_OF_ALL_ROWS = re.compile(r"(合计|总计|共计)[:：]?")
_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?")
# More sums than that are not tried.
_MOST_SUMS = 5_000_000


def differing_totals(
    grid: Grid,
    totals: Mask,
    index: int,
    field: Field,
    reader: FieldReader,
    rows: npt.NDArray[np.intp],
    values: Sequence[str | None],
) -> list[Finding]:
    """Return a warning for each total of a column that is not the sum of its rows.

    `index` is the column of the grid; `values` are those of its data, which stand in `rows`.
    """
    if field.type not in ("integer", "number") or field.unit in _NOT_ADDITIVE:
        return []
    stated = list(_stated(grid, totals, index, reader))
    parts = _numbers(values)
    if not stated or parts is None or len(stated) * len(parts) > _MOST_SUMS:
        return []
    sums = list(accumulate(parts, initial=Decimal(0)))
    slack = Decimal(len(parts) if field.type == "number" else 0)  # rows may have been rounded
    is_of_all = len(stated) == 1 and _is_of_all_rows(grid, stated[0][0])
    findings: list[Finding] = []
    above = 0
    for row, total in stated:
        before, above = above, int(np.searchsorted(rows, row))
        possible = [sums[-1]] if is_of_all else _possible(sums, above)
        if not _is_one_of(total, possible, slack):
            likely = sums[-1] if is_of_all else sums[above] - sums[before]
            findings.append(_differs(grid, row, index, field, likely))
    return findings


def _stated(
    grid: Grid, totals: Mask, index: int, reader: FieldReader
) -> Iterator[tuple[int, Decimal]]:
    """Yield the totals that can be read, each with its row of the grid."""
    for row in np.flatnonzero(totals).tolist():
        value = reader(grid.columns[index].text(row))
        number = _number(value.text) if value.text is not None and value.fault is None else None
        if number is not None:
            yield row, number


def _numbers(values: Iterable[str | None]) -> list[Decimal] | None:
    """Return the column in numbers, nothing as 0; None when a value cannot be read."""
    numbers = [Decimal(0) if value is None else _number(value) for value in values]
    known = [number for number in numbers if number is not None]
    return known if len(known) == len(numbers) else None


def _number(text: str) -> Decimal | None:
    return Decimal(text) if _PLAIN.fullmatch(text) else None


def _is_of_all_rows(grid: Grid, row: int) -> bool:
    texts = (without_spaces(without_invisible(column.text(row))) for column in grid.columns)
    return any(map(_OF_ALL_ROWS.fullmatch, texts))


def _possible(sums: Sequence[Decimal], above: int) -> Iterator[Decimal]:
    """Yield sums of all rows, of any that end above the total, and of any that begin below it."""
    yield sums[-1]
    yield from (sums[above] - start for start in sums[:above])
    yield from (end - sums[above] for end in sums[above + 1 :])


def _is_one_of(total: Decimal, possible: Iterable[Decimal], slack: Decimal) -> bool:
    """Whether a total is one of the sums, within half of its last digit for each unit of slack."""
    exponent = total.as_tuple().exponent
    last_digit = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)
    return any(abs(total - each) <= slack * last_digit / 2 for each in possible)


def _differs(grid: Grid, row: int, index: int, field: Field, likely: Decimal) -> Finding:
    text = grid.columns[index].text(row).strip()
    return finding(
        grid.place,
        "total_differs",
        f"合计写的是 {text}，各行相加是 {likely:,f}。请核对有没有漏交的行，或合计有没有更新。",
        f"the total says {text}, the rows add up to {likely:,f}. Check whether rows are missing or"
        " the total is an old one.",
        row=int(grid.numbers[row]),
        column=field.header,
        value=text,
        expected=(f"{likely:,f}", f"{likely:,f}"),
        severity="warning",
    )
