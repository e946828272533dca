"""A table on its way to a file: rows of an export, spoilt step by step, and what comes of it.

A defect changes the lines and writes down what a reading has to say of it. Rows are counted only
when the file is made, so that defects go together in any order.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter

from dashboard.contract import Resource
from dashboard.deliveries.model import Upload

Cell = Any  # str, or one of the cells below that only a workbook has


@dataclass(frozen=True)
class NumberCell:
    value: float
    format: str = "General"


@dataclass(frozen=True)
class DateCell:
    value: date
    format: str = "yyyy/m/d"


@dataclass(frozen=True)
class FormulaCell:
    formula: str
    value: Any


@dataclass(eq=False)
class Line:
    """A row of the file; `clean` is what its data must become, None where it is no data."""

    cells: list[Cell]
    clean: list[str | None] | None = None


@dataclass(eq=False)
class TotalCell:
    """What a column of some lines adds up to when the file is made, and how much the cell is off.

    A column with a fault has no sum.
    """

    resource: Resource
    header: str
    lines: list[Line]
    off: int = 0

    def __str__(self) -> str:
        at = self.resource.headers.index(self.header)
        values = [line.clean[at] or "0" for line in self.lines if line.clean]
        return str(sum(map(int, values)) + self.off) if all(map(str.isdigit, values)) else "1"


@dataclass(frozen=True)
class Expected:
    """What a reading must make of a case, to the letter."""

    tables: list[tuple[str, list[list[str | None]]]]
    normalised: dict[str, int]
    findings: list[tuple[str, str, int | None, str | None]]
    questions: list[tuple[str, ...]] = field(default_factory=list)


@dataclass(frozen=True)
class Case:
    """Files handed in together under a name that says what is wrong with them."""

    name: str
    uploads: tuple[Upload, ...]
    expected: Expected
    answers: dict[Any, str] = field(default_factory=dict)


class Draft:
    """An export with a few rows, to be spoilt and written."""

    def __init__(self, resource: Resource, rows: list[list[str]]) -> None:
        self.resource = resource
        self.header = list(resource.headers)
        self.above: list[Line] = []
        self.heads = [Line(list(self.header))]
        self.lines = [Line(list(row), [value or None for value in row]) for row in rows]
        self.normalised: Counter[str] = Counter()
        self.findings: list[tuple[str, str, Line | None, str | None]] = []
        self.is_refused = False
        self.encoding = "utf-8"
        self.delimiter = ","
        self.line_end = "\n"
        self.merged: list[tuple[int, int, int, int]] = []
        self.hidden: list[Line] = []
        self.hidden_columns: list[int] = []

    @property
    def data(self) -> list[Line]:
        return [line for line in self.lines if line.clean is not None]

    def column(self, header: str) -> int:
        return self.header.index(header)

    def spoil(self, header: str, into: Any, kind: str = "", rows: slice = slice(None)) -> None:
        """Write the values of a column otherwise; `kind` is what a reading must say of each."""
        for line in self.data[rows]:
            before = line.cells[self.column(header)]
            after = into(before)
            if after != before:
                line.cells[self.column(header)] = after
                if kind:
                    self.normalised[kind] += 1

    def fault(self, header: str, text: Cell, kind: str, row: int, kept: str | None = None) -> None:
        """Put something into a cell that cannot be understood; a reading keeps its text."""
        line = self.data[row]
        line.cells[self.column(header)] = text
        line.clean[self.resource.headers.index(header)] = text if kept is None else kept
        self.findings.append((kind, "error", line, header))

    def all_lines(self) -> list[Line]:
        return [*self.above, *self.heads, *self.lines]

    def number(self, line: Line | None) -> int | None:
        return None if line is None else self.all_lines().index(line) + 1

    def expected(self) -> Expected:
        rows = [line.clean for line in self.data]
        found = [(kind, how, self.number(line), name) for kind, how, line, name in self.findings]
        return Expected(
            tables=[] if self.is_refused else [(self.resource.name, rows)],
            normalised=dict(self.normalised),
            findings=sorted(found, key=repr),
        )

    def text(self) -> str:
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, delimiter=self.delimiter, lineterminator=self.line_end)
        writer.writerows(line.cells for line in self.all_lines())
        return buffer.getvalue()

    def csv(self) -> bytes:
        return self.text().encode(self.encoding)

    def xlsx(self) -> bytes:
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
            self.write_sheet(book, "Sheet1")
        return buffer.getvalue()

    def write_sheet(self, book: xlsxwriter.Workbook, name: str) -> Any:
        sheet = book.add_worksheet(name)
        for row, line in enumerate(self.all_lines()):
            for column, cell in enumerate(line.cells):
                _write(book, sheet, row, column, cell)
            if line in self.hidden:
                sheet.set_row(row, options={"hidden": True})
        for column in self.hidden_columns:
            sheet.set_column(column, column, options={"hidden": True})
        for top, left, bottom, right in self.merged:
            text = self.all_lines()[top].cells[left]
            sheet.merge_range(top, left, bottom, right, text)
        return sheet


def _write(book: Any, sheet: Any, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, NumberCell):
        sheet.write_number(row, column, cell.value, book.add_format({"num_format": cell.format}))
    elif isinstance(cell, DateCell):
        sheet.write_datetime(row, column, cell.value, book.add_format({"num_format": cell.format}))
    elif isinstance(cell, FormulaCell):
        sheet.write_formula(row, column, cell.formula, None, cell.value)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif cell != "":
        sheet.write_string(row, column, str(cell))


def text_case(name: str, draft: Draft) -> Case:
    return Case(name, (Upload(name, draft.csv()),), draft.expected())


def book_case(name: str, draft: Draft) -> Case:
    return Case(name, (Upload(name, draft.xlsx()),), draft.expected())


def refused_case(name: str, content: bytes, kind: str, row: int | None = None) -> Case:
    """A file of which nothing is read, for one reason."""
    found = Expected([], {}, [(kind, "error", row, None)])
    return Case(name, (Upload(name, content),), found)


def case_of_several(name: str, content: bytes, *drafts: Draft, **told: int) -> Case:
    tables = [table for draft in drafts for table in draft.expected().tables]
    return Case(name, (Upload(name, content),), Expected(tables, told, []))
