"""A chart's specification as categories and series, for charts that Office draws and people edit.

One function per shape, as in :mod:`dashboard.charts`. What Office has no chart for (a map, a Gantt
chart, a status matrix) is drawn or tabled by the export itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard import palette
from dashboard.cards.model import Chart
from dashboard.exports.documents import SlidePage
from dashboard.exports.scales import (
    axis,
    decimals_needed,
    each_decimals,
    formats,
    most_decimals,
    number_format,
    numbers,
)
from dashboard.exports.series import ChartKind, NativeChart, Role, Series
from dashboard.exports.text import printable, text_width
from dashboard.rounding import written
from dashboard.words.language import language


def native_charts(page: SlidePage, chart: Chart) -> list[NativeChart]:
    """Return the charts that stand for a specification; none where Office has no such chart.

    A series that the specification leaves without a name is given the card's measure.
    """
    _ = language(page.language)
    is_progress = chart.shape == "count_progress"
    measure = _("done so far") if is_progress else page.card.subtitle.split(" · ", 1)[0]
    build = _SHAPES.get(chart.shape)
    if build is None or chart.frame.empty:
        return []
    built = build(chart.frame, {**chart.options, "measure": measure})
    return [_written(native, chart.title) for native in built]


def _written(native: NativeChart, title: str) -> NativeChart:
    """Return the chart with its names as files can hold them, under the card's title for it."""
    return replace(
        native,
        title=printable(native.title or title),
        categories=tuple(map(printable, native.categories)),
        series=tuple(replace(one, name=printable(one.name)) for one in native.series),
    )


def _county_dot(frame: pd.DataFrame, options: Mapping[str, Any]) -> list[NativeChart]:
    """Return marks by place; what they are compared with comes first, so that it lies behind."""
    series = [
        *_comparison(frame, options),
        _values(frame, _name(options, "series_text")),
        *_references(len(frame), options),
    ]
    native = _by_label(ChartKind.DOTS, frame, series, options)
    return [replace(native, **axis(series, options), unit="")]


def _bar(frame: pd.DataFrame, options: Mapping[str, Any]) -> list[NativeChart]:
    series = [
        _values(frame, _name(options, "series_text")),
        *_comparison(frame, options),
        *_references(len(frame), options),
    ]
    kind = _bar_kind(frame) if options.get("horizontal", True) else ChartKind.COLUMNS
    return [_by_label(kind, frame, series, options, minimum=0)]


def _count_progress(frame: pd.DataFrame, options: Mapping[str, Any]) -> list[NativeChart]:
    """Amounts with targets of their own, without the city's: on one scale it would dwarf them.

    Lying bars lie within those of their targets, and have the pace's outline around them.

    Amounts in several units are shares of their targets, as on screen; their names say how much.
    """
    frame = frame[[not is_total for is_total in _flags(frame, "is_total")]]
    if "unit" in frame and frame["unit"].nunique() > 1:
        frame, options = _as_shares(frame), {**options, "tick_suffix": "%"}
    kind = ChartKind.COLUMNS if len(frame) <= _ROOMY else ChartKind.BARS
    value = _values(frame, _name(options))
    if (
        kind is ChartKind.COLUMNS
    ):  # numbers stand in the bars, for the marks of the targets lie above
        value = replace(value, colour=palette.PALE_FOCUS)
    series = [value]
    if options.get("pace_text") and "pace" in frame:
        series.append(Series(options["pace_text"], numbers(frame, "pace"), Role.PACE))
    if "target" in frame:
        target = Series(_name(options, "target_text"), numbers(frame, "target"), Role.TARGET)
        series.insert(0 if kind is ChartKind.BARS else len(series), target)
    native = _by_label(kind, frame, series, options, minimum=0)
    if kind is ChartKind.COLUMNS:
        pale = tuple(colour and palette.CONTEXT for colour in native.colours)
        return [replace(native, colours=pale)]
    return [native]


