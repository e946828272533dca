"""Charts that PowerPoint draws from data people can edit there."""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from dashboard import palette
from dashboard.exports.pptx.chart_data import chart_data
from dashboard.exports.pptx.text import rgb, style, write
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

_TYPES = {
    ChartKind.COLUMNS: XL_CHART_TYPE.COLUMN_CLUSTERED,
    ChartKind.BARS: XL_CHART_TYPE.BAR_CLUSTERED,
    ChartKind.STACKED: XL_CHART_TYPE.BAR_STACKED,
    ChartKind.STACKED_COLUMNS: XL_CHART_TYPE.COLUMN_STACKED,
    ChartKind.LINES: XL_CHART_TYPE.LINE_MARKERS,
    ChartKind.DOTS: XL_CHART_TYPE.LINE_MARKERS,
    ChartKind.SCATTER: XL_CHART_TYPE.XY_SCATTER,
}
_LYING = (ChartKind.BARS, ChartKind.STACKED)
_STACKS = (ChartKind.STACKED, ChartKind.STACKED_COLUMNS)
_POINTED = (ChartKind.LINES, ChartKind.DOTS)
_GRID = "#E4E4E4"
_ROOMY = Inches(6.5)  # a chart at least as wide has letters for the back row
LABELLED_CATEGORIES = 16  # beyond, numbers at every mark would hide each other
_LABELLED_SERIES = 4
_NUMBER_SHARE = 0.1  # of a chart's height, of a number
_DASH_SIZE = "22"  # points, of a mark of reference across a column


def add_chart(shapes: Any, chart: NativeChart, place: tuple[int, int, int, int], alt: str) -> None:
    """Add one native chart at `place` (left, top, width, height in EMU); `alt` describes it."""
    graphic = shapes.add_chart(_TYPES[chart.kind], *place, chart_data(chart))
    about = f"{chart.title}: {alt}" if chart.title and chart.title not in alt else alt
    graphic._element.nvGraphicFramePr.cNvPr.set("descr", about)
    drawn = graphic.chart
    size = 14 if place[2] >= _ROOMY else 11
    style(drawn.font, size=size, colour=palette.INK)
    drawn.has_title = bool(chart.title)
    if chart.title:
        frame = drawn.chart_title.text_frame
        write(frame, [chart.title], size=size + 1, colour=palette.INK, bold=True)
    drawn.has_legend = len(chart.series) > 1 and chart.kind is not ChartKind.SCATTER
    if drawn.has_legend:
        drawn.legend.position = XL_LEGEND_POSITION.TOP
        drawn.legend.include_in_layout = False
    _style_axes(drawn, chart, size)
    for position, (series, drawn_series) in enumerate(
        zip(chart.series, drawn.plots[0].series, strict=True)
    ):
        _style_series(chart, series, drawn_series, position, size)
    if chart.kind not in (*_POINTED, ChartKind.SCATTER):
        drawn.plots[0].gap_width = 45
        drawn.plots[0].overlap = 100 if chart.kind in _STACKS or lies_within(chart) else 0
    if chart.kind is ChartKind.COLUMNS:
        _references_as_lines(drawn, chart)


def _style_axes(drawn: Any, chart: NativeChart, size: float) -> None:
    values, names = drawn.value_axis, drawn.category_axis
    if chart.kind is ChartKind.SCATTER:  # x carries the values, y the rows
        values, names = names, values
        names.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        names.has_major_gridlines = False
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = rgb(_GRID)
    values.format.line.fill.background()
    values.tick_labels.number_format = chart.axis_format
    values.tick_labels.number_format_is_linked = False
    if chart.unit:
        values.has_title = True
        write(values.axis_title.text_frame, [chart.unit], size=size - 2, colour=palette.QUIET_INK)
    if chart.minimum is not None:
        values.minimum_scale = chart.minimum
    if chart.maximum is not None:
        values.maximum_scale = chart.maximum
    if chart.step is not None:
        values.major_unit = chart.step
    if chart.kind in _LYING:  # Office lists lying bars from below
        names.reverse_order = True
        values.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    if chart.kind is not ChartKind.SCATTER:
        names.format.line.color.rgb = rgb(palette.CONTEXT)
        names.has_major_gridlines = False
        names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        names.tick_labels.font.size = Pt(size)
        _keep_level(names)


