"""Marks in rows and columns as tables: statuses by indicator and county, steps by county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pptx.enum.text import PP_ALIGN
from pptx.util import Emu, Inches

from dashboard import palette
from dashboard.cards.model import Chart
from dashboard.exports.cells import em
from dashboard.exports.pptx.tables import write_cell

_POINT = 12_700  # EMU
_LINE = 1.4  # of its type is a row high
_LARGEST, _SMALLEST = 14.0, 8.0  # points
_SIGN = 1.5  # em of a sign with the air beside it
_ROOMY = 1.15  # no column of names is wider than they are by more
_STATE_STATUS = {"reached": "met", "open": "not_due"}  # a track's states that are no statuses


def add_matrix(shapes: Any, chart: Chart, place: tuple[int, int, int, int]) -> None:
    """Add a status matrix at `place` (left, top, width, height in EMU)."""
    frame = chart.frame
    texts = frame["text"] if "text" in frame else [""] * len(frame)
    cells = {
        (str(indicator), str(county)): _joined(palette.STATUS_GLYPHS.get(str(status), ""), text)
        for indicator, county, status, text in zip(
            frame["indicator_id"], frame["county_id"], frame["status"], texts, strict=True
        )
    }
    _add_grid(
        shapes,
        place,
        chart.alt,
        rows=dict(zip(frame["indicator_id"], frame["indicator"].astype(str), strict=True)),
        columns=dict(zip(frame["county_id"], frame["county"].astype(str), strict=True)),
        cells=cells,
    )


def add_track(shapes: Any, chart: Chart, place: tuple[int, int, int, int]) -> None:
    """Add the counties' steps at `place` (left, top, width, height in EMU)."""
    frame = chart.frame
    states = {str(state): str(text) for state, text in chart.options["state_texts"].items()}
    cells = {
        (str(county), str(step)): _joined(
            palette.STATUS_GLYPHS.get(_STATE_STATUS.get(str(state), str(state)), ""),
            states.get(str(state), ""),
            text,
        )
        for county, step, state, text in zip(
            frame["id"],
            frame["step_id"],
            frame["state"],
            frame["text"] if "text" in frame else [""] * len(frame),
            strict=True,
        )
    }
    _add_grid(
        shapes,
        place,
        chart.alt,
        rows=dict(zip(frame["id"], frame["label"].astype(str), strict=True)),
        columns={str(step): str(name) for step, name in chart.options["steps"].items()},
        cells=cells,
    )


def _add_grid(
    shapes: Any,
    place: tuple[int, int, int, int],
    alt: str,
    *,
    rows: Mapping[str, str],
    columns: Mapping[str, str],
    cells: Mapping[tuple[str, str], str],
) -> None:
    """Add a table with a heading row and a heading column; a pair without a cell stays blank."""
    left, top, width, height = place
    width = Emu(width - Inches(0.15))
    name_em = max(map(em, rows.values()), default=0) + 1
    cell_em = max([_SIGN, *(em(text) + 1 for text in cells.values() if len(text) > 1)])
    by_height = height / (len(rows) + 2) / _POINT / _LINE
    by_width = width / (name_em + cell_em * len(columns)) / _POINT
    size = _size(by_height, by_width)
    name_width = int(min(name_em * size * _POINT * _ROOMY, width / 2))
    column_width = (width - name_width) // len(columns)
    longest = max(map(em, columns.values()), default=0) * size * _POINT
    is_on_end = longest > column_width
    head = int(min(longest + Inches(0.15), height / 3)) if is_on_end else Inches(0.3)
    row_height = min((height - head) // max(len(rows), 1), Inches(0.5))
    size = _size(row_height / _POINT / _LINE, size)  # what the names on end have left
    graphic = shapes.add_table(
        len(rows) + 1, len(columns) + 1, left, top, width, head + row_height * len(rows)
    )
    graphic._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    grid = graphic.table
    grid.columns[0].width = Emu(width - column_width * len(columns))
    for row in grid.rows:
        row.height = Emu(row_height)
    grid.rows[0].height = Emu(head)
    write_cell(grid.cell(0, 0), "", size=size, is_head=True)
    for column, name in enumerate(columns.values(), start=1):
        grid.columns[column].width = Emu(column_width)
        cell = grid.cell(0, column)
        write_cell(cell, name, size=size, is_head=True, align=PP_ALIGN.CENTER, margin=0)
        if is_on_end:  # Chinese signs below each other, letters turned
            way = "eaVert" if _is_chinese(name) else "vert270"
            cell._tc.get_or_add_tcPr().set("vert", way)
    for number, (row_id, name) in enumerate(rows.items(), start=1):
        write_cell(grid.cell(number, 0), name, size=size, margin=0.03)
        for column, column_id in enumerate(columns, start=1):
            text = cells.get((row_id, column_id), "")
            cell = grid.cell(number, column)
            write_cell(cell, text, size=size, align=PP_ALIGN.CENTER, margin=0)


def _size(*rooms: float) -> float:
    """Return the largest type, in points, that all rooms have a line for."""
    return max(min(*rooms, _LARGEST), _SMALLEST)


def _is_chinese(text: str) -> bool:
    return any(ord(sign) > 0x2E7F for sign in text)


def _joined(*parts: object) -> str:
    """Words in one line; a missing one is left out."""
    return " ".join(str(part).replace("\n", " ") for part in parts if part and part == part)
