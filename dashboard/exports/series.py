"""What Office's charts are made of: categories, series and what a series stands for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dashboard import palette


class ChartKind(StrEnum):
    """How the series are drawn."""

    COLUMNS = "columns"  # upright bars: a few places or years
    BARS = "bars"  # lying bars: many names, or long ones
    STACKED = "stacked"  # lying bars of parts
    STACKED_COLUMNS = "stacked_columns"  # upright bars of parts
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
    """One chart: the same numbers as on screen, nothing rounded.

    Number formats are Office's: ``number_format`` for the numbers of the chart, ``formats`` for
    each category where they differ, ``axis_format`` for the axis, whose steps are round anyway.
    """

    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    title: str = ""
    number_format: str = "General"
    formats: tuple[str, ...] = ()
    axis_format: str = "General"
    unit: str = ""  # beside the axis of values
    minimum: float | None = None  # of the axis of values; none: Office chooses
    maximum: float | None = None
    step: float | None = None  # between the axis's numbers; none: Office chooses
    colours: tuple[str, ...] = ()  # of each category of the first series of values; "": the series'

    def format_of(self, category: int) -> str:
        """Return the number format of one category's numbers."""
        return self.formats[category] if self.formats else self.number_format


def series_colour(series: Series, position: int) -> str:
    """Return the colour of a series: its own, its role's, else the next of the palette."""
    if series.colour:
        return palette.STATUS_COLOURS.get(series.colour, series.colour)
    return {
        Role.COMPARISON: palette.CONTEXT,
        Role.TARGET: palette.INK,
        Role.PACE: palette.PACE,
    }.get(series.role, palette.SERIES_COLOURS[position % len(palette.SERIES_COLOURS)])


def lies_within(chart: NativeChart) -> bool:
    """Whether a chart's lying bars lie over each other, each within its target."""
    return chart.kind is ChartKind.BARS and any(
        series.role in REFERENCES for series in chart.series
    )


def varies(series: Series) -> bool:
    """Whether a line of reference has several values: marks then, for a line would join them."""
    return len({value for value in series.values if value is not None}) > 1
