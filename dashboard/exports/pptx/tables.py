"""Tables that PowerPoint edits as tables, in the largest type in which they fit."""

from __future__ import annotations

from itertools import islice
from math import ceil
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from dashboard import palette
from dashboard.cards.model import ROWS_ON_A_SLIDE, Table
from dashboard.exports.cells import column_widths, em, heading, table_rows
from dashboard.exports.pptx.text import rgb, status_of, style
from dashboard.exports.text import printable

SIZES = (20, 18, 16, 14, 13, 12, 11)  # points
_LINE_HEIGHT = 1.2
_POINT = 12_700  # EMU
_ROOMY = 2.2  # no column is wider than its text by more
_PADDING = 1.8  # em beside a cell's text

Rows = list[list[str]]


def add_table(shapes: Any, table: Table, place: tuple[int, int, int, int], alt: str) -> int:
    """Add a table's first rows at `place` (EMU), as many as fit, and return how many they are."""
    left, top, width, height = place
    shown = list(islice(table_rows(table), ROWS_ON_A_SLIDE))
    rows = [heading(table), *([str(cell) for cell in cells] for cells in shown)]
    is_number = [any(row[i].is_number for row in shown) for i in range(len(table.columns))]
    size, widths, heights = _largest(rows, width, height)
    fitting = _fitting(heights, height)
    graphic = shapes.add_table(fitting, len(widths), left, top, sum(widths), sum(heights[:fitting]))
    graphic._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    grid = graphic.table
    for position, column_width in enumerate(widths):
        grid.columns[position].width = Emu(column_width)
    for number, cells in enumerate(rows[:fitting]):
        grid.rows[number].height = Emu(heights[number])
        for position, text in enumerate(cells):
            align = PP_ALIGN.RIGHT if is_number[position] else PP_ALIGN.LEFT
            write_cell(
                grid.cell(number, position), text, size=size, is_head=number == 0, align=align
            )
    return fitting - 1


def write_cell(
    cell: Any,
    text: str,
    *,
    size: float,
    is_head: bool = False,
    align: PP_ALIGN = PP_ALIGN.LEFT,
    margin: float = 0.06,
) -> None:
    """Write one cell, `margin` in inches; a status symbol in front gives the text its colour."""
    cell.margin_left = cell.margin_right = Inches(margin)
    cell.margin_top = cell.margin_bottom = Inches(0.01)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(palette.SERIES_COLOURS[0] if is_head else "#FFFFFF")
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = align
    # Fonts differ in the height of a line: without a given one, rows would have several heights.
    paragraph.line_spacing = Pt(size * _LINE_HEIGHT)
    if not text:  # an empty cell would be as high as the template's type
        paragraph._p.get_or_add_endParaRPr().set("sz", str(round(size * 100)))
        return
    run = paragraph.add_run()
    run.text = printable(text)
    status = status_of(text)
    colour = "#FFFFFF" if is_head else palette.STATUS_COLOURS.get(status, palette.INK)
    style(run.font, size=size, colour=colour, bold=is_head)


def _largest(rows: Rows, width: int, height: int) -> tuple[float, list[int], list[int]]:
    """Return the largest size at which all rows fit.

    With the columns' widths and the rows' heights.
    """
    for size in SIZES:
        widths = _widths(rows, width, size)
        heights = [_row_height(cells, widths, size) for cells in rows]
        if sum(heights) <= height:
            break
    return size, widths, heights


def _widths(rows: Rows, width: int, size: float) -> list[int]:
    """Return the columns' widths, grown into the room that is left."""
    widths = column_widths(rows, width / (size * _POINT), _PADDING)
    grow = min(width / (sum(widths) * size * _POINT), _ROOMY)
    return [int(em_wide * size * _POINT * grow) for em_wide in widths]


def _row_height(cells: list[str], widths: list[int], size: float) -> int:
    """Room for the cell that needs most lines, and some air."""
    lines = max(
        ceil(em(text) / max((width - Inches(0.12)) / (size * _POINT), 1))
        for text, width in zip(cells, widths, strict=True)
    )
    return int(max(lines, 1) * size * _LINE_HEIGHT * _POINT + size * 0.35 * _POINT)


def _fitting(heights: list[int], room: int) -> int:
    """How many rows, the heading among them, fit into a height."""
    used = 0
    for number, height in enumerate(heights):
        used += height
        if used > room:
            return max(number, 1)
    return len(heights)
