"""Tables that PowerPoint edits as tables."""

from __future__ import annotations

from typing import Any

import pandas as pd
from pptx.util import Emu, Inches

from dashboard import palette
from dashboard.exports.pptx.text import rgb, style
from dashboard.report import Table

ROWS_SHOWN = 14
_ROW_HEIGHT = Inches(0.34)
_STATUS_OF_GLYPH = {glyph: status for status, glyph in palette.STATUS_GLYPHS.items()}


def add_table(shapes: Any, table: Table, place: tuple[int, int, int, int], alt: str) -> None:
    """Add a table's first rows at `place` (EMU); the workbook holds the rest."""
    labelled = table.labelled().head(ROWS_SHOWN)
    left, top, width, _height = place
    rows = len(labelled) + 1
    graphic = shapes.add_table(rows, len(table.columns), left, top, width, Emu(_ROW_HEIGHT * rows))
    graphic._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    grid = graphic.table
    for position, share in enumerate(_shares(labelled)):
        grid.columns[position].width = Emu(int(width * share))
    texts = [list(labelled.columns), *labelled.to_numpy().tolist()]
    for row, cells in enumerate(texts):
        grid.rows[row].height = _ROW_HEIGHT
        for position, cell in enumerate(cells):
            decimals = table.columns[position].decimals
            _write_cell(grid.cell(row, position), _text(cell, decimals), is_head=row == 0)


def _shares(frame: pd.DataFrame) -> list[float]:
    """The width of each column, by its longest text; no column starves."""
    lengths = [
        max(4, min(28, max([len(str(name)), *(len(str(cell)) for cell in frame[name])])))
        for name in frame.columns
    ]
    return [length / sum(lengths) for length in lengths]


def _text(cell: object, decimals: int | None) -> str:
    if cell is None or (isinstance(cell, float) and pd.isna(cell)):
        return "–"
    if isinstance(cell, float) and decimals is not None:
        return f"{cell:,.{decimals}f}"
    return str(cell)


def _write_cell(cell: Any, text: str, *, is_head: bool) -> None:
    cell.margin_left = cell.margin_right = Inches(0.06)
    cell.margin_top = cell.margin_bottom = Inches(0.02)
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb("#12436D" if is_head else "#FFFFFF")
    run = cell.text_frame.paragraphs[0].add_run()
    run.text = text
    status = _STATUS_OF_GLYPH.get(text[:1])
    colour = "#FFFFFF" if is_head else palette.STATUS_COLOURS.get(status or "", palette.INK)
    style(run.font, size=11, colour=colour, bold=is_head)
