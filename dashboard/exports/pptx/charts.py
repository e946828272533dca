"""Charts that PowerPoint draws from data people can edit there."""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard import palette
from dashboard.exports.native import (
    REFERENCES,
    Kind,
    NativeChart,
    Role,
    Series,
    series_colour,
)
from dashboard.exports.pptx.text import rgb, style

_TYPES = {
    Kind.COLUMNS: XL_CHART_TYPE.COLUMN_CLUSTERED,
    Kind.BARS: XL_CHART_TYPE.BAR_CLUSTERED,
    Kind.STACKED: XL_CHART_TYPE.BAR_STACKED,
    Kind.LINES: XL_CHART_TYPE.LINE_MARKERS,
    Kind.DOTS: XL_CHART_TYPE.LINE_MARKERS,
    Kind.SCATTER: XL_CHART_TYPE.XY_SCATTER,
}
_LYING = (Kind.BARS, Kind.STACKED)
LABELLED_CATEGORIES = 16  # beyond, numbers at every mark would hide each other


def add_chart(shapes: Any, chart: NativeChart, place: tuple[int, int, int, int], alt: str) -> None:
    """Add one native chart at `place` (left, top, width, height in EMU); `alt` describes it."""
    data = _xy_data(chart) if chart.kind is Kind.SCATTER else _category_data(chart)
    graphic = shapes.add_chart(_TYPES[chart.kind], *place, data)
    graphic._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    drawn = graphic.chart
    style(drawn.font, size=12, colour=palette.INK)
    drawn.has_title = bool(chart.title)
    if chart.title:
        drawn.chart_title.text_frame.text = chart.title
        style(drawn.chart_title.text_frame.paragraphs[0].runs[0].font, size=12, colour=palette.INK)
    named = [series for series in chart.series if series.name]
    drawn.has_legend = len(named) > 1 and chart.kind is not Kind.SCATTER
    if drawn.has_legend:
        drawn.legend.position = XL_LEGEND_POSITION.TOP
        drawn.legend.include_in_layout = False
    _style_axes(drawn, chart)
    for position, (series, drawn_series) in enumerate(
        zip(chart.series, drawn.plots[0].series, strict=True)
    ):
        _style_series(chart, series, drawn_series, position)
    if chart.kind in (Kind.COLUMNS, Kind.BARS, Kind.STACKED):
        drawn.plots[0].gap_width = 45
        drawn.plots[0].overlap = 100 if chart.kind is Kind.STACKED else 0
    if chart.kind is Kind.COLUMNS:
        _references_as_lines(drawn, chart)


def _category_data(chart: NativeChart) -> CategoryChartData:
    data = CategoryChartData(number_format=chart.number_format)
    data.categories = chart.categories
    for series in chart.series:
        data.add_series(series.name, series.values)
    return data


def _xy_data(chart: NativeChart) -> XyChartData:
    data = XyChartData(number_format=chart.number_format)
    for series in chart.series:
        points = data.add_series(series.name)
        for value, row in zip(series.values, series.rows, strict=True):
            points.add_data_point(value, row)
    return data


def _style_axes(drawn: Any, chart: NativeChart) -> None:
    values, names = drawn.value_axis, drawn.category_axis
    if chart.kind is Kind.SCATTER:  # x carries the values, y the rows
        values, names = names, values
        names.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        names.has_major_gridlines = False
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = rgb("#E4E4E4")
    values.format.line.fill.background()
    values.tick_labels.number_format = chart.number_format
    values.tick_labels.number_format_is_linked = False
    if chart.minimum is not None:
        values.minimum_scale = chart.minimum
    if chart.kind in _LYING:  # Office lists lying bars from below
        names.reverse_order = True
        values.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    if chart.kind is not Kind.SCATTER:
        names.format.line.color.rgb = rgb(palette.CONTEXT)
        names.has_major_gridlines = False
        names.tick_label_position = XL_TICK_LABEL_POSITION.LOW


