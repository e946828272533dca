"""Exported files read again, number by number, each held against where it has to come from.

A number is borne out by a row of ``python -m dashboard values``, by the frames of its slide's card,
or it is of a kind that is no figure of the data: a date, a data version, a clause of the plan, a
place in the file (issue, annex, slide, sheet), the words of the plan and of the catalogue. Each of
these is checked as well; there is no list of numbers that pass.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import msgspec
import openpyxl
import pandas as pd
from docx import Document
from docx.table import Table as WordTable
from pptx import Presentation

from dashboard.cards import Context
from dashboard.cards.model import Card, Column, Table
from dashboard.data import Database
from dashboard.exports.documents import Report, SlidePage
from dashboard.exports.text import printable
from dashboard.filters import CITY, Comparison, Filters
from dashboard.frames import Row
from dashboard.indicators.status import Status
from dashboard.meeting.decks import Slide
from dashboard.settings import SAMPLE_DIR
from dashboard.words.language import language
from tests.cards.facts import HERE, Facts, facts_of
from tests.cards.figures import figures
from tests.cards.traces import untraced
from tests.exports.second_road import SecondRoad

_NUMBER = re.compile(r"[−+-]?\d[\d,]*(?:\.\d+)?")
_SENTENCE_END = re.compile(r"(?<=。)|(?<=[.]) ")
_CLAUSE = re.compile(r"第(\d+)条|[Cc]lause (\d+)")
_ISSUE = re.compile(r"^第(\d+)期|^No\. (\d+)")
_ANNEX = re.compile(r"^(?:附件|Annex) (\d+)")
_NUMBERED = re.compile(r"^\d+\.? (?=[A-Z])")  # an English heading; a Chinese one has a numeral
_VERSION = re.compile(r"(?:数据版本|data version )([0-9a-f]{12})")


@dataclass
class Reading:
    """What was read in one file: how many numbers of each kind, and those from nowhere."""

    file: str
    database: Database
    lang: str
    read: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def check(self, kind: str, place: str, shown: object, *, is_right: bool) -> None:
        """Count a number, and note it with its place where nothing bears it out."""
        self.read[kind] += 1
        if not is_right:
            self.problems.append(f"{self.file}: {place}: {shown}")

    def line(self, place: str, text: str, facts: Facts, view: Context) -> None:
        """A line of text: what is no figure of the data first, the rest as a sentence."""
        text = self._without_own_words(place, text, view)
        for sentence in _SENTENCE_END.split(text):
            wrong = untraced(sentence, facts, view)
            self.read["text"] += len(figures(sentence)) - len(wrong)
            for number in wrong:
                self.check("text", place, f"{number} in {sentence!r}", is_right=False)

    def _without_own_words(self, place: str, text: str, view: Context) -> str:
        for words in _own_words(self.database, self.lang):
            text = text.replace(words, "")

        def version(found: re.Match[str]) -> str:
            is_right = found[1] == self.database.version
            self.check("data version", place, found[1], is_right=is_right)
            return ""

        def clause(found: re.Match[str]) -> str:
            number = int(found[1] or found[2])
            self.check("clause", place, number, is_right=number in _clauses(view))
            return ""

        return _CLAUSE.sub(clause, _VERSION.sub(version, text))


@cache
def _own_words(database: Database, lang: str) -> list[str]:
    """The words with digits of the plan, the catalogue and the files' names, longest first."""
    catalogue = msgspec.to_builtins(list(database.catalogue.indicators.values()))
    plans = msgspec.to_builtins(list(database.plans.values()))
    files = [source.file_name for source in database.sources.values()]
    found = {word for word in _strings([catalogue, plans, files]) if _is_wordy(word)}
    return sorted(found, key=len, reverse=True)


def _is_wordy(word: str) -> bool:
    """Whether a text with digits is more than a number, a code or a date."""
    return bool(re.search(r"\d", word)) and len(re.sub(r"[\d\W]", "", word)) > 2


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (word for one in value.values() for word in _strings(one))
    elif isinstance(value, list | tuple):
        yield from (word for one in value for word in _strings(one))


def _clauses(view: Context) -> set[int]:
    plan = view.database.plans[int(view.filters.as_of[:4])]
    return {clause.clause for clause in plan.clauses}


# ---- slides and their sheets --------------------------------------------------------------------


