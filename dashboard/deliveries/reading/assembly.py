"""A recognised table in the contract's form, and word of all that was put right on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.contract import Field, Resource
from dashboard.deliveries.model import ROW, DeliveredTable, Finding, Normalised
from dashboard.deliveries.periods import periods_of
from dashboard.deliveries.reading.blocks import Block, sort_rows
from dashboard.deliveries.reading.faults import (
    cell_fault,
    merged_cells,
    more,
    more_findings,
    ragged_row,
)
from dashboard.deliveries.reading.field_reader import FieldReader, Value
from dashboard.deliveries.reading.grid import Codes, Grid, GridColumn, Mask
from dashboard.deliveries.reading.headers import header_key
from dashboard.deliveries.reading.normalisations import normalised
from dashboard.deliveries.reading.recognition import Fit, mistakable
from dashboard.deliveries.reading.totals import differing_totals
from dashboard.deliveries.refusal import finding

# So many cells or rows of one table are named one by one; the rest is counted.
_LISTED = 1_000

_Objects = npt.NDArray[np.object_]


class Assembled(msgspec.Struct, frozen=True):
    """A table with what was found and put right; no table when nothing of it can be read."""

    table: DeliveredTable | None
    findings: list[Finding]
    normalised: list[Normalised]


class _Cells(msgspec.Struct, frozen=True):
    """One field's values for all rows of the table, as they came and as the contract wants them."""

    original: _Objects
    values: _Objects
    findings: list[Finding]
    normalised: list[Normalised]


def assemble(grid: Grid, block: Block, fit: Fit, sha256: str) -> Assembled:
    """Build the table of a block whose columns fit an export completely."""
    resource = fit.headers.resource
    sorted_rows = sort_rows(grid, block, fit.headers, fit.match)
    findings, sound = _without_ragged(grid, block, sorted_rows.data)
    told = [*_left_out(grid, sorted_rows.left_out), *_told_of_columns(grid, block, fit)]
    if not sorted_rows.data.any():
        findings.append(_no_rows(grid, block, resource))
    if not sound.any():
        return Assembled(None, more_findings(grid.place, findings, _LISTED), told)
    rows = np.flatnonzero(sound)
    numbers = grid.numbers[rows]
    columns: dict[str, _Cells] = {}
    for field in resource.fields:
        if field.header in fit.match.absent:
            columns[field.header] = _empty(len(rows))
            continue
        index = fit.match.columns[field.header]
        codes, of_merged, filled = _filled_merged(grid, index, field, sound)
        findings += of_merged
        told += filled
        column = GridColumn(codes[rows], grid.columns[index].values)
        reader = FieldReader(field, is_code=_is_code(resource, field))
        cells = _read_column(grid, column, numbers, field, reader)
        columns[field.header] = cells
        findings += cells.findings
        told += cells.normalised
        if len(rows) == sorted_rows.data.sum():  # else a row's numbers are not known
            totals = sorted_rows.left_out["total_row"]
            findings += differing_totals(
                grid, totals, index, field, reader, rows, cells.values.tolist()
            )
    findings += _hidden_rows(grid, rows)
    findings += _hidden_columns(grid, block, fit)
    findings += mistakable(grid.place, int(grid.numbers[block.bottom]), fit, block.names)
    frame = _frame(numbers, {header: cells.values for header, cells in columns.items()})
    table = DeliveredTable(
        resource=resource.name,
        place=grid.place,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        sha256=sha256,
        frame=frame,
        original=_frame(numbers, {header: cells.original for header, cells in columns.items()}),
        periods=periods_of(frame, resource),
        absent=fit.match.absent,
    )
    return Assembled(table, more_findings(grid.place, findings, _LISTED), told)


def _empty(height: int) -> _Cells:
    """Return a column that is not there."""
    cells = np.full(height, None, dtype=object)
    return _Cells(original=cells, values=cells, findings=[], normalised=[])


