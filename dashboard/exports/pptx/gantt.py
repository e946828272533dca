"""The Gantt chart as shapes: planned spans light, actual ones dark on them, the day as a line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Inches, Pt

from dashboard import palette
from dashboard.cards.model import Chart
from dashboard.exports.pptx.shapes import flatten
from dashboard.exports.pptx.text import rgb, write

_NAME_SHARE = 0.36
_PLANNED = "#BFCBD9"
_AXIS = Inches(0.3)
_YEAR_ROOM = Inches(0.7)  # of a year's name
_DAY_ROOM = Inches(1.2)  # of the day's


def add_gantt(shapes: Any, chart: Chart, place: tuple[int, int, int, int]) -> None:
    """Add a Gantt chart at `place` (left, top, width, height in EMU)."""
    frame = chart.frame
    left, top, width, height = place
    axis_left = left + int(width * _NAME_SHARE)
    as_of = date.fromisoformat(chart.options["as_of"])
    scale = _Scale(_span(frame, chart.options, as_of), axis_left, left + width - axis_left)
    _draw_years(shapes, scale, top, height, scale.place(as_of))
    _draw_key(shapes, chart.options, left, top)
    row_height = min((height - _AXIS) // max(len(frame), 1), Inches(0.4))
    for number, row in enumerate(frame.to_dict("records")):
        middle = top + _AXIS + row_height * number
        box = shapes.add_textbox(left, middle, axis_left - left, row_height)
        box.text_frame.margin_top = box.text_frame.margin_bottom = 0
        box.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        name = " ".join(part for part in (str(row["label"]), _word(row.get("text"))) if part)
        write(box.text_frame, [name], size=13, colour=palette.INK)
        _draw_span(
            shapes,
            scale,
            _day(row["planned_start"]),
            _day(row["planned_end"]),
            (middle, row_height),
            _PLANNED,
            0.7,
        )
        started = _day(row["actual_start"])
        ended = _day(row["actual_end"]) or (as_of if started else None)
        _draw_span(
            shapes, scale, started, ended, (middle, row_height), palette.SERIES_COLOURS[0], 0.36
        )
    _draw_day(shapes, scale, as_of, top, height, str(chart.options.get("as_of_text", "")))


class _Scale:
    """Days to places across the slide."""

    def __init__(self, span: tuple[date, date], left: int, width: int) -> None:
        self.first, self.last = span
        self._left = left
        self._per_day = width / max((self.last - self.first).days, 1)

    def place(self, day: date) -> int:
        day = min(max(day, self.first), self.last)
        return self._left + int((day - self.first).days * self._per_day)


def _span(frame: pd.DataFrame, options: Mapping[str, Any], as_of: date) -> tuple[date, date]:
    given = options.get("date_range")
    if given:
        return date.fromisoformat(given[0][:10]), date.fromisoformat(given[1][:10])
    columns = ("planned_start", "planned_end", "actual_start", "actual_end")
    days = [day for column in columns for value in frame[column] if (day := _day(value))]
    return min([*days, as_of]), max([*days, as_of])


def _draw_key(shapes: Any, options: Mapping[str, Any], left: int, top: int) -> None:
    """Explain the two bars, above the names."""
    entries = ((_PLANNED, "planned_text"), (palette.SERIES_COLOURS[0], "actual_text"))
    for number, (colour, name) in enumerate(entries):
        place = left + number * Inches(1.2)
        _block(
            shapes, (place + Inches(0.1), top + Inches(0.09), Inches(0.25), Inches(0.13)), colour
        )
        box = shapes.add_textbox(place + Inches(0.35), top, Inches(0.9), _AXIS)
        write(box.text_frame, [str(options.get(name, ""))], size=11, colour=palette.INK)


def _draw_years(shapes: Any, scale: _Scale, top: int, height: int, day: int) -> None:
    """Lines at the turns of the years; a year whose name would lie under the day's has none."""
    for year in range(scale.first.year, scale.last.year + 1):
        place = scale.place(date(year, 1, 1))
        line = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, place, top + _AXIS, place, top + height)
        line.line.color.rgb = rgb("#E4E4E4")
        line.line.width = Pt(0.75)
        flatten(line)
        if -_YEAR_ROOM < place - day < _DAY_ROOM:
            continue
        box = shapes.add_textbox(place, top, _YEAR_ROOM, _AXIS)
        write(box.text_frame, [str(year)], size=11, colour=palette.QUIET_INK)


def _draw_span(
    shapes: Any,
    scale: _Scale,
    first: date | None,
    last: date | None,
    row: tuple[int, int],
    colour: str,
    share: float,
) -> None:
    if first is None or last is None or last < first:
        return
    top, height = row
    left, right = scale.place(first), scale.place(last)
    place = (
        left,
        top + int(height * (1 - share) / 2),
        max(right - left, Pt(2)),
        int(height * share),
    )
    _block(shapes, place, colour)


def _block(shapes: Any, place: tuple[int, int, int, int], colour: str) -> None:
    block = shapes.add_shape(MSO_SHAPE.RECTANGLE, *map(Emu, place))
    flatten(block)
    block.fill.solid()
    block.fill.fore_color.rgb = rgb(colour)
    block.line.fill.background()


def _draw_day(shapes: Any, scale: _Scale, day: date, top: int, height: int, text: str) -> None:
    place = scale.place(day)
    line = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, place, top + _AXIS, place, top + height)
    line.line.color.rgb = rgb(palette.STATUS_COLOURS["behind"])
    line.line.width = Pt(1.5)
    flatten(line)
    if text:
        box = shapes.add_textbox(place, top, Inches(1.6), _AXIS)
        write(box.text_frame, [text], size=11, colour=palette.STATUS_COLOURS["behind"])


def _day(value: object) -> date | None:
    return None if pd.isna(value) else date.fromisoformat(str(value)[:10])  # type: ignore[call-overload]


def _word(value: object) -> str:
    return "" if value is None or value != value else str(value)