@dataclass(frozen=True)
class Road:
    """What a slide may say: its card's frames, and what its sentences may make of them."""

    page: SlidePage
    view: Context
    facts: Facts

    @property
    def card(self) -> Card:
        """The slide's card."""
        return self.page.card

    def read(self, reading: Reading, place: str, text: str) -> None:
        """A line: the numbers that the page has in the same words, each from somewhere."""
        page, card = self.page, self.card
        tiles = [f"{tile.label} {tile.value}" for tile in card.tiles]
        own = (page.title, card.subtitle, *tiles, *page.facts, page.footer, *page.background)
        alike = [line for line in own if _words_of(line) == _words_of(text)]
        if alike:
            reading.check("line", place, text, is_right=printable(text) in map(printable, alike))
        reading.line(place, text, self.facts, self.view)


def _words_of(line: str) -> str:
    return _NUMBER.sub("#", printable(line))


def roads_of(database: Database, slides: Sequence[Slide], report: Report) -> list[Road]:
    """The roads of a deck's slides in their order."""
    words = language(report.language)
    found = []
    for slide, page in zip(slides, report.pages, strict=True):
        view = Context(database, Filters(report.as_of, slide.counties, slide.compare), words)
        found.append(Road(page, view, facts_of(page.card, view)))
    return found


def read_slides(content: bytes, report: Report, roads: Sequence[Road]) -> Reading:
    """Read a PowerPoint file."""
    view = roads[0].view
    reading = Reading("pptx", view.database, report.language)
    numbered = iter(enumerate(roads, start=1))
    for slide in Presentation(io.BytesIO(content)).slides:
        if not slide.has_notes_slide:  # the title, a section
            for _name, text in _texts(slide.shapes):
                reading.line("a slide between", text, Facts([]), view)
            continue
        number, road = next(numbered)
        place = f"slide {number}"
        for name, text in _texts(slide.shapes):
            if re.fullmatch(r"\d{1,3}", text):  # a year stands on a calendar
                reading.check("slide number", place, text, is_right=text == str(number))
            else:
                text = _without_rows_shown(reading, place, text, slide, road.card)
                road.read(reading, f"{place}, {name}", text)
        for shape in slide.shapes:
            if shape.has_table:
                grid = [[cell.text for cell in row.cells] for row in shape.table.rows]
                _read_grid(reading, f"{place}, table", grid, road.card)
            elif shape.has_chart:
                _read_chart(reading, f"{place}, chart", shape.chart, road.card)
        for paragraph in slide.notes_slide.notes_text_frame.paragraphs:
            road.read(reading, f"{place}, notes", paragraph.text)
    assert next(numbered, None) is None
    return reading


def _texts(shapes: Any) -> Iterator[tuple[str, str]]:
    for shape in shapes:
        if shape.has_text_frame:
            for paragraph in shape.text_frame.paragraphs:
                yield shape.name, paragraph.text


_ROWS_SHOWN = re.compile(r"只列前(\d+)项，共(\d+)项|The first (\d+) of (\d+) are shown")


def _without_rows_shown(reading: Reading, place: str, text: str, slide: Any, card: Card) -> str:
    """How many rows a slide has room for, counted in the slide."""
    found = _ROWS_SHOWN.search(text)
    if found is None:
        return text
    shown, of = (int(number) for number in found.groups() if number)
    tables = [len(shape.table.rows) - 1 for shape in slide.shapes if shape.has_table]
    drawn = tables or [len(chart.frame) for chart in card.charts]
    table = card.table if card.listing is None else card.listing
    reading.check("rows shown", place, shown, is_right=[shown] == drawn)
    reading.check("rows shown", place, of, is_right=of == len(table.frame))
    return text.replace(found[0], "")


def _read_grid(reading: Reading, place: str, grid: list[list[str]], card: Card) -> None:
    """A table: the card's own, cell by cell, or a matrix of its chart."""
    for table in filter(None, (card.listing, card.table)):
        if grid[0] == [printable(column.label) for column in table.columns]:
            _read_table(reading, place, grid[1:], table)
            return
    matrices = pd.concat([c.frame for c in card.charts if c.shape == "status_matrix"])
    for row in grid[1:]:
        for county, text in zip(grid[0][1:], row[1:], strict=True):
            own = matrices[(matrices["indicator"] == row[0]) & (matrices["county"] == county)]
            written: Iterable[str] = own["text"].fillna("") if "text" in own else []
            expected = [number for cell in written for number in _NUMBER.findall(cell)]
            numbers = _NUMBER.findall(text)
            for number in numbers:
                is_right = numbers == expected
                reading.check("cell", f"{place}, {row[0]}, {county}", number, is_right=is_right)


def _read_table(
    reading: Reading, place: str, rows: Sequence[Sequence[object]], table: Table
) -> None:
    for number, (shown, row) in enumerate(
        zip(rows, table.frame.to_dict("records"), strict=False), start=1
    ):
        for cell, column in zip(shown, table.columns, strict=True):
            where = f"{place}, row {number}, {column.label}"
            _read_cell(reading, where, cell, row[column.name], _decimals(row, column))


