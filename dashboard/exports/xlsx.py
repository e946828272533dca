"""The workbook: targets with status, each slide's numbers with a chart Excel draws, definitions.

Numbers are numbers with a format; whatever comes from data is written as text, so that no name can
become a formula or a link.
"""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from dashboard import palette
from dashboard.cards.model import Table
from dashboard.exports.cells import Cell, heading, table_rows
from dashboard.exports.documents import Report, SlidePage
from dashboard.exports.native import native_charts
from dashboard.exports.series import (
    REFERENCES,
    ChartKind,
    NativeChart,
    Role,
    Series,
    lies_within,
    series_colour,
    varies,
)
from dashboard.exports.sheet_names import SheetNames
from dashboard.exports.text import printable, text_width

_FONT = "Microsoft YaHei"
_WIDEST_COLUMN = 60
_CHART_ROWS = 20
_TRACK = "#E4E4E4"  # of a bar up to its target
_LYING = (ChartKind.BARS, ChartKind.STACKED)
_MARKS = {ChartKind.DOTS: 9, ChartKind.SCATTER: 5}  # sizes in points
_TYPES = {
    ChartKind.COLUMNS: {"type": "column"},
    ChartKind.BARS: {"type": "bar"},
    ChartKind.STACKED: {"type": "bar", "subtype": "stacked"},
    ChartKind.STACKED_COLUMNS: {"type": "column", "subtype": "stacked"},
    ChartKind.LINES: {"type": "line"},
    ChartKind.DOTS: {"type": "line"},
    ChartKind.SCATTER: {"type": "scatter"},
}


def xlsx_bytes(report: Report) -> bytes:
    """Write a report as an Excel workbook."""
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties(
            {
                "title": report.title,
                "author": report.issuer,
                "comments": " · ".join(report.about),
            }
        )
        sheets = _Sheets(book)
        head = [report.title, report.subtitle, *report.about]
        sheets.add(report.targets.title, head, report.targets.table)
        for number, page in enumerate(report.pages, start=1):
            _add_slide(sheets, number, page)
        for annex in (report.definitions, report.sources):
            sheets.add(annex.title, [annex.title, *report.about], annex.table)
    return buffer.getvalue()


def _add_slide(sheets: _Sheets, number: int, page: SlidePage) -> None:
    """Write a slide's numbers, and below them its charts with the series they are drawn from."""
    card = page.card
    measure = card.subtitle.split(" · ", 1)[0]
    tiles = [f"{tile.label} {tile.value}" for tile in card.tiles]
    head = [page.title, card.subtitle, *tiles, *page.facts, page.footer]
    sheet, row = sheets.add(f"{number} {measure}", head, card.table)
    for chart in card.charts:
        for native in native_charts(page, chart):
            row = sheets.add_chart(sheet, row + 2, native, chart.alt)


