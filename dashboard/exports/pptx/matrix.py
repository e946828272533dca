"""Marks in rows and columns as tables: statuses by indicator and county, steps by county."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pptx.util import Emu, Inches

from dashboard import palette
from dashboard.exports.native import plain_frame
from dashboard.exports.pptx.tables import write_cell
from dashboard.report import Chart

_NAME_SHARE = 0.3
_MANY_ROWS = 12
_STATE_STATUS = {"reached": "met", "open": "not_due"}  # a track's states that are no statuses


def add_matrix(shapes: Any, chart: Chart, place: tuple[int, int, int, int]) -> None:
    """Add a status matrix at `place` (left, top, width, height in EMU)."""
    frame = plain_frame(chart)
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
    frame = plain_frame(chart)
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
    """A table with a heading row and a heading column; a pair without a cell stays blank."""
    left, top, width, height = place
    width = Emu(width - Inches(0.12))
    graphic = shapes.add_table(len(rows) + 1, len(columns) + 1, left, top, width, height)
    graphic._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    grid = graphic.table
    grid.columns[0].width = Emu(int(width * _NAME_SHARE))
    for column in range(1, len(columns) + 1):
        grid.columns[column].width = Emu(int(width * (1 - _NAME_SHARE) / len(columns)))
    for row in grid.rows:
        row.height = Emu(min(height // (len(rows) + 1), Inches(0.5)))
    size = 9 if len(rows) > _MANY_ROWS else 11
    write_cell(grid.cell(0, 0), "", size=size, is_head=True)
    for column, name in enumerate(columns.values(), start=1):
        write_cell(grid.cell(0, column), name, size=size, is_head=True, centred=True)
    for number, (row_id, name) in enumerate(rows.items(), start=1):
        write_cell(grid.cell(number, 0), name, size=size)
        for column, column_id in enumerate(columns, start=1):
            text = cells.get((row_id, column_id), "")
            write_cell(grid.cell(number, column), text, size=size, centred=True)


def _joined(*parts: object) -> str:
    """Words in one line; a missing one is left out."""
    return " ".join(str(part).replace("\n", " ") for part in parts if part and part == part)
