"""Where the tables are in a grid: header rows, what stands above them, and rows that are no data.

A header row is one that names several known columns and little else. Above it may be titles, above
or below it other levels of the header; further down it may come again, on every printed page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from dashboard.deliveries.reading.grid import Grid, Mask
from dashboard.deliveries.reading.headers import Headers, Match, header_key
from dashboard.deliveries.reading.spelling import plain, without_invisible, without_spaces
from dashboard.deliveries.refusal import RefusedError, refused

# Printed pages have a header each; more different ones in one sheet are nobody's export.
_MOST_HEADERS = 2_000
_MOST_BLOCKS = 50

# A header of one known name could be anything.
_LEAST_KNOWN = 2
_LEVELS = 3

# A label with words before it only where a code or the first word of a row should be.
_TOTAL = re.compile(r".{0,20}?(合计|小计|总计|共计|累计)[:：]?|全市|全区|全县")
_BARE_TOTAL = re.compile(r"(合计|小计|总计|共计)[:：]?")
_STRONG_NOTE = re.compile(
    r"[(（\[【*※]*(注|备注|说明|附注|填表说明|填报说明)\s*[0-9一二三]?[:：.、\])）】]"
)
_NOTE = re.compile(
    r"[(（\[【*※]*(注|备注|说明|附注|数据来源|资料来源|来源|单位|填表|填报|制表|审核|复核|统计|联系|电话"
    r"|打印|导出|负责|报送|截至|报表|日期)[^:：]{0,10}[:：]|[\u4e00-\u9fff]{2,8}[:：]|截至\d{4}"
)
_NUMBER = re.compile(r"[+-]?[\d.,]+%?")
_ORDINALS = "甲乙丙丁戊己庚辛壬癸"


class Block(msgspec.Struct):
    """A header and its data in indices of the grid: rows `top` to `bottom`, data up to `stop`."""

    top: int
    bottom: int
    stop: int
    names: tuple[str, ...]
    repeated: list[int]

    @property
    def is_simple(self) -> bool:
        """Whether the header is one row."""
        return self.top == self.bottom


class Sorted(msgspec.Struct, frozen=True):
    """Which rows of the grid are data of a block, and which are left out, by kind."""

    data: Mask
    left_out: dict[str, Mask]


def find_blocks(grid: Grid, exports: Sequence[Headers]) -> list[Block]:
    """Return the headers of the grid from top to bottom, each with its data."""
    known = _Known(exports)
    counts = _known_counts(grid, known)
    candidates = np.flatnonzero((counts >= _LEAST_KNOWN) & (counts * 2 >= grid.filled()))
    blocks: list[Block] = []
    after = looked_at = 0
    for row in candidates.tolist():
        if row < after:
            continue
        if blocks and _is_same_row(grid, row, blocks[-1].bottom) and blocks[-1].is_simple:
            blocks[-1].repeated.append(row)
            continue
        looked_at += 1
        if looked_at > _MOST_HEADERS or len(blocks) > _MOST_BLOCKS:
            raise _too_many_headers(grid)
        top, bottom, names = _best_levels(grid, row, after, exports, known)
        after = bottom + 1
        if blocks and blocks[-1].names == names:
            blocks[-1].repeated.extend(range(top, bottom + 1))
            continue
        if blocks:
            blocks[-1].stop = top
        blocks.append(Block(top, bottom, grid.height, names, []))
    return blocks


def known_cells(grid: Grid, exports: Sequence[Headers]) -> int:
    """Return the most known column names in one row of the grid."""
    return int(_known_counts(grid, _Known(exports)).max(initial=0))


def _known_counts(grid: Grid, known: _Known) -> npt.NDArray[np.int32]:
    """How many cells of each row are names of columns."""
    counts = np.zeros(grid.height, dtype=np.int32)
    for column in grid.columns:
        counts += column.where(map(known, column.values))
    return counts


def _is_same_row(grid: Grid, one: int, other: int) -> bool:
    return all(column.codes[one] == column.codes[other] for column in grid.columns)


def _too_many_headers(grid: Grid) -> RefusedError:
    return refused(
        grid.place,
        "too_many_tables",
        "一个表里有太多不同的表头，不知哪些数据属于哪个表。请每种数据单独一个表。",
        "too many different headers in one sheet; nobody knows which rows belong to which. Put each"
        " export into a sheet of its own.",
    )


def sort_rows(grid: Grid, block: Block, headers: Headers, match: Match) -> Sorted:
    """Tell the block's data from totals, notes, blank rows and repeated headers."""
    inside = np.zeros(grid.height, dtype=np.bool_)
    inside[block.bottom + 1 : block.stop] = True
    filled = grid.filled()
    blank = inside & (filled == 0)
    repeated = np.zeros(grid.height, dtype=np.bool_)
    repeated[block.repeated] = True
    left_out = {"blank_row": blank, "repeated_header": repeated & inside}
    rest = inside & ~blank & ~repeated
    incomplete = rest & _without_key(grid, headers, match)
    left_out["total_row"] = incomplete & _labelled(grid, headers, match)
    left_out["note_row"] = _notes(
        grid, incomplete & ~left_out["total_row"], filled, len(match.columns)
    )
    left_out["column_numbers"] = _column_numbers(grid, block, rest)
    data = rest
    for mask in left_out.values():
        data = data & ~mask
    return Sorted(data, left_out)