def _read_column(
    grid: Grid,
    column: GridColumn,
    numbers: npt.NDArray[np.int64],
    field: Field,
    reader: FieldReader,
) -> _Cells:
    """Read every distinct text once; tell of each kind of change, and of each cell in doubt."""
    used, first, inverse, counts = np.unique(
        column.codes, return_index=True, return_inverse=True, return_counts=True
    )
    texts = [column.values[code] for code in used.tolist()]
    read = [reader(text) for text in texts]
    kinds: dict[str, list[int]] = {}
    for position, value in enumerate(read):
        for kind in value.kinds:
            kinds.setdefault(kind, []).append(position)
    told: list[Normalised] = []
    for kind, positions in kinds.items():
        example = min(positions, key=first.__getitem__)
        told.append(
            normalised(
                grid.place,
                kind,
                int(counts[positions].sum()),
                row=int(numbers[first[example]]),
                column=field.header,
                before=texts[example],
                after=read[example].text,
            )
        )
    return _Cells(
        original=_objects(text or None for text in texts)[inverse],
        values=_objects(value.text for value in read)[inverse],
        findings=_faults(grid, numbers, field, texts, read, inverse),
        normalised=told,
    )


def _faults(
    grid: Grid,
    numbers: npt.NDArray[np.int64],
    field: Field,
    texts: Sequence[str],
    read: Sequence[Value],
    inverse: npt.NDArray[np.intp],
) -> list[Finding]:
    """Return a finding for each cell in doubt."""
    doubtful = np.fromiter((value.fault is not None for value in read), np.bool_, len(read))
    if not doubtful.any():
        return []
    rows = np.flatnonzero(doubtful[inverse])
    findings = [
        cell_fault(grid.place, read[at].fault or "", int(numbers[row]), field, texts[at])
        for row, at in zip(rows[:_LISTED].tolist(), inverse[rows[:_LISTED]].tolist(), strict=True)
    ]
    if len(rows) > _LISTED:
        findings.append(more(grid.place, len(rows) - _LISTED, field.header))
    return findings


def _without_ragged(grid: Grid, block: Block, data: Mask) -> tuple[list[Finding], Mask]:
    """Find records with other cells than the header has: nobody knows which is which."""
    if grid.widths is None:
        return [], data
    width = len(block.names)
    beyond = np.zeros(grid.height, dtype=np.bool_)
    for column in grid.columns[width:]:
        beyond |= column.where(bool(text.strip()) for text in column.values)
    ragged = data & ((grid.widths < width) | beyond)
    findings = []
    rows = np.flatnonzero(ragged)
    for row in rows[:_LISTED].tolist():
        texts = [column.text(row) for column in grid.columns[: grid.widths[row]]]
        findings.append(ragged_row(grid.place, int(grid.numbers[row]), texts, width))
    if len(rows) > _LISTED:
        findings.append(more(grid.place, len(rows) - _LISTED))
    return findings, data & ~ragged


def _filled_merged(
    grid: Grid, index: int, field: Field, data: Mask
) -> tuple[Codes, list[Finding], list[Normalised]]:
    """Return column with merged cells filled downwards; a count over several rows is nobody's."""
    codes = grid.columns[index].codes
    areas = [
        area
        for area in grid.merged
        if area.left <= index <= area.right
        and area.bottom > area.top
        and data[area.top : area.bottom + 1].any()
    ]
    if not areas:
        return codes, [], []
    codes = codes.copy()
    column = grid.columns[index]
    findings: list[Finding] = []
    filled: list[Normalised] = []
    count = 0
    for area in areas:
        text = column.text(area.top)
        number = int(grid.numbers[area.top])
        if field.type in ("integer", "number") and not field.column.endswith("year"):
            findings.append(merged_cells(grid.place, number, field, text))
        elif area.left == index:
            codes[area.top : area.bottom + 1] = codes[area.top]
            count += area.bottom - area.top
            filled = [
                normalised(
                    grid.place,
                    "merged_cells",
                    count,
                    row=filled[0].row if filled else number,
                    column=field.header,
                    before=filled[0].before if filled else text,
                )
            ]
    return codes, findings, filled