class _Sheets:
    """Sheets of one workbook, in one style."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._names = SheetNames()
        base = {"font_name": _FONT, "font_size": 10, "valign": "top"}
        blue = {"font_color": palette.SERIES_COLOURS[0]}
        self._title = book.add_format({**base, **blue, "bold": True, "font_size": 14})
        self._quiet = book.add_format({**base, "font_color": palette.QUIET_INK})
        self._head = book.add_format(
            {
                **base,
                "bold": True,
                "font_color": "#FFFFFF",
                "bg_color": palette.SERIES_COLOURS[0],
                "text_wrap": True,
            }
        )
        self._text = book.add_format({**base, "text_wrap": True})
        self._base = base
        self._numbers: dict[str, Any] = {}

    def add(self, name: str, head: list[str], table: Table) -> tuple[Any, int]:
        """Add a sheet with its head and a table; return it and the first row below."""
        sheet = self._book.add_worksheet(self._names.free(name))
        for row, line in enumerate(head):
            sheet.write_string(row, 0, printable(line), self._title if row == 0 else self._quiet)
        first = len(head) + 1
        texts = heading(table)
        widths = [_width(text) for text in texts]
        for position, text in enumerate(texts):
            sheet.write_string(first, position, text, self._head)
        row = first
        for row, cells in enumerate(table_rows(table), start=first + 1):
            for position, cell in enumerate(cells):
                self._write_cell(sheet, row, position, cell)
                widths[position] = max(widths[position], _width(str(cell)))
        for position, width in enumerate(widths):
            sheet.set_column(position, position, min(max(width + 3, 8), _WIDEST_COLUMN))
        sheet.freeze_panes(first + 1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        return sheet, row + 1

    def add_chart(self, sheet: Any, row: int, chart: NativeChart, alt: str) -> int:
        """Write a chart's series at `row` and the chart beside them; return the row below."""
        if chart.kind is ChartKind.SCATTER:
            return self._add_scatter(sheet, row, chart, alt)
        name = sheet.get_name()
        last = row + len(chart.categories)
        sheet.write_string(row, 0, chart.title, self._head)
        for number, category in enumerate(chart.categories, start=row + 1):
            sheet.write_string(number, 0, category, self._text)
        drawn = self._book.add_chart(_TYPES[chart.kind])
        lines = self._book.add_chart({"type": "line"})
        for position, series in enumerate(chart.series, start=1):
            sheet.write_string(row, position, series.name, self._head)
            for number, value in enumerate(series.values):
                self._write_number(
                    sheet, row + 1 + number, position, value, chart.format_of(number)
                )
            is_line = chart.kind is ChartKind.COLUMNS and series.role in REFERENCES
            (lines if is_line else drawn).add_series(
                {
                    "name": [name, row, position],
                    "categories": [name, row + 1, 0, last, 0],
                    "values": [name, row + 1, position, last, position],
                    **_look(chart, series, position - 1, is_line=is_line),
                }
            )
        if lines.series:
            drawn.combine(lines)
        _finish(drawn, chart)
        sheet.insert_chart(row, len(chart.series) + 2, drawn, {"description": alt})
        return max(last + 1, row + _CHART_ROWS)

    def _add_scatter(self, sheet: Any, row: int, chart: NativeChart, alt: str) -> int:
        name = sheet.get_name()
        drawn = self._book.add_chart({"type": "scatter"})
        longest = 0
        for number, series in enumerate(chart.series):
            column = number * 2
            sheet.write_string(row, column, series.name, self._head)
            sheet.write_string(row, column + 1, "", self._head)
            for place, (value, height) in enumerate(
                zip(series.values, series.rows, strict=True), start=row + 1
            ):
                self._write_number(sheet, place, column, value, chart.number_format)
                self._write_number(sheet, place, column + 1, height, "General")
            last = row + len(series.values)
            longest = max(longest, last)
            drawn.add_series(
                {
                    "name": [name, row, column],
                    "categories": [name, row + 1, column, last, column],
                    "values": [name, row + 1, column + 1, last, column + 1],
                    **_look(chart, series, number, is_line=False),
                }
            )
        _finish(drawn, chart)
        drawn.set_y_axis({"visible": False})
        sheet.insert_chart(row, len(chart.series) * 2 + 1, drawn, {"description": alt})
        return max(longest + 1, row + _CHART_ROWS)

    def _write_cell(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        """Write text as text and a number as a number; what is missing stays an empty cell."""
        if isinstance(cell.value, str):
            sheet.write_string(row, column, cell.value, self._text)
            return
        digits = "General"
        if cell.decimals is not None:
            digits = "#,##0" + ("." + "0" * cell.decimals if cell.decimals else "")
        self._write_number(sheet, row, column, cell.value, digits)

    def _write_number(
        self, sheet: Any, row: int, column: int, value: float | None, number_format: str
    ) -> None:
        if value is not None:
            sheet.write_number(row, column, value, self._number(number_format))

    def _number(self, number_format: str) -> Any:
        if number_format not in self._numbers:
            self._numbers[number_format] = self._book.add_format(
                {**self._base, "num_format": number_format}
            )
        return self._numbers[number_format]


def _look(chart: NativeChart, series: Series, position: int, *, is_line: bool) -> dict[str, Any]:
    """Return the colours, lines and marks of one series."""
    colour = series_colour(series, position)
    if is_line and varies(series):  # a dash across each column: a line would join their targets
        dash = {"type": "long_dash", "size": 12, "fill": {"color": colour}}
        return {"line": {"none": True}, "marker": {**dash, "border": {"none": True}}}
    if is_line or (chart.kind in (ChartKind.LINES, ChartKind.DOTS) and series.role in REFERENCES):
        line = {"color": colour, "width": 1.75}
        if series.role is Role.PACE:
            line["dash_type"] = "dash"
        return {"line": line, "marker": {"type": "none"}}
    if chart.kind is ChartKind.LINES:
        return {
            "line": {"color": colour, "width": 2.25},
            "marker": _marker(colour, 5),
        }
    if chart.kind in (ChartKind.DOTS, ChartKind.SCATTER):
        look = {"line": {"none": True}, "marker": _marker(colour, _MARKS[chart.kind])}
        return {**look, **_points(chart, series)}
    if not lies_within(chart):
        return {"fill": {"color": colour}, "gap": 45, **_points(chart, series)}
    bar = {"gap": 45, "overlap": 100}
    if series.role is Role.PACE:  # a lying bar cannot have a line across it: an outline
        return {**bar, "fill": {"none": True}, "border": {"color": colour, "width": 2}}
    if series.role is Role.TARGET:
        colour = _TRACK
    return {**bar, "fill": {"color": colour}, **_points(chart, series)}


def _marker(colour: str, size: int) -> dict[str, Any]:
    return {
        "type": "circle",
        "size": size,
        "border": {"color": colour},
        "fill": {"color": colour},
    }


def _points(chart: NativeChart, series: Series) -> dict[str, Any]:
    """Return the colours of single categories of the series that the chart is about."""
    if series.role is not Role.VALUE or not any(chart.colours):
        return {}
    points = [
        {"fill": {"color": colour}, "border": {"color": colour}} if colour else None
        for colour in chart.colours
    ]
    return {"points": points}


def _finish(drawn: Any, chart: NativeChart) -> None:
    """Title, legend, axes and size of a chart."""
    font = {"name": _FONT, "size": 9}
    if chart.title:
        drawn.set_title({"name": chart.title, "name_font": {**font, "size": 11}})
    else:
        drawn.set_title({"none": True})
    drawn.set_legend({"position": "top", "font": font} if len(chart.series) > 1 else {"none": True})
    values: dict[str, Any] = {
        "num_format": chart.axis_format,
        "num_font": font,
        "major_gridlines": {"visible": True, "line": {"color": "#E4E4E4"}},
    }
    if chart.unit:
        values |= {"name": chart.unit, "name_font": {**font, "bold": False}}
    if chart.minimum is not None:
        values["min"] = chart.minimum
    if chart.maximum is not None:
        values["max"] = chart.maximum
    if chart.step is not None:
        values["major_unit"] = chart.step
    names: dict[str, Any] = {"num_font": font, "label_position": "low"}
    if chart.kind in _LYING:
        names["reverse"] = True
        values["label_position"] = "high"
    x, y = (values, names) if chart.kind in _LYING else (names, values)
    if chart.kind is ChartKind.SCATTER:
        x, y = values, {}
    drawn.set_x_axis(x)
    drawn.set_y_axis(y)
    drawn.set_size({"width": 760, "height": 20 * _CHART_ROWS - 20})


def _width(text: str) -> int:
    """How wide a text stands in a column, in Latin characters."""
    return max(map(text_width, text.split("\n")))