def _as_shares(frame: pd.DataFrame) -> pd.DataFrame:
    """Amounts, paces and targets in percent of the row's target, the amount beside the name."""
    target = frame["target"].astype(float).where(lambda column: column != 0)
    shares = {
        name: frame[name].astype(float) / target * 100
        for name in ("value", "pace", "target")
        if name in frame
    }
    names = [f"{label}\n{text}" for label, text in zip(frame["label"], frame["text"], strict=True)]
    return frame.assign(**shares, label=names, text=[written(share) for share in shares["value"]])


def _contribution(frame: pd.DataFrame, options: Mapping[str, Any]) -> list[NativeChart]:
    series = [_values(frame, _name(options, "axis_note"))]
    return [_by_label(ChartKind.BARS, frame, series, options)]


def _stacked_bar(frame: pd.DataFrame, options: Mapping[str, Any]) -> list[NativeChart]:
    labels = tuple(dict.fromkeys(frame["label"].astype(str)))
    names = list(dict.fromkeys(frame["series"].astype(str)))
    colours = list(options.get("part_colours", ()))
    cells = {
        (str(label), str(name)): value
        for label, name, value in zip(
            frame["label"], frame["series"], numbers(frame, "value"), strict=True
        )
    }
    series = tuple(
        Series(
            name,
            tuple(cells.get((label, name)) for label in labels),
            colour=colours[position] if position < len(colours) else "",
        )
        for position, name in enumerate(names)
    )
    is_lying = options.get("horizontal", True)
    whole = options.get("value_range") or (None, None)
    return [
        NativeChart(
            ChartKind.STACKED if is_lying else ChartKind.STACKED_COLUMNS,
            labels,
            series,
            **formats(decimals_needed(frame), options),
            minimum=0,
            maximum=whole[1],
        )
    ]


def _line(frame: pd.DataFrame, options: Mapping[str, Any]) -> list[NativeChart]:
    series = _series_over(frame, options)
    categories = tuple(dict.fromkeys(frame["x"].astype(str)))
    lines = (*series, *_references(len(categories), options))
    native = NativeChart(
        ChartKind.LINES, categories, lines, **formats(most_decimals(frame), options), minimum=0
    )
    return [native if options.get("from_zero") else replace(native, **axis(lines, options))]


def _cumulative(frame: pd.DataFrame, options: Mapping[str, Any]) -> list[NativeChart]:
    series = [
        _values(frame, _name(options, "series_text")),
        *_comparison(frame, options),
        Series(_name(options, "plan_text"), numbers(frame, "plan"), Role.PACE),
        *_references(len(frame), options),
    ]
    return [
        NativeChart(
            ChartKind.LINES,
            tuple(frame["x"].astype(str)),
            tuple(series),
            **formats(most_decimals(frame), options),
            minimum=0,
        )
    ]


def _small_multiples(frame: pd.DataFrame, options: Mapping[str, Any]) -> list[NativeChart]:
    charts = []
    for panel, part in frame.groupby("panel", sort=False):
        target = next((value for value in numbers(part, "target") if value is not None), None)
        [chart] = _line(part, {**options, "target": target})
        charts.append(replace(chart, title=str(panel), unit=""))
    return charts


def _dot_strip(frame: pd.DataFrame, options: Mapping[str, Any]) -> list[NativeChart]:
    rows = list(dict.fromkeys(frame["row"].astype(str)))
    series = []
    for row in rows:
        part = frame[frame["row"].astype(str) == row]
        values = tuple(value for value in numbers(part, "value") if value is not None)
        place = float(len(rows) - rows.index(row))
        series.append(Series(row, values, rows=(place,) * len(values)))
    written = formats(most_decimals(frame), options)
    return [NativeChart(ChartKind.SCATTER, tuple(rows), tuple(series), **written)]


_SHAPES: dict[str, Callable[[pd.DataFrame, Mapping[str, Any]], list[NativeChart]]] = {
    "bar": _bar,
    "contribution": _contribution,
    "count_progress": _count_progress,
    "county_dot": _county_dot,
    "cumulative": _cumulative,
    "dot_strip": _dot_strip,
    "line": _line,
    "small_multiples": _small_multiples,
    "stacked_bar": _stacked_bar,
}