class _Known:
    """Whether a text is the name of a column of any export; asked of every distinct text."""

    def __init__(self, exports: Sequence[Headers]) -> None:
        self._exports = exports
        keys = self._keys = {key for headers in exports for key in headers.keys}
        self._plain_names = any(key.isascii() for key in keys)
        self._longest = max(map(len, keys), default=0) + 30
        self._firsts = {key[0] for key in keys}

    def __call__(self, text: str) -> bool:
        if not text or len(text) > self._longest or (text.isascii() and not self._plain_names):
            return False
        # Nearly all other words begin otherwise; a star or a blank may come before a name.
        if text[0] not in self._firsts and "\u4e00" <= text[0] <= "\u9fff":
            return False
        key = header_key(text)
        return key in self._keys or (
            key.endswith((")", "]")) and any(headers.field(key) for headers in self._exports)
        )


def _best_levels(
    grid: Grid, row: int, after: int, exports: Sequence[Headers], known: _Known
) -> tuple[int, int, tuple[str, ...]]:
    """Return the rows of the header around `row`, and the names they make together."""
    best: tuple[int, int, tuple[str, ...]] = (row, row, _names(grid, row, row, known))
    most = _fitting(best[2], exports)
    for height in range(2, _LEVELS + 1):
        for top in range(row - height + 1, row + 1):
            bottom = top + height - 1
            if top < after or bottom >= grid.height:
                continue
            names = _names(grid, top, bottom, known)
            fitting = _fitting(names, exports)
            if fitting > most:
                best, most = (top, bottom, names), fitting
    return best


def _fitting(names: Sequence[str], exports: Sequence[Headers]) -> int:
    """How many different fields of one export the names stand for, at most."""
    keys = [header_key(name) for name in names if name]
    return max(
        len({found[0].header for key in keys if (found := headers.field(key))})
        for headers in exports
    )


def _names(grid: Grid, top: int, bottom: int, known: _Known) -> tuple[str, ...]:
    """Return the name of every column from the levels of the header."""
    names: list[str] = []
    above = [""] * (bottom - top)
    for column in grid.columns:
        levels = [_seen(column.text(row)) for row in range(top, bottom + 1)]
        leaf = levels[-1]
        # A group's name stands over its first column only.
        above = [
            level or (above[index] if any(levels[index + 1 :]) else "")
            for index, level in enumerate(levels[:-1])
        ]
        parts = [part for part in (*above, leaf) if part]
        joined = "".join(parts)
        own = leaf or next((level for level in reversed(levels) if level), "")
        choices = (own, joined, "".join(parts[-2:]))
        names.append(next((name for name in choices if name and known(name)), joined))
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _seen(text: str) -> str:
    return without_spaces(without_invisible(text))


def _without_key(grid: Grid, headers: Headers, match: Match) -> Mask:
    """Rows that lack a part of their key, or hold a label in its place: they cannot be data."""
    resource = headers.resource
    parts = [name for name in resource.primary_key if name in match.columns]
    lacking = np.zeros(grid.height, dtype=np.bool_)
    for name in parts:
        column = grid.columns[match.columns[name]]
        lacking |= column.where(
            not text.strip() or _is_total(text) or _is_note(text) for text in column.values
        )
    return lacking


def _labelled(grid: Grid, headers: Headers, match: Match) -> Mask:
    """Rows with the label of a total: in a key, in their first cell, or alone in some other cell.

    Words of a free text may end in 累计 and be the data of a row that lacks its key.
    """
    keys = {match.columns.get(name) for name in headers.resource.primary_key}
    found = np.zeros(grid.height, dtype=np.bool_)
    empty_before = np.ones(grid.height, dtype=np.bool_)
    for index, column in enumerate(grid.columns):
        label = column.where(map(_is_total, column.values))
        bare = column.where(map(_is_bare_total, column.values))
        found |= label if index in keys else bare | (label & empty_before)
        empty_before &= column.where(not text.strip() for text in column.values)
    return found


def _is_total(text: str) -> bool:
    # A quick look: most texts have none of the letters that all labels have.
    quick = not text.isascii() and len(text) <= 40 and ("计" in text or "全" in text)
    return quick and _TOTAL.fullmatch(_seen(text)) is not None


def _is_bare_total(text: str) -> bool:
    return _is_total(text) and _BARE_TOTAL.fullmatch(_seen(text)) is not None


def _is_note(text: str) -> bool:
    quick = not text.isascii() and ("：" in text or ":" in text or "截至" in text)
    return quick and _NOTE.match(text.strip()) is not None


def _notes(grid: Grid, rows: Mask, filled: npt.NDArray[np.int32], width: int) -> Mask:
    """Rows in which every cell is a remark, or which begin as one and hold no number."""
    notes = np.zeros(grid.height, dtype=np.bool_)
    for row in np.flatnonzero(rows & (filled <= max(2, width // 2))).tolist():
        texts = [text for column in grid.columns if (text := column.text(row).strip())]
        if all(map(_is_note, texts)) or (
            _STRONG_NOTE.match(texts[0]) and not any(map(_NUMBER.fullmatch, map(plain, texts)))
        ):
            notes[row] = True
    return notes


def _column_numbers(grid: Grid, block: Block, rows: Mask) -> Mask:
    """Return a row below the header that only numbers the columns: 甲, 乙, 1, 2, 3."""
    found = np.zeros(grid.height, dtype=np.bool_)
    row = block.bottom + 1
    if row < block.stop and rows[row]:
        texts = [column.text(row).strip() for column in grid.columns[: len(block.names)]]
        letters = len(texts) - len([text for text in texts if text not in tuple(_ORDINALS)])
        expected = [*_ORDINALS[:letters], *map(str, range(1, len(texts) - letters + 1))]
        found[row] = len(texts) > _LEAST_KNOWN and texts == expected
    return found
