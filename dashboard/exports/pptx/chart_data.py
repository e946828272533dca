"""The workbooks inside a presentation's charts: names from data never become formulas or links."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter
from xlsxwriter import Workbook

from dashboard.exports.series import ChartKind, NativeChart

_TEXT_IS_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def chart_data(chart: NativeChart) -> CategoryChartData | XyChartData:
    """Return a chart's data as python-pptx takes them; a missing number is an empty cell."""
    if chart.kind is ChartKind.SCATTER:
        marks = _XyData(number_format=chart.number_format)
        for series in chart.series:
            points = marks.add_series(series.name)
            for value, row in zip(series.values, series.rows, strict=True):
                points.add_data_point(value, row)
        return marks
    data = _CategoryData(number_format=chart.number_format)
    data.categories = chart.categories
    for series in chart.series:
        data.add_series(series.name, series.values)
    return data


class _TextOnly:
    """A writer whose strings stay strings; python-pptx would turn ``=1+1`` into a formula."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: Any) -> Iterator[tuple[Any, Any]]:
        with Workbook(xlsx_file, _TEXT_IS_TEXT) as workbook:
            yield workbook, workbook.add_worksheet()


class _CategoryWriter(_TextOnly, CategoryWorkbookWriter):
    pass


class _XyWriter(_TextOnly, XyWorkbookWriter):
    pass


class _CategoryData(CategoryChartData):
    @property
    def _workbook_writer(self) -> _CategoryWriter:
        return _CategoryWriter(self)


class _XyData(XyChartData):
    @property
    def _workbook_writer(self) -> _XyWriter:
        return _XyWriter(self)