# ---- kinds, series, colours ---------------------------------------------------------------------

_FEW = 12  # columns that fit side by side with their names
_ROOMY = 8  # … with long ones, in lines
_SHORT_NAME = 12  # of a column's name, in half a Chinese character's width


def _bar_kind(frame: pd.DataFrame) -> ChartKind:
    longest = max((text_width(str(label)) for label in frame["label"]), default=0)
    return ChartKind.COLUMNS if len(frame) <= _FEW and longest <= _SHORT_NAME else ChartKind.BARS


def _by_label(
    kind: ChartKind,
    frame: pd.DataFrame,
    series: list[Series],
    options: Mapping[str, Any],
    minimum: float | None = None,
) -> NativeChart:
    decimals = each_decimals(frame)
    each = [number_format(places, options) for places in decimals]
    return NativeChart(
        kind,
        tuple(frame["label"].astype(str)),
        tuple(series),
        **formats(max(decimals, default=0), options),
        formats=tuple(each) if len(set(each)) > 1 else (),
        minimum=minimum,
        colours=_row_colours(frame, options),
    )


def _row_colours(frame: pd.DataFrame, options: Mapping[str, Any]) -> tuple[str, ...]:
    """Dark grey for the city's own row, grey for whoever stands back behind the chosen ones."""
    chosen = options.get("highlight")
    ids = frame["id"].astype(str) if "id" in frame else [""] * len(frame)
    return tuple(
        palette.CITY if is_total else palette.CONTEXT if chosen and row_id not in chosen else ""
        for row_id, is_total in zip(ids, _flags(frame, "is_total"), strict=True)
    )


def _values(frame: pd.DataFrame, name: str) -> Series:
    """Return the series that a chart is about, in the focus colour wherever it stands."""
    return Series(name, numbers(frame, "value"), colour=palette.SERIES_COLOURS[0])


def _comparison(frame: pd.DataFrame, options: Mapping[str, Any]) -> list[Series]:
    values = numbers(frame, "comparison")
    if all(value is None for value in values):
        return []
    return [Series(_name(options, "comparison_text"), values, Role.COMPARISON)]


def _references(count: int, options: Mapping[str, Any]) -> list[Series]:
    """Return the target and the pace as series of one value, so that Office draws them as lines."""
    found = []
    for role in (Role.TARGET, Role.PACE):
        value = options.get(role.value)
        if value is not None:
            name = _name(options, f"{role.value}_text")
            found.append(Series(name, (float(value),) * count, role))
    return found


def _series_over(frame: pd.DataFrame, options: Mapping[str, Any]) -> tuple[Series, ...]:
    periods = list(dict.fromkeys(frame["x"].astype(str)))
    names = frame["series"].astype(str) if "series" in frame else [""] * len(frame)
    ids = frame["id"].astype(str) if "id" in frame else names
    cells: dict[str, dict[str, float | None]] = {}
    id_of: dict[str, str] = {}
    for name, series_id, x, value in zip(
        names, ids, frame["x"], numbers(frame, "value"), strict=True
    ):
        cells.setdefault(str(name), {})[str(x)] = value
        id_of[str(name)] = str(series_id)
    return tuple(
        Series(
            name or _name(options, "series_text"),
            tuple(row.get(x) for x in periods),
            colour=_line_colour({name, id_of[name]}, options),
        )
        for name, row in cells.items()
    )


def _line_colour(keys: set[str], options: Mapping[str, Any]) -> str:
    """Return the colour that the specification gives a line, by its id or its name."""
    colours = options.get("colours") or {}
    given = next((str(colours[key]) for key in keys if key in colours), "")
    chosen = options.get("highlight")
    return given or (palette.CONTEXT if chosen and not keys & set(chosen) else "")


def _name(options: Mapping[str, Any], *keys: str) -> str:
    return next((str(options[key]) for key in (*keys, "measure") if options.get(key)), "")


def _flags(frame: pd.DataFrame, column: str) -> list[bool]:
    if column not in frame:
        return [False] * len(frame)
    return [bool(value) and not pd.isna(value) for value in frame[column]]
