"""A chart's specification as categories and series, for charts that Office draws and people edit.

One function per shape, as in :mod:`dashboard.charts`. What Office has no chart for (a map, a Gantt
chart, a status matrix) is drawn or tabled by the export itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from dashboard import palette
from dashboard.report import Chart


class Kind(StrEnum):
    """How the series are drawn."""

    COLUMNS = "columns"  # upright bars: a few places or years
    BARS = "bars"  # lying bars: many names, or long ones
    STACKED = "stacked"  # lying bars of parts
    LINES = "lines"
    DOTS = "dots"  # marks without a line between them
    SCATTER = "scatter"  # marks at (value, row)


class Role(StrEnum):
    """What a series is; lines of reference are drawn over whatever the kind says."""

    VALUE = "value"
    COMPARISON = "comparison"
    TARGET = "target"
    PACE = "pace"


REFERENCES = (Role.TARGET, Role.PACE)


@dataclass(frozen=True)
class Series:
    """One series: a number, or none, for each category; ``colour`` is #RRGGBB or a status."""

    name: str
    values: tuple[float | None, ...]
    role: Role = Role.VALUE
    colour: str = ""
    rows: tuple[float, ...] = ()  # of a scatter: the row of each mark


@dataclass(frozen=True)
class NativeChart:
    """One chart: the same numbers as on screen, nothing rounded."""

    kind: Kind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    title: str = ""
    number_format: str = "General"
    minimum: float | None = None  # of the axis of values; none: Office chooses
    total: int | None = None  # the category of the city's own row


def series_colour(series: Series, position: int) -> str:
    """Return the colour of a series: its own, its role's, else the next of the palette."""
    if series.colour:
        return palette.STATUS_COLOURS.get(series.colour, series.colour)
    return {
        Role.COMPARISON: palette.STATUS_COLOURS["not_due"],
        Role.TARGET: palette.INK,
        Role.PACE: palette.PACE,
    }.get(series.role, palette.SERIES_COLOURS[position % len(palette.SERIES_COLOURS)])


def native_charts(chart: Chart, measure: str) -> list[NativeChart]:
    """Return the charts that stand for a specification; none where Office has no such chart.

    ``measure`` names a series that the specification leaves without a name.
    """
    build = _SHAPES.get(chart.shape)
    if build is None or chart.frame.empty:
        return []
    return build(plain_frame(chart), {**chart.options, "measure": measure})


def plain_frame(chart: Chart) -> pd.DataFrame:
    """Return the frame with its shape's own column names, whatever a card calls them."""
    asked = {
        option.removesuffix("_column"): str(column)
        for option, column in chart.options.items()
        if option.endswith("_column")
    }
    names = {column: name for name, column in asked.items() if column in chart.frame}
    kept = chart.frame.drop(columns=[n for n in names.values() if n in chart.frame])
    return kept.rename(columns=names)


def _county_dot(frame: pd.DataFrame, options: Mapping[str, Any]) -> list[NativeChart]:
    series = [
        Series(_name(options, "series_text", "text"), _numbers(frame, "value")),
        *_comparison(frame, options),
        *_references(len(frame), options),
    ]
    return [_by_label(Kind.DOTS, frame, series, options)]


def _bar(frame: pd.DataFrame, options: Mapping[str, Any]) -> list[NativeChart]:
    series = [
        Series(_name(options, "series_text"), _numbers(frame, "value")),
        *_comparison(frame, options),
        *_references(len(frame), options),
    ]
    return [_by_label(_bar_kind(frame), frame, series, options, minimum=0)]


def _count_progress(frame: pd.DataFrame, options: Mapping[str, Any]) -> list[NativeChart]:
    series = [Series(_name(options, "value_text"), _numbers(frame, "value"))]
    if options.get("pace_text") and "pace" in frame:
        series.append(Series(options["pace_text"], _numbers(frame, "pace"), Role.PACE))
    if "target" in frame:
        name = _name(options, "target_text")
        series.append(Series(name, _numbers(frame, "target"), Role.TARGET))
    return [_by_label(_bar_kind(frame), frame, series, options, minimum=0)]


def _contribution(frame: pd.DataFrame, options: Mapping[str, Any]) -> list[NativeChart]:
    series = [Series(_name(options, "axis_note"), _numbers(frame, "value"))]
    return [_by_label(Kind.BARS, frame, series, options)]