def _left_out(grid: Grid, left_out: Mapping[str, Mask]) -> list[Normalised]:
    told: list[Normalised] = []
    for kind, mask in left_out.items():
        rows = np.flatnonzero(mask)
        if len(rows):
            example = _row_text(grid, int(rows[0]))
            told.append(
                normalised(
                    grid.place,
                    kind,
                    len(rows),
                    row=int(grid.numbers[rows[0]]),
                    before=example or None,
                )
            )
    return told


def _told_of_columns(grid: Grid, block: Block, fit: Fit) -> list[Normalised]:
    row = int(grid.numbers[block.bottom])
    told: list[Normalised] = []
    renamed = [
        (block.names[index], header)
        for header, index in fit.match.columns.items()
        if header_key(block.names[index]) != header_key(header)
    ]
    for name, header in renamed:
        told.append(
            normalised(
                grid.place, "other_header", 1, row=row, column=header, before=name, after=header
            )
        )
    for index in fit.match.surplus:
        if index < len(block.names) and block.names[index]:
            told.append(
                normalised(grid.place, "ignored_column", 1, row=row, before=block.names[index])
            )
    for header in fit.match.absent:
        told.append(normalised(grid.place, "absent_column", 1, row=row, column=header))
    order = list(fit.match.columns.values())
    if order != sorted(order):
        told.append(normalised(grid.place, "column_order", 1, row=row))
    return told


def _hidden_rows(grid: Grid, rows: npt.NDArray[np.intp]) -> list[Finding]:
    """Hidden rows are data like others, but whoever handed them in may not know of them."""
    hidden = sorted(set(grid.hidden_rows) & set(grid.numbers[rows].tolist()))
    if not hidden:
        return []
    return [
        finding(
            grid.place,
            "hidden_rows",
            f"有 {len(hidden)} 行被隐藏或筛选掉，仍按数据读取。请取消隐藏后核对。",
            f"{len(hidden)} rows are hidden or filtered out and are read all the same."
            " Unhide them and check.",
            row=hidden[0],
            severity="warning",
        )
    ]


def _hidden_columns(grid: Grid, block: Block, fit: Fit) -> list[Finding]:
    """So are hidden columns."""
    hidden = [
        header
        for header, index in fit.match.columns.items()
        if any(first <= index <= last for first, last in grid.hidden_columns)
    ]
    if not hidden:
        return []
    return [
        finding(
            grid.place,
            "hidden_columns",
            "这些列被隐藏，仍按数据读取。请取消隐藏后核对。",
            "these columns are hidden and are read all the same. Unhide them and check.",
            row=int(grid.numbers[block.bottom]),
            column="、".join(hidden),
            severity="warning",
        )
    ]


def _no_rows(grid: Grid, block: Block, resource: Resource) -> Finding:
    return finding(
        grid.place,
        "no_rows",
        f"「{resource.title}」只有表头，没有数据。请重新导出。",
        f"{resource.title} has a header and no data. Export it again.",
        row=int(grid.numbers[block.bottom]),
    )


def _is_code(resource: Resource, field: Field) -> bool:
    """Whether the field's texts are compared with others: a part of a key, or a reference."""
    return field.type == "string" and (
        field.unique
        or field.header in resource.primary_key
        or any(field.header in key.fields for key in resource.foreign_keys)
    )


def _row_text(grid: Grid, row: int) -> str:
    return " ".join(text for column in grid.columns if (text := column.text(row).strip()))


def _frame(numbers: npt.NDArray[np.int64], columns: Mapping[str, _Objects]) -> pd.DataFrame:
    series = {header: pd.Series(values, dtype=object) for header, values in columns.items()}
    return pd.DataFrame({ROW: pd.Series(numbers, dtype="int64"), **series})


def _objects(values: Iterable[str | None]) -> _Objects:
    listed = list(values)
    array = np.empty(len(listed), dtype=object)
    array[:] = listed
    return array
