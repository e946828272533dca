"""Which export a table is: by its columns, then by its values; when two fit, somebody is asked."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

import msgspec
import numpy as np

from dashboard.contract import Field
from dashboard.deliveries.model import Finding, Location
from dashboard.deliveries.reading.blocks import Block
from dashboard.deliveries.reading.field_reader import FieldReader
from dashboard.deliveries.reading.grid import Grid, GridColumn, Mask
from dashboard.deliveries.reading.headers import Headers, Match, match_headers
from dashboard.deliveries.refusal import finding

# So many rows say what a column holds.
_LOOKED_AT = 200
# Below this a name is another name, not a slip of the pen.
_ALIKE = 0.6


class Fit(msgspec.Struct, frozen=True):
    """An export and how the columns of a table fit it."""

    headers: Headers
    match: Match

    @property
    def is_complete(self) -> bool:
        return not self.match.missing and not self.match.repeated


def recognise(grid: Grid, block: Block, exports: Sequence[Headers]) -> list[Fit]:
    """Return the exports that the table may be: one, several when nobody can tell, or the nearest.

    Only of a complete fit there can be several; the nearest one misses columns, or has one twice.
    """
    fits = [Fit(headers, match_headers(headers, block.names)) for headers in exports]
    complete = [fit for fit in fits if fit.is_complete]
    if not complete:
        return [max(fits, key=lambda fit: _nearness(fit, block.names))]
    # Of two exports, one with all the other's columns and more, the larger one is meant.
    largest = max(len(fit.match.columns) for fit in complete)
    complete = [fit for fit in complete if len(fit.match.columns) == largest]
    if len(complete) == 1:
        return complete
    rows = np.zeros(grid.height, dtype=np.bool_)
    rows[block.bottom + 1 : min(block.stop, block.bottom + 1 + _LOOKED_AT)] = True
    return [fit for fit in complete if _holds(grid, rows, fit)] or complete


def header_findings(place: Location, row: int, fit: Fit, names: Sequence[str]) -> list[Finding]:
    """Return what is wrong with the columns of a table that fits no export completely."""
    title, surplus = fit.headers.resource.title, _surplus(fit, names)
    found = [_missing(place, row, title, header, surplus) for header in fit.match.missing]
    return found + [_repeated(place, row, header) for header in fit.match.repeated]


def mistakable(place: Location, row: int, fit: Fit, names: Sequence[str]) -> list[Finding]:
    """Columns that need not be there and are not, while one that nobody knows looks like them."""
    surplus = _surplus(fit, names)
    return [
        finding(
            place,
            "missing_column",
            f"没有列「{header}」，该列按空读取；表中的「{alike}」是不是它？如果是，请改正列名后"
            "重新提交。",
            f"there is no column {header}, so it reads as empty. Is it {alike} of this table? If"
            " so, rename it and hand it in again.",
            row=row,
            column=header,
            expected=(f"列「{header}」", f"a column {header}"),
            severity="warning",
        )
        for header in fit.match.absent
        for alike in _alike(header, surplus)
    ]


def _surplus(fit: Fit, names: Sequence[str]) -> list[str]:
    return [names[index] for index in fit.match.surplus if index < len(names) and names[index]]


def _alike(header: str, surplus: Sequence[str]) -> list[str]:
    """Return the surplus column that may be a slip of the pen for a header, if there is one."""
    return difflib.get_close_matches(header, surplus, n=1, cutoff=_ALIKE)


def _nearness(fit: Fit, names: Sequence[str]) -> tuple[int, float]:
    """More columns of its own first, then the larger part of the export."""
    matched = len(fit.match.columns)
    return matched, matched / len(fit.headers.resource.fields)


def _holds(grid: Grid, rows: Mask, fit: Fit) -> bool:
    """Whether at least half of the values are allowed in every column that allows few."""
    for field in fit.headers.resource.fields:
        if (field.enum or field.pattern) and field.header in fit.match.columns:
            column = grid.columns[fit.match.columns[field.header]]
            if not _mostly_allowed(column, rows, field):
                return False
    return True


def _mostly_allowed(column: GridColumn, rows: Mask, field: Field) -> bool:
    reader = FieldReader(field)
    values = [reader(column.values[code]) for code in column.codes[rows].tolist()]
    given = [value.text for value in values if value.text is not None]
    allowed = sum(reader.allows(text) for text in given)
    return allowed * 2 >= len(given)


def _missing(place: Location, row: int, title: str, header: str, surplus: Sequence[str]) -> Finding:
    alike = _alike(header, surplus)
    hint_zh = f"表中的「{alike[0]}」是不是它？请改正列名" if alike else "请补上该列"
    hint_en = f"Is it {alike[0]} of this table? Rename it" if alike else "Add it"
    return finding(
        place,
        "missing_column",
        f"按「{title}」读取，缺少列「{header}」。{hint_zh}后重新提交。",
        f"read as {title}, the column {header} is missing. {hint_en} and hand it in again.",
        row=row,
        column=header,
        expected=(f"列「{header}」", f"a column {header}"),
    )


def _repeated(place: Location, row: int, header: str) -> Finding:
    return finding(
        place,
        "repeated_column",
        f"列「{header}」出现了不止一次，不知以哪一列为准。请只保留一列。",
        f"the column {header} is there more than once, and nobody knows which one counts."
        " Keep one.",
        row=row,
        column=header,
    )