def _stacked_bar(frame: pd.DataFrame, options: Mapping[str, Any]) -> list[NativeChart]:
    labels = tuple(dict.fromkeys(frame["label"].astype(str)))
    names = list(dict.fromkeys(frame["series"].astype(str)))
    colours = list(options.get("colours", ()))
    cells = {
        (str(label), str(name)): value
        for label, name, value in zip(
            frame["label"], frame["series"], _numbers(frame, "value"), strict=True
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
    return [NativeChart(Kind.STACKED, labels, series, number_format=_format(options), minimum=0)]


def _line(frame: pd.DataFrame, options: Mapping[str, Any]) -> list[NativeChart]:
    series = _series_over(frame, options)
    categories = tuple(dict.fromkeys(frame["x"].astype(str)))
    lines = (*series, *_references(len(categories), options))
    return [
        NativeChart(
            Kind.LINES,
            categories,
            lines,
            number_format=_format(options),
            minimum=0 if options.get("from_zero") else None,
        )
    ]


def _cumulative(frame: pd.DataFrame, options: Mapping[str, Any]) -> list[NativeChart]:
    series = [
        Series(_name(options, "series_text"), _numbers(frame, "value")),
        Series(_name(options, "plan_text"), _numbers(frame, "plan"), Role.PACE),
        *_references(len(frame), options),
    ]
    return [
        NativeChart(
            Kind.LINES,
            tuple(frame["x"].astype(str)),
            tuple(series),
            number_format=_format(options),
            minimum=0,
        )
    ]


def _small_multiples(frame: pd.DataFrame, options: Mapping[str, Any]) -> list[NativeChart]:
    charts = []
    for panel, part in frame.groupby("panel", sort=False):
        [chart] = _line(part, {**options, "target": None})
        series = list(chart.series)
        target = next((value for value in _numbers(part, "target") if value is not None), None)
        if target is not None:
            name = _name(options, "target_text")
            series.append(Series(name, (target,) * len(chart.categories), Role.TARGET))
        charts.append(
            NativeChart(
                Kind.LINES,
                chart.categories,
                tuple(series),
                title=str(panel),
                number_format=chart.number_format,
                minimum=chart.minimum,
            )
        )
    return charts


def _dot_strip(frame: pd.DataFrame, options: Mapping[str, Any]) -> list[NativeChart]:
    rows = list(dict.fromkeys(frame["row"].astype(str)))
    series = []
    for row in rows:
        part = frame[frame["row"].astype(str) == row]
        values = tuple(value for value in _numbers(part, "value") if value is not None)
        place = float(len(rows) - rows.index(row))
        series.append(Series(row, values, rows=(place,) * len(values)))
    return [NativeChart(Kind.SCATTER, tuple(rows), tuple(series), number_format=_format(options))]


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


_FEW = 12  # columns that fit side by side with their names
_SHORT_NAME = 6


def _bar_kind(frame: pd.DataFrame) -> Kind:
    longest = max((len(str(label)) for label in frame["label"]), default=0)
    return Kind.COLUMNS if len(frame) <= _FEW and longest <= _SHORT_NAME else Kind.BARS


def _by_label(
    kind: Kind,
    frame: pd.DataFrame,
    series: list[Series],
    options: Mapping[str, Any],
    minimum: float | None = None,
) -> NativeChart:
    totals = [place for place, flag in enumerate(_flags(frame, "is_total")) if flag]
    return NativeChart(
        kind,
        tuple(frame["label"].astype(str)),
        tuple(series),
        number_format=_format(options),
        minimum=minimum,
        total=totals[0] if totals else None,
    )


def _comparison(frame: pd.DataFrame, options: Mapping[str, Any]) -> list[Series]:
    values = _numbers(frame, "comparison")
    if all(value is None for value in values):
        return []
    return [Series(_name(options, "comparison_text"), values, Role.COMPARISON)]


def _references(count: int, options: Mapping[str, Any]) -> list[Series]:
    """The target and the pace as series of one value, so that Office draws them as lines."""
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
    cells: dict[str, dict[str, float | None]] = {}
    for name, x, value in zip(names, frame["x"], _numbers(frame, "value"), strict=True):
        cells.setdefault(str(name), {})[str(x)] = value
    return tuple(
        Series(name or _name(options, "series_text"), tuple(row.get(x) for x in periods))
        for name, row in cells.items()
    )


def _name(options: Mapping[str, Any], *keys: str) -> str:
    return next((str(options[key]) for key in (*keys, "measure") if options.get(key)), "")


def _format(options: Mapping[str, Any]) -> str:
    """An Office number format: values of a percent axis are numbers of percent already."""
    return '0.0"%"' if options.get("tick_suffix") == "%" else "#,##0.##"


def _numbers(frame: pd.DataFrame, column: str) -> tuple[float | None, ...]:
    if column not in frame:
        return (None,) * len(frame)
    return tuple(None if pd.isna(value) else float(value) for value in frame[column])


def _flags(frame: pd.DataFrame, column: str) -> list[bool]:
    if column not in frame:
        return [False] * len(frame)
    return [bool(value) and not pd.isna(value) for value in frame[column]]
