"""A sheet or a text file as cells in rows and columns, before anybody knows what it is.

A column holds every distinct text once and for each row the number of its text. A million rows so
take little room, and whatever is asked of a cell is asked once for each distinct text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

import msgspec
import numpy as np
import numpy.typing as npt

from dashboard import settings
from dashboard.deliveries.model import Location
from dashboard.deliveries.refusal import refused

Codes = npt.NDArray[np.int32]
Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

# So many rows are turned into columns at a time.
_BATCH = 20_000


class GridColumn(msgspec.Struct, frozen=True):
    """The texts of one column: `values[codes[i]]` is that of row i, `values[0]` the empty text."""

    codes: Codes
    values: list[str]

    def text(self, index: int) -> str:
        return self.values[int(self.codes[index])]

    def where(self, wanted: Iterable[bool]) -> Mask:
        """Return the rows whose distinct text is wanted; one answer for each of `values`."""
        return np.fromiter(wanted, dtype=np.bool_, count=len(self.values))[self.codes]


class Merged(msgspec.Struct, frozen=True):
    """A merged area in indices of the grid, ends included."""

    top: int
    left: int
    bottom: int
    right: int


class Grid(msgspec.Struct, frozen=True, kw_only=True):
    """All cells of a sheet or file.

    `numbers` are the rows as Excel counts them, `widths` the cells of each record of a text file
    (None for a sheet, where every row is as wide as the sheet). `hidden_rows` are numbers of rows,
    `hidden_columns` first and last index of columns side by side.
    """

    place: Location
    columns: list[GridColumn]
    numbers: Rows
    widths: npt.NDArray[np.int32] | None = None
    merged: tuple[Merged, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    encoding: str = ""
    delimiter: str | None = None

    @property
    def height(self) -> int:
        return len(self.numbers)

    def filled(self) -> npt.NDArray[np.int32]:
        """How many cells of each row hold something."""
        filled = np.zeros(self.height, dtype=np.int32)
        for column in self.columns:
            filled += column.where(map(bool, map(str.strip, column.values)))
        return filled


class GridBuilder:
    """Takes rows as they are read and keeps to the limits; raises RefusedError above them."""

    def __init__(self, place: Location) -> None:
        self._place = place
        self._ids: list[dict[str, int]] = []
        self._parts: list[list[Codes]] = []
        self._batch: list[Sequence[str]] = []
        self._numbers: list[int] = []
        self._done = 0

    def add(self, number: int, cells: Sequence[str]) -> None:
        """Append a row; `number` is the one that Excel shows."""
        if len(cells) > settings.MAX_TABLE_COLUMNS:
            cells = self._narrowed(number, cells)
        self._batch.append(cells)
        self._numbers.append(number)
        if len(self._batch) >= _BATCH:
            self._flush()

    def finish(self) -> tuple[list[GridColumn], Rows]:
        """Return the columns and the numbers of the rows."""
        self._flush()
        columns = [
            GridColumn(np.concatenate(parts) if parts else np.zeros(0, np.int32), list(ids))
            for parts, ids in zip(self._parts, self._ids, strict=True)
        ]
        return columns, np.array(self._numbers, dtype=np.int64)

    def _flush(self) -> None:
        batch, self._batch = self._batch, []
        width = 0
        for index, texts in enumerate(zip_longest(*batch, fillvalue="")):
            width = index + 1
            if index == len(self._ids):
                self._ids.append({"": 0})
                self._parts.append([np.zeros(self._done, np.int32)])
            ids = self._ids[index]
            codes = [ids.setdefault(text, len(ids)) for text in texts]
            self._parts[index].append(np.array(codes, dtype=np.int32))
        for parts in self._parts[width:]:
            parts.append(np.zeros(len(batch), np.int32))
        self._done += len(batch)
        self._keep_limits()

    def _narrowed(self, number: int, cells: Sequence[str]) -> Sequence[str]:
        """Excel pads rows with empty cells; only filled ones make a table wide."""
        width = len(cells)
        while width and not cells[width - 1].strip():
            width -= 1
        if width > settings.MAX_TABLE_COLUMNS:
            raise refused(
                self._place,
                "too_wide",
                f"有 {width} 列，最多 {settings.MAX_TABLE_COLUMNS} 列。请核对文件是否选错。",
                f"{width} columns; at most {settings.MAX_TABLE_COLUMNS} are read."
                " Check whether this is the right file.",
                row=number,
            )
        return cells[:width]

    def _keep_limits(self) -> None:
        cells = self._done * len(self._ids)
        if self._done > settings.MAX_TABLE_ROWS or cells > settings.MAX_TABLE_CELLS:
            raise refused(
                self._place,
                "too_long",
                f"行数过多（已读 {self._done:,} 行、{len(self._ids)} 列）。"
                "请按学年或区县分开提交。",
                f"too many rows ({self._done:,} of {len(self._ids)} columns so far)."
                " Hand it in by school year or county.",
            )