def _decimals(row: Row, column: Column) -> int | None:
    own = row[column.decimals_column] if column.decimals_column else column.decimals
    return None if own is None else int(own)


def _read_cell(
    reading: Reading, place: str, shown: object, value: object, decimals: int | None
) -> None:
    """A cell against the frame's: nothing where there is none, the same numbers in its words."""
    if isinstance(shown, int | float):
        reading.check("cell", place, shown, is_right=_is_close(shown, value))
        return
    numbers = _NUMBER.findall(str(shown or ""))
    if isinstance(value, int | float) and not pd.isna(value):
        is_right = len(numbers) == 1 and _is_printed(numbers[0], float(value), decimals)
        reading.check("cell", place, shown, is_right=is_right)
        return
    expected = [] if value is None or value is pd.NA else _NUMBER.findall(str(value))
    if numbers or expected:
        reading.check("cell", place, shown, is_right=numbers == expected)


def _is_close(shown: float | None, value: object) -> bool:
    if shown is None or not isinstance(value, int | float):
        return False
    return math.isclose(shown, value, rel_tol=1e-9)


def _is_printed(text: str, value: float, decimals: int | None) -> bool:
    places = len(text.partition(".")[2])
    number = float(text.replace(",", "").replace("−", "-"))
    as_asked = decimals is None or places == decimals
    return as_asked and abs(number - value) <= 0.5 * 10**-places + 1e-9


def _read_chart(reading: Reading, place: str, chart: Any, card: Card) -> None:
    """A chart's workbook against the frame it was made from, and what is drawn against that."""
    blob = chart.part.chart_workbook.xlsx_part.blob
    [sheet] = openpyxl.load_workbook(io.BytesIO(blob)).worksheets
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    _read_series(reading, place, head, rows, card)
    drawn = {series.name: list(series.values) for plot in chart.plots for series in plot.series}
    for position, name in enumerate(head[1:], start=1):
        for row, shown in zip(rows, drawn[name], strict=True):
            if shown is not None or row[position] is not None:
                is_right = _is_close(shown, row[position])
                reading.check("drawn", f"{place}, {row[0]}, {name}", shown, is_right=is_right)


def _read_series(
    reading: Reading, place: str, head: list[Any], rows: list[list[Any]], card: Card
) -> None:
    """Series below their names, a category a row: each number stands in the category's rows."""
    for category, *values in rows:
        label, _line, written = str(category).partition("\n")
        lines = [line for chart in card.charts for line in _rows_of(chart, label)]
        texts = [number for line in lines for number in _NUMBER.findall(str(line.get("text")))]
        for number in _NUMBER.findall(written):
            reading.check("chart", f"{place}, {label}", number, is_right=number in texts)
        for name, value in zip(head[1:], values, strict=False):
            if value is None:
                continue
            own = [line for line in lines if name in map(str, line.values())] or lines
            candidates = [n for line in own for n in _numbers_of(line, share=bool(written))]
            is_right = any(math.isclose(value, n, rel_tol=1e-9) for n in candidates)
            reading.check("chart", f"{place}, {label}, {name}", value, is_right=is_right)


def _rows_of(chart: Any, label: str) -> list[Row]:
    """A chart's rows of one category, each with the lines across the whole chart."""
    lines = {f"across_{name}": chart.options.get(name) for name in ("target", "pace")}
    rows = chart.frame.to_dict("records")
    return [{**row, **lines} for row in rows if label in map(printable, map(str, row.values()))]


def _numbers_of(row: Row, *, share: bool) -> Iterator[float]:
    """The numbers of a row; of amounts in several units, their shares of the row's target."""
    numbers = {
        name: float(value)
        for name, value in row.items()
        if isinstance(value, int | float) and not isinstance(value, bool) and value == value
    }
    if not share:
        yield from numbers.values()
    elif numbers.get("target"):
        amounts = (numbers[name] for name in ("value", "pace", "target") if name in numbers)
        yield from (amount / numbers["target"] * 100 for amount in amounts)


# ---- the workbook -------------------------------------------------------------------------------