def _keep_level(axis: Any) -> None:
    """Break long names into lines; Office would set them aslant."""
    axis._element.find(qn("c:txPr")).find(qn("a:bodyPr")).set("rot", "0")


def _style_series(
    chart: NativeChart, series: Series, drawn: Any, position: int, size: float
) -> None:
    colour = series_colour(series, position)
    if chart.kind in _POINTED:
        _style_line(chart, series, drawn, colour)
    elif chart.kind is ChartKind.SCATTER:
        drawn.format.line.fill.background()
        _mark(drawn.marker, colour, 6)
    elif lies_within(chart) and series.role is Role.PACE:
        drawn.format.fill.background()  # a lying bar cannot have a line across it: an outline
        drawn.format.line.color.rgb = rgb(colour)
        drawn.format.line.width = Pt(2)
    else:
        drawn.format.fill.solid()
        is_behind = lies_within(chart) and series.role is Role.TARGET
        drawn.format.fill.fore_color.rgb = rgb(_GRID if is_behind else colour)
    if series.role is Role.VALUE and chart.kind is not ChartKind.SCATTER:
        _colour_categories(chart, drawn)
        is_crowded = len(chart.categories) > LABELLED_CATEGORIES or (
            len(chart.series) > _LABELLED_SERIES and chart.kind not in _STACKS
        )
        if not is_crowded:
            _label(chart, drawn, colour, size - 2)


def _colour_categories(chart: NativeChart, drawn: Any) -> None:
    """Bring out the city's own row, and put those back that are not meant."""
    for place, colour in enumerate(chart.colours):
        if not colour or drawn.values[place] is None:
            continue
        point = drawn.points[place]
        if chart.kind is ChartKind.DOTS:
            _mark(point.marker, colour, 11)
        else:
            point.format.fill.solid()
            point.format.fill.fore_color.rgb = rgb(colour)


def _style_line(chart: NativeChart, series: Series, drawn: Any, colour: str) -> None:
    drawn.smooth = False
    if series.role in REFERENCES:
        drawn.marker.style = XL_MARKER_STYLE.NONE
        drawn.format.line.width = Pt(1.75)
        drawn.format.line.color.rgb = rgb(colour)
        if series.role is Role.PACE:
            drawn.format.line.dash_style = MSO_LINE.DASH
        return
    if chart.kind is ChartKind.DOTS:
        drawn.format.line.fill.background()
    else:
        drawn.format.line.width = Pt(2.25)
        drawn.format.line.color.rgb = rgb(colour)
    _mark(drawn.marker, colour, 11 if chart.kind is ChartKind.DOTS else 6)


def _mark(marker: Any, colour: str, size: int) -> None:
    marker.style = XL_MARKER_STYLE.CIRCLE
    marker.size = size
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = rgb(colour)
    marker.format.line.fill.background()


def _label(chart: NativeChart, drawn: Any, colour: str, size: float) -> None:
    """Numbers at the marks; of a line only the last, for a number at each point hides it."""
    if chart.kind is ChartKind.LINES:
        last = _last(drawn.values)
        if last is not None:
            side = _side(chart, drawn.values[last])
            _label_point(drawn.points[last], chart.number_format, size, side)
        return
    labels = drawn.data_labels
    labels.show_value = True
    labels.number_format = _without_zeros(chart)
    labels.number_format_is_linked = False
    letters = palette.INK
    is_inside = chart.kind in _STACKS or lies_within(chart)
    if is_inside and colour not in palette.LIGHT_COLOURS:
        letters = "#FFFFFF"
    style(labels.font, size=size, colour=letters)
    position = {
        ChartKind.DOTS: XL_LABEL_POSITION.RIGHT,
        ChartKind.COLUMNS: XL_LABEL_POSITION.INSIDE_BASE
        if any(series.role in REFERENCES and varies(series) for series in chart.series)
        else XL_LABEL_POSITION.OUTSIDE_END,
        ChartKind.BARS: XL_LABEL_POSITION.INSIDE_BASE
        if lies_within(chart)
        else XL_LABEL_POSITION.OUTSIDE_END,
    }.get(chart.kind, XL_LABEL_POSITION.CENTER)
    labels.position = position
    for place, value in enumerate(drawn.values):
        if value is None:
            continue
        written, own = chart.format_of(place), _beyond_a_line(chart, value) or position
        if written != chart.number_format or own is not position:
            _label_point(drawn.points[place], written, size, own)


