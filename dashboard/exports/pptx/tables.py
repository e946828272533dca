"""Tables that PowerPoint edits as tables."""

from __future__ import annotations

from math import ceil
from typing import Any

import pandas as pd
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches

from dashboard import palette
from dashboard.exports.pptx.text import rgb, style
from dashboard.report import Table

ROWS_SHOWN = 14
_STATUS_OF_GLYPH = {glyph: status for status, glyph in palette.STATUS_GLYPHS.items()}
_LINE_HEIGHT = 1.25
_POINT = 12_700  # EMU


def add_table(shapes: Any, table: Table, place: tuple[int, int, int, int], alt: str) -> None:
    """Add a table's first rows at `place` (EMU), as many as fit; the workbook holds the rest."""
    left, top, width, height = place
    labelled = table.labelled().head(ROWS_SHOWN)
    decimals = [column.decimals for column in table.columns]
    rows = [
        [_text(cell, places) for cell, places in zip(cells, decimals, strict=True)]
        for cells in labelled.astype(object).to_numpy().tolist()
    ]
    rows.insert(0, [str(name) for name in labelled.columns])
    widths = [int(width * share) for share in _shares(rows)]
    size = 12 if len(rows) <= 9 else 11
    heights = [_row_height(cells, widths, size) for cells in rows]
    fitting = _fitting(heights, height)
    graphic = shapes.add_table(fitting, len(widths), left, top, width, sum(heights[:fitting]))
    graphic._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    grid = graphic.table
    for position, column_width in enumerate(widths):
        grid.columns[position].width = Emu(column_width)
    for number, cells in enumerate(rows[:fitting]):
        grid.rows[number].height = Emu(heights[number])
        for position, text in enumerate(cells):
            write_cell(grid.cell(number, position), text, size=size, is_head=number == 0)


def write_cell(
    cell: Any, text: str, *, size: float, is_head: bool = False, centred: bool = False
) -> None:
    """Write one cell; a status symbol in front gives the text its colour."""
    cell.margin_left = cell.margin_right = Inches(0.05)
    cell.margin_top = cell.margin_bottom = Inches(0.01)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(palette.SERIES_COLOURS[0] if is_head else "#FFFFFF")
    paragraph = cell.text_frame.paragraphs[0]
    if centred:
        paragraph.alignment = PP_ALIGN.CENTER
    run = paragraph.add_run()
    run.text = text
    status = _STATUS_OF_GLYPH.get(text[:1])
    colour = "#FFFFFF" if is_head else palette.STATUS_COLOURS.get(status or "", palette.INK)
    style(run.font, size=size, colour=colour, bold=is_head)


def _shares(rows: list[list[str]]) -> list[float]:
    """The width of each column, by its longest text; none starves and none takes it all."""
    widest = [
        min(max(max(_em(text) for text in column), 3.0), 18.0) for column in zip(*rows, strict=True)
    ]
    return [em / sum(widest) for em in widest]


def _em(text: str) -> float:
    """About how many Chinese characters wide a text is."""
    return sum(1.0 if ord(sign) > 0x2E7F else 0.56 for sign in text)


def _row_height(cells: list[str], widths: list[int], size: float) -> int:
    """Room for the cell that needs most lines."""
    lines = 1
    for text, width in zip(cells, widths, strict=True):
        room = (width - Inches(0.1)) / (size * _POINT)
        lines = max(lines, ceil(_em(text) / max(room, 1)))
    return int(lines * size * _LINE_HEIGHT * _POINT + Inches(0.06))


def _fitting(heights: list[int], room: int) -> int:
    """How many rows, the heading among them, fit into a height."""
    used = 0
    for number, height in enumerate(heights):
        used += height
        if used > room:
            return max(number, 1)
    return len(heights)


def _text(cell: object, decimals: int | None) -> str:
    if cell is None or (not isinstance(cell, str) and pd.isna(cell)):  # type: ignore[call-overload]
        return "–"
    if isinstance(cell, float):
        return f"{cell:,.{decimals}f}" if decimals is not None else f"{cell:,g}"
    return str(cell)