def read_workbook(content: bytes, report: Report, roads: Sequence[Road]) -> Reading:
    """Read an Excel file."""
    view = roads[0].view
    reading = Reading("xlsx", view.database, report.language)
    targets, *slides, definitions, sources = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    counties = {road.view.filters.counties for road in roads}
    chosen = counties.pop() if len(counties) == 1 else ()
    joint = Context(view.database, Filters(report.as_of, chosen), view.language)
    for sheet in (targets, definitions, sources):
        for line in _head(sheet):
            reading.line(sheet.title, line, Facts([]), view)
    _read_targets(reading, targets.title, _below(targets), joint)
    _read_definitions(reading, definitions.title, _below(definitions), view)
    _read_sources(reading, sources.title, _below(sources))
    for number, (sheet, road) in enumerate(zip(slides, roads, strict=True), start=1):
        is_right = sheet.title.startswith(f"{number} ")
        reading.check("sheet number", sheet.title, number, is_right=is_right)
        for line in _head(sheet):
            text = _ROWS_SHOWN.sub("", line)  # of the slide, where it is checked
            road.read(reading, sheet.title, text)
        _read_slide_sheet(reading, sheet.title, _below(sheet), road.card)
        _read_by_values(reading, sheet.title, road)
    return reading


def _head(sheet: Any) -> list[str]:
    """The lines above the first empty row."""
    lines = []
    for (cell,) in sheet.iter_rows(max_col=1):
        if cell.value is None:
            break
        lines.append(str(cell.value))
    return lines


def _below(sheet: Any) -> list[list[Any]]:
    """The heading below that row, and all that follows, without the cells that are empty."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=len(_head(sheet)) + 2)]
    return [row if any(v is not None for v in row) else [] for row in rows]


def _read_slide_sheet(reading: Reading, place: str, rows: list[list[Any]], card: Card) -> None:
    table, columns = card.table, len(card.table.columns)
    count = len(table.frame)
    _read_table(reading, place, [row[:columns] for row in rows[1 : count + 1]], table)
    block: list[list[Any]] = []
    for row in [*rows[count + 1 :], []]:
        if row:
            block.append(row)
        elif block:
            head, *series = block
            _read_series(reading, f"{place}, chart", head, series, card)
            block = []


# What a table's column holds of an indicator's row, whatever the table is about.
_PRINTED = {
    **{name: (name,) for name in ("numerator", "denominator", "value", "target", "expected")},
    "now": ("value", "target", "previous"),
    "missing": ("gap", "gap_units"),
}


def _read_by_values(reading: Reading, place: str, road: Road) -> None:
    """The table that the sheet has been held against, against the command line."""
    second, table = SecondRoad(road.view), road.card.table
    asked = [column.name for column in table.columns if column.name in _PRINTED]
    units = set(table.frame["county_id"]) if "county_id" in table.frame else {CITY}
    for row in table.frame.to_dict("records"):
        indicator_id = _indicator_of(row, road)
        if indicator_id is None or "school_id" in row or "stage" in row:
            continue
        # a table without counties is about the chosen ones together
        unit = HERE if units == {CITY} and "county" not in row else _unit_of(row, road.view)
        printed = second.row(indicator_id, unit)
        for name in asked:
            allowed = [printed[one] for one in _PRINTED[name] if printed[one] is not None]
            for number in _numbers_in(row[name]):
                is_right = any(_is_printed(number, value, None) for value in allowed)
                where = f"{place}, values, {indicator_id}, {name}"
                reading.check("values", where, number, is_right=is_right)


def _numbers_in(cell: object) -> list[str]:
    if isinstance(cell, int | float):
        return [] if pd.isna(cell) else [f"{cell:.6f}".rstrip("0").rstrip(".")]
    return _NUMBER.findall(str(cell or ""))


def _indicator_of(row: Row, road: Road) -> str | None:
    """The indicator that a row is about: its own, or the card's only one."""
    if "indicator_id" in row:
        return str(row["indicator_id"])
    if "indicator" in row:
        return (_by_name(road.view) | _by_name(road.view, "short")).get(row["indicator"])
    return road.card.indicator_ids[0] if len(road.card.indicator_ids) == 1 else None


def _unit_of(row: Row, view: Context) -> str:
    names = {view.county(unit): unit for unit in (*view.county_ids, CITY)}
    return str(row.get("county_id") or names[row["county"]])


def _read_targets(reading: Reading, place: str, rows: Iterable[list[Any]], view: Context) -> None:
    """The table of targets: every number in its column is one that ``values`` prints."""
    _ = view.language
    road, by_name = SecondRoad(view), _by_name(view)
    head, *lines = rows
    names = {
        _("Clause"): "clause",
        _("Value"): "value",
        _("Target value"): "target",
        _("Expected by now"): "expected",
        _("Missing"): "missing",
    }
    for line in lines:
        cells = dict(zip(head, line, strict=True))
        indicator_id = by_name[str(cells[_("Target")])]
        row = road.row(indicator_id)
        clause = view.clause(indicator_id)
        indicator = view.indicator(indicator_id)
        in_own_unit = indicator.denominator != "base" and indicator.scale != 1
        row["missing"] = row["gap" if in_own_unit else "gap_units"]
        row["clause"] = None if clause is None else int(clause["clause"])
        for heading, name in names.items():
            where = f"{place}, {cells[_('Target')]}, {heading}"
            _read_cell(reading, where, cells[heading], row[name], None)