def _last(values: Any) -> int | None:
    """Return the place of the last value that there is."""
    return max((place for place, value in enumerate(values) if value is not None), default=None)


def _side(chart: NativeChart, value: float) -> Any:
    """Where a line's number stands: of two lines that end close together, above and below."""
    ends = [
        series.values[last]
        for series in chart.series
        if series.role is Role.VALUE and (last := _last(series.values)) is not None
    ]
    near = [end for end in ends if end is not None and abs(end - value) < _room(chart)]
    if len(near) < 2:
        return XL_LABEL_POSITION.RIGHT
    return XL_LABEL_POSITION.ABOVE if value == max(near) else XL_LABEL_POSITION.BELOW


def _beyond_a_line(chart: NativeChart, value: float) -> Any:
    """Where a dot's number stands that a line of reference would cross; none where it would not."""
    if chart.kind is not ChartKind.DOTS:
        return None
    lines = [series.values[0] for series in chart.series if series.role in REFERENCES]
    crossing = [line for line in lines if line is not None and abs(line - value) < _room(chart) / 2]
    if not crossing:
        return None
    is_above = value >= crossing[0] and value + _room(chart) / 2 < (chart.maximum or value)
    return XL_LABEL_POSITION.ABOVE if is_above else XL_LABEL_POSITION.BELOW


def _room(chart: NativeChart) -> float:
    """How much of the axis two numbers above each other take."""
    if chart.minimum is None or chart.maximum is None:
        return 0.0
    return (chart.maximum - chart.minimum) * _NUMBER_SHARE


def _without_zeros(chart: NativeChart) -> str:
    """Leave out a part of nothing: it has no length to write a number on."""
    if chart.kind not in _STACKS:
        return chart.number_format
    return f"{chart.number_format};-{chart.number_format};"


def _label_point(point: Any, number_format: str, size: float, position: Any) -> None:
    """Write one mark's number in a format of its own."""
    label = point.data_label
    style(label.font, size=size, colour=palette.INK)
    label.position = position
    element = label._get_or_add_dLbl()
    for tag, shown in (("c:showLegendKey", "0"), ("c:showVal", "1"), ("c:showCatName", "0")):
        switch = element.find(qn(tag))
        if switch is not None:
            switch.set("val", shown)
    written = etree.Element(qn("c:numFmt"), formatCode=number_format, sourceLinked="0")
    element.find(qn("c:idx")).addnext(written)


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
        properties.addnext(_line_marker(series))
        etree.SubElement(element, qn("c:smooth"), val="0")
        lines.append(element)
    etree.SubElement(lines, qn("c:marker"), val="1")
    for axis in plot.findall(qn("c:axId")):
        etree.SubElement(lines, qn("c:axId"), val=axis.get("val"))


def _line_properties(series: Series) -> Any:
    """Return the look of a reference line; none between values of each category's own."""
    properties = etree.Element(qn("c:spPr"))
    line = etree.SubElement(properties, qn("a:ln"), w="22225")
    if varies(series):
        etree.SubElement(line, qn("a:noFill"))
        return properties
    _solid(line, series)
    if series.role is Role.PACE:
        etree.SubElement(line, qn("a:prstDash"), val="dash")
    return properties


def _line_marker(series: Series) -> Any:
    """Return a dash across each category, where each has a value of its own."""
    marker = etree.Element(qn("c:marker"))
    etree.SubElement(marker, qn("c:symbol"), val="dash" if varies(series) else "none")
    if varies(series):
        etree.SubElement(marker, qn("c:size"), val=_DASH_SIZE)
        properties = etree.SubElement(marker, qn("c:spPr"))
        _solid(properties, series)
        etree.SubElement(etree.SubElement(properties, qn("a:ln")), qn("a:noFill"))
    return marker


def _solid(parent: Any, series: Series) -> None:
    fill = etree.SubElement(parent, qn("a:solidFill"))
    colour = series_colour(series, 0).removeprefix("#")
    etree.SubElement(fill, qn("a:srgbClr"), val=colour)
