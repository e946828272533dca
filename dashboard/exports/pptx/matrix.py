"""The status matrix as tables, side by side: one row an indicator, one column a county."""

from __future__ import annotations

from typing import Any

from pptx.util import Emu, Inches

from dashboard import palette
from dashboard.exports.native import plain_frame
from dashboard.exports.pptx.tables import write_cell
from dashboard.report import Chart

_NAME_SHARE = 0.36


def add_matrix(shapes: Any, chart: Chart, place: tuple[int, int, int, int]) -> None:
    """Add one status matrix at `place` (left, top, width, height in EMU)."""
    frame = plain_frame(chart)
    counties = dict(zip(frame["county_id"], frame["county"].astype(str), strict=True))
    indicators = dict(zip(frame["indicator_id"], frame["indicator"].astype(str), strict=True))
    cells = {
        (indicator, county): str(status)
        for indicator, county, status in zip(
            frame["indicator_id"], frame["county_id"], frame["status"], strict=True
        )
    }
    left, top, width, height = place
    graphic = shapes.add_table(
        len(indicators) + 1, len(counties) + 1, left, top, Emu(width - Inches(0.12)), height
    )
    graphic._element.nvGraphicFramePr.cNvPr.set("descr", chart.alt)
    grid = graphic.table
    grid.columns[0].width = Emu(int((width - Inches(0.12)) * _NAME_SHARE))
    for column in range(1, len(counties) + 1):
        share = (1 - _NAME_SHARE) / len(counties)
        grid.columns[column].width = Emu(int((width - Inches(0.12)) * share))
    row_height = Emu(min(height // (len(indicators) + 1), Inches(0.32)))
    for row in grid.rows:
        row.height = row_height
    write_cell(grid.cell(0, 0), "", size=9, is_head=True)
    for column, name in enumerate(counties.values(), start=1):
        write_cell(grid.cell(0, column), name, size=9, is_head=True)
    for row_number, (indicator, name) in enumerate(indicators.items(), start=1):
        write_cell(grid.cell(row_number, 0), name, size=9)
        for column, county in enumerate(counties, start=1):
            status = cells.get((indicator, county), "")
            glyph = palette.STATUS_GLYPHS.get(status, "")
            write_cell(grid.cell(row_number, column), glyph, size=10, centred=True)