def _by_name(view: Context, field: str = "name") -> dict[str, str]:
    return {view.text(i, field): i for i in view.database.catalogue.indicators}


def _read_definitions(reading: Reading, place: str, rows: list[list[Any]], view: Context) -> None:
    """What the catalogue's entry of an indicator says in numbers, and the plan's thresholds."""
    catalogue, by_name = view.database.catalogue, _by_name(view)
    common = [line.value for line in catalogue.thresholds.values()]
    for name, term, text in rows[1:]:
        indicator = view.indicator(by_name[name])
        entry = msgspec.to_builtins(indicator)
        words = " ".join(_strings(entry))
        scale = indicator.scale
        own = [scale, 1 / scale, indicator.decimals, indicator.tolerance, *indicator.season]
        for number in _NUMBER.findall(str(text)):
            value = float(number.replace(",", "").lstrip("−+-"))
            is_right = number in words or value in (*own, *common)
            reading.check("definition", f"{place}, {name}, {term}", number, is_right=is_right)


def _read_sources(reading: Reading, place: str, rows: list[list[Any]]) -> None:
    """How many rows an export has, counted in the export; the rest are dates."""
    for name, count, *_dates in rows[1:]:
        with (SAMPLE_DIR / name).open(encoding="utf-8-sig", newline="") as file:
            is_right = sum(1 for _line in csv.reader(file)) - 1 == count
        reading.check("rows of an export", f"{place}, {name}", count, is_right=is_right)


# ---- the brief ----------------------------------------------------------------------------------


def read_brief(
    content: bytes, database: Database, as_of: str, counties: tuple[str, ...], lang: str
) -> Reading:
    """Read a Word file: all of it by the command line's rows."""
    view = Context(database, Filters(as_of, counties, Comparison.LAST_MONTH), language(lang))
    reading = Reading("docx", database, lang)
    document = Document(io.BytesIO(content))
    about, facts, annexes = view, SecondRoad(view).facts(), 0
    for part in document.iter_inner_content():
        if isinstance(part, WordTable):
            grid = [[cell.text for cell in row.cells] for row in part.rows]
            if annexes == 1:
                rows = [[None if cell == "–" else cell for cell in row] for row in grid]
                _read_targets(reading, "annex 1", rows, view)
            else:
                _read_behind(reading, f"annex {annexes}", grid, about)
            continue
        text = _NUMBERED.sub("", part.text)
        if found := _ISSUE.search(text):
            issue = int(found[1] or found[2])
            reading.check("issue", "masthead", issue, is_right=issue == int(as_of[5:]))
            text = text.replace(found[0], "")
        if found := _ANNEX.search(text):
            annexes += 1
            reading.check("annex", text, found[1], is_right=int(found[1]) == annexes)
            text = text.replace(found[0], "")
            if annexes > 1:
                [county] = [c for c in view.county_ids if view.county(c) == text.strip()]
                narrowed = replace(view.filters, counties=(county,))
                about = replace(view, filters=narrowed)
                facts = SecondRoad(about).facts()
        if all(about.status_word(status) in text for status in Status):
            counts = [int(figure.value) for figure in figures(text)]
            is_right = counts == SecondRoad(about).statuses()
            reading.check("statuses", text, counts, is_right=is_right)
            continue
        reading.line("text", text, facts, about)
    for section in document.sections:
        for paragraph in (*section.header.paragraphs, *section.footer.paragraphs):
            reading.line("header and footer", paragraph.text, Facts([]), view)
    return reading


def _read_behind(reading: Reading, place: str, grid: list[list[str]], view: Context) -> None:
    """The table of a county's targets behind: value, line, and what is missing to it."""
    road, by_name = SecondRoad(view), _by_name(view)
    for name, *cells in grid[1:]:
        row = road.row(by_name[name])
        lines = (
            [row["value"]],
            [row["previous"] if row["target"] is None else row["target"]],
            [row["gap"], row["gap_units"]],
        )
        for cell, asked in zip(cells, lines, strict=True):
            for number in _NUMBER.findall(cell):
                is_right = any(n is not None and _is_printed(number, n, None) for n in asked)
                reading.check("cell", f"{place}, {name}", number, is_right=is_right)