def _style_series(chart: NativeChart, series: Series, drawn: Any, position: int) -> None:
    colour = series_colour(series, position)
    if chart.kind in (Kind.LINES, Kind.DOTS):
        _style_line(chart, series, drawn, colour)
    elif chart.kind is Kind.SCATTER:
        drawn.format.line.fill.background()
        drawn.marker.style = XL_MARKER_STYLE.CIRCLE
        drawn.marker.size = 6
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = rgb(colour)
        drawn.marker.format.line.fill.background()
    else:
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = rgb(colour)
    if series.role is Role.VALUE and chart.kind is not Kind.SCATTER:
        if chart.total is not None and chart.kind in (Kind.COLUMNS, Kind.BARS):
            point = drawn.points[chart.total]
            point.format.fill.solid()
            point.format.fill.fore_color.rgb = rgb(palette.CITY)
        if len(chart.categories) <= LABELLED_CATEGORIES and len(chart.series) <= 4:
            _label(chart, drawn)


def _style_line(chart: NativeChart, series: Series, drawn: Any, colour: str) -> None:
    drawn.smooth = False
    if series.role in REFERENCES:
        drawn.marker.style = XL_MARKER_STYLE.NONE
        drawn.format.line.width = Pt(1.75)
        drawn.format.line.color.rgb = rgb(colour)
        if series.role is Role.PACE:
            drawn.format.line.dash_style = MSO_LINE.DASH
        return
    if chart.kind is Kind.DOTS:
        drawn.format.line.fill.background()
    else:
        drawn.format.line.width = Pt(2.25)
        drawn.format.line.color.rgb = rgb(colour)
    drawn.marker.style = XL_MARKER_STYLE.CIRCLE
    drawn.marker.size = 10 if chart.kind is Kind.DOTS else 6
    drawn.marker.format.line.color.rgb = rgb(colour)
    if series.role is Role.COMPARISON:
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = rgb("#FFFFFF")
    else:
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = rgb(colour)


def _label(chart: NativeChart, drawn: Any) -> None:
    if chart.kind is Kind.LINES:  # only the last one: a number at each point hides the line
        last = max((i for i, value in enumerate(drawn.values) if value is not None), default=None)
        if last is None:
            return
        labels = drawn.points[last].data_label
        labels.has_text_frame = False
        _show_value(labels._get_or_add_dLbl())
        return
    labels = drawn.data_labels
    labels.show_value = True
    labels.number_format = chart.number_format
    labels.number_format_is_linked = False
    style(
        labels.font,
        size=10.5,
        colour="#FFFFFF" if chart.kind is Kind.STACKED else palette.INK,
    )


def _show_value(label: Any) -> None:
    for tag, shown in (("c:showLegendKey", "0"), ("c:showVal", "1"), ("c:showCatName", "0")):
        element = label.find(qn(tag))
        if element is not None:
            element.set("val", shown)


def _references_as_lines(drawn: Any, chart: NativeChart) -> None:
    """Draw target and pace of upright bars as lines over them: a second plot on the same axes.

    python-pptx makes charts of one kind; PowerPoint keeps the series' data in the same sheet.
    """
    plot = drawn._chartSpace.find(".//" + qn("c:barChart"))
    moved = [
        (series, element)
        for series, element in zip(chart.series, plot.findall(qn("c:ser")), strict=True)
        if series.role in REFERENCES
    ]
    if not moved:
        return
    lines = etree.SubElement(plot.getparent(), qn("c:lineChart"))
    plot.addnext(lines)
    etree.SubElement(lines, qn("c:grouping"), val="standard")
    etree.SubElement(lines, qn("c:varyColors"), val="0")
    for series, element in moved:
        for tag in ("c:invertIfNegative", "c:spPr"):
            for old in element.findall(qn(tag)):
                element.remove(old)
        properties = _line_properties(series)
        element.find(qn("c:tx")).addnext(properties)
        marker = etree.Element(qn("c:marker"))
        etree.SubElement(marker, qn("c:symbol"), val="none")
        properties.addnext(marker)
        etree.SubElement(element, qn("c:smooth"), val="0")
        lines.append(element)
    etree.SubElement(lines, qn("c:marker"), val="1")
    for axis in plot.findall(qn("c:axId")):
        etree.SubElement(lines, qn("c:axId"), val=axis.get("val"))


def _line_properties(series: Series) -> Any:
    """The look of a reference line, followed by: no marks on it."""
    colour = series_colour(series, 0).removeprefix("#")
    properties = etree.Element(qn("c:spPr"))
    line = etree.SubElement(properties, qn("a:ln"), w="22225")
    fill = etree.SubElement(line, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr"), val=colour)
    if series.role is Role.PACE:
        etree.SubElement(line, qn("a:prstDash"), val="dash")
    return properties
