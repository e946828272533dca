"""The county map as free-form shapes: each county can be moved, recoloured and renamed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import cos, radians
from typing import Any

import pandas as pd
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from dashboard import palette
from dashboard.cards.model import Chart
from dashboard.exports.pptx.shapes import flatten
from dashboard.exports.pptx.text import rgb, write
from dashboard.frames import records

_LEVELS = ("#DCE9F7", "#6BACE6", "#2073BC", "#12436D")  # light for low, as on screen
_MISSING = "#E4E4E4"
_TILE = Inches(0.9)
_KEY_ROW = Inches(0.28)


def add_map(shapes: Any, chart: Chart, place: tuple[int, int, int, int]) -> None:
    """Add the map at `place` (left, top, width, height in EMU), its key below it."""
    rows = {str(row["id"]): row for row in records(chart.frame)}
    outlines = {str(outline["id"]): outline for outline in chart.options["outlines"]}
    key = _key(chart.options)
    left, top, width, height = place
    room = (left, top, width, height - _KEY_ROW * (len(key) + 1))
    scale = _Scale(outlines.values(), room)
    for county_id, outline in outlines.items():
        if county_id in rows:
            _area(shapes, scale, outline, rows[county_id], chart)
    tiles = [row for county_id, row in rows.items() if county_id not in outlines]
    for number, row in enumerate(tiles):
        tile = shapes.add_shape(
            MSO_SHAPE.RECTANGLE, left, Emu(top + number * (_TILE + Pt(6))), _TILE, _TILE
        )
        _fill(tile, row, chart)
        _name(tile.text_frame, row, chart)
    notes = [*key, (_MISSING, str(chart.options.get("note_text", "")))]
    for number, (colour, text) in enumerate(notes):
        _key_entry(shapes, left, room[1] + room[3] + _KEY_ROW * number, colour, text)


class _Scale:
    """Degrees to places on the slide, without stretching the city."""

    def __init__(
        self, outlines: Iterable[Mapping[str, Any]], place: tuple[int, int, int, int]
    ) -> None:
        points = [point for outline in outlines for ring in outline["rings"] for point in ring]
        longitudes = [point[0] for point in points]
        latitudes = [point[1] for point in points]
        self._shrink = cos(radians((min(latitudes) + max(latitudes)) / 2))
        self._west, self._north = min(longitudes), max(latitudes)
        wide = (max(longitudes) - self._west) * self._shrink
        high = self._north - min(latitudes)
        left, top, width, height = place
        self._per_degree = min(width / wide, height / high)
        self._left = left + int((width - wide * self._per_degree) / 2)
        self._top = top

    def place(self, point: Any) -> tuple[int, int]:
        x = (point[0] - self._west) * self._shrink * self._per_degree
        y = (self._north - point[1]) * self._per_degree
        return self._left + int(x), self._top + int(y)


def _area(
    shapes: Any, scale: _Scale, outline: Mapping[str, Any], row: Mapping[str, Any], chart: Chart
) -> None:
    for ring in outline["rings"]:
        points = [scale.place(point) for point in ring]
        builder = shapes.build_freeform(*points[0])
        builder.add_line_segments(points[1:], close=True)
        area = builder.convert_to_shape()
        area.name = str(row["label"])
        area._element.nvSpPr.cNvPr.set("descr", str(row.get("hover") or row["label"]))
        _fill(area, row, chart)
    x, y = scale.place(outline["label"])
    box = shapes.add_textbox(x - Inches(0.7), y - Inches(0.25), Inches(1.4), Inches(0.5))
    _name(box.text_frame, row, chart)


def _fill(shape: Any, row: Mapping[str, Any], chart: Chart) -> None:
    flatten(shape)
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(_colour(row, chart))
    shape.line.color.rgb = rgb("#FFFFFF")
    shape.line.width = Pt(1)


def _colour(row: Mapping[str, Any], chart: Chart) -> str:
    if pd.isna(row["value"]):
        return _MISSING
    if chart.options.get("status_texts"):
        return palette.STATUS_COLOURS.get(str(row.get("status")), _MISSING)
    return _LEVELS[min(int(row["level"]), len(_LEVELS) - 1)]


def _name(frame: Any, row: Mapping[str, Any], chart: Chart) -> None:
    """Write the county's name and value, in letters that stand out from its colour."""
    glyph = palette.STATUS_GLYPHS.get(str(row.get("status")), "")
    lines = [
        str(row["label"]),
        " ".join(part for part in (glyph, str(row.get("text") or "")) if part),
    ]
    is_dark = _colour(row, chart) not in (_MISSING, *_LEVELS[:2])
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    write(frame, lines, size=11, colour="#FFFFFF" if is_dark else palette.INK, bold=True)
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.CENTER


def _key(options: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what each colour stands for."""
    if options.get("status_texts"):
        return [
            (palette.STATUS_COLOURS[status], f"{palette.STATUS_GLYPHS[status]} {text}")
            for status, text in options["status_texts"].items()
        ]
    return list(zip(_LEVELS, options.get("level_texts", ()), strict=False))


def _key_entry(shapes: Any, left: int, top: int, colour: str, text: str) -> None:
    if colour != _MISSING:
        swatch = shapes.add_shape(
            MSO_SHAPE.RECTANGLE, left, top + Pt(5), Inches(0.16), Inches(0.16)
        )
        swatch.fill.solid()
        swatch.fill.fore_color.rgb = rgb(colour)
        swatch.line.fill.background()
    box = shapes.add_textbox(left + Inches(0.2), top, Inches(4), _KEY_ROW)
    box.text_frame.margin_top = box.text_frame.margin_bottom = 0
    write(box.text_frame, [text], size=11, colour=palette.QUIET_INK)
