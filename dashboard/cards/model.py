"""What a page, a slide and a workbook have in common: findings, charts, tables, notes.

A card says one thing. It holds no Streamlit and no Plotly, only frames and plain options, so that
the page draws it with Plotly and an export can draw the very same numbers natively.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pandas as pd

from dashboard.rounding import rounded

ROWS_ON_A_SLIDE = 16  # more would not read from the back row; the workbook has them all


class Selects(StrEnum):
    """What a click on a mark of a chart chooses; the mark's first custom datum is its id.

    A county narrows the page, a target lists its names further down the same page; everything
    else has a page of its own. The name stands in the address.
    """

    COUNTY = "county"
    PROJECT = "project"
    INDICATOR = "indicator"
    SCHOOL = "school"
    CLAUSE = "clause"
    TARGET = "target"


@dataclass(frozen=True, eq=False)  # a chart is itself: whoever draws it may remember the drawing
class Chart:
    """A chart as a specification.

    ``shape`` names a function of :mod:`dashboard.charts` (``county_dot`` → ``county_dot_chart``);
    ``options`` are its keyword arguments; ``alt`` says in words what the chart shows.
    """

    shape: str
    frame: pd.DataFrame
    options: Mapping[str, Any]
    alt: str
    selects: Selects | None = None
    title: str = ""  # only where a card holds several charts


@dataclass(frozen=True)
class Column:
    """A column of a table: its name in the frame, its heading and its number of decimals."""

    name: str
    label: str
    decimals: int | None = None  # none: text, or numbers of several kinds
    leads_to: Selects | None = None  # in a listing: its cells are links to what they name …
    id_column: str = ""  # … whose ids stand in this column of the frame
    decimals_column: str = ""  # numbers of several kinds: their decimals stand in this column


def _rounded(cell: Any, decimals: int) -> Any:
    return cell if isinstance(cell, str) or pd.isna(cell) else rounded(float(cell), decimals)


@dataclass(frozen=True)
class Table:
    """The numbers behind a chart, with the headings in the reader's language."""

    frame: pd.DataFrame
    columns: tuple[Column, ...]

    def labelled(self) -> pd.DataFrame:
        """Return the frame with only the table's columns, under their headings."""
        names = [column.name for column in self.columns]
        return self.frame[names].set_axis([column.label for column in self.columns], axis=1)

    def decimals(self, column: Column) -> int | None:
        """Return with how many decimals all of a column is written: the most that a cell needs."""
        if not column.decimals_column:
            return column.decimals
        each = self.frame[column.decimals_column].dropna()
        return int(each.max()) if len(each) else column.decimals

    def written(self) -> pd.DataFrame:
        """Return the labelled frame with its numbers rounded as they are written."""
        frame = self.labelled()
        for column in self.columns:
            decimals = self.decimals(column)
            if decimals is not None:
                frame[column.label] = [_rounded(cell, decimals) for cell in frame[column.label]]
        return frame


@dataclass(frozen=True)
class Tile:
    """A large figure with its name."""

    label: str
    value: str
    detail: str = ""


class Emphasis(StrEnum):
    """Why a stretch of text is brought out."""

    TARGET = "target"  # the plan's words for something that an indicator measures
    ASKED = "asked"  # … for the very indicator that the reader came from
    MATCH = "match"  # what the reader searched for


@dataclass(frozen=True)
class Run:
    """A stretch of text with one mark, or none; ``sign`` is a status's symbol put before it."""

    text: str
    mark: Emphasis | None = None
    sign: str = ""


@dataclass(frozen=True)
class Passage:
    """Text of the plan or of a report, word for word, with stretches brought out.

    It may stand in a card, or as a cell in the frame of a listing.
    """

    runs: tuple[Run, ...]

    def __str__(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Entry:
    """A line that leads on: a name, a quiet detail, and short figures in columns."""

    target_id: str
    label: str
    cells: tuple[str, ...] = ()
    detail: str = ""
    group: str = ""  # the heading above the first line that has it


@dataclass(frozen=True)
class Entries:
    """Lines that lead to what they name, in columns beside each other; groups stay together."""

    selects: Selects
    lines: tuple[Entry, ...]
    columns: int = 1


@dataclass(frozen=True)
class Card:
    """One finding with its charts, table, definitions and sources.

    Charts stand below each other, or ``chart_columns`` beside each other. A card without charts
    may show large figures (``tiles``), words (``passage``), lines that lead on (``entries``) or a
    table that reads as it is (``listing``); an empty one says that there is nothing to list.
    """

    card_id: str
    finding: str
    subtitle: str  # measure · geography · period
    table: Table
    change: str | None = None  # since the month compared with; none: from the card's indicators
    is_change_of_statuses: bool = False  # so it holds whatever is not in: that has no status
    charts: tuple[Chart, ...] = ()
    chart_columns: int = 1
    tiles: tuple[Tile, ...] = ()
    passage: Passage | None = None
    entries: Entries | None = None
    listing: Table | None = None
    listing_height: int | None = None  # pixels, for a listing longer than a screen: it scrolls
    listing_rows: int | None = None  # how many of a listing a page shows; a slide shows more
    indicator_ids: tuple[str, ...] = ()
    clauses_of: tuple[str, ...] = ()  # indicators in whose clauses of the plan the card belongs too
    sources: tuple[str, ...] = ()  # resource names, beyond those of the indicators
    notes: tuple[str, ...] = ()  # late counties, how a forecast was made
    hint: str = ""  # what a click does: for a page, never for a slide
