"""The report of a check as a workbook that can go back to the school: findings, marked cells."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from dashboard.deliveries.model import ROW, Checked, DeliveredTable, Finding, Location
from dashboard.deliveries.workbooks.sheets import Book, cell_text, column_width, workbook
from dashboard.exports.text import text_width
from dashboard.words.language import Language

# A longer table is shown with its bad rows only: nobody pages through the rest.
ROWS_SHOWN = 20_000


class CellMark(msgspec.Struct, frozen=True):
    """What is wrong with a cell: the worst severity and everything that is said about it."""

    severity: str
    notes: tuple[str, ...]


def report_workbook(checked: Checked, words: Language) -> bytes:
    """Return the findings, then every delivered table as it came with the bad cells coloured.

    Whatever came from a file is written as text, never as a formula or a link.
    """
    title = words("Report of the check")
    with workbook(title) as (buffer, book):
        _findings_sheet(book, checked, words, title)
        for table in checked.reading.tables:
            _table_sheet(book, table, checked.findings, words)
    return buffer.getvalue()


def _findings_sheet(book: Book, checked: Checked, words: Language, title: str) -> None:
    sheet = book.add(title)
    sheet.write_string(0, 0, title, book.title)
    sheet.write_string(1, 0, _summary(checked, words), book.quiet)
    heads = [
        words("Severity"),
        words("File"),
        words("Sheet"),
        words("Row"),
        words("Column"),
        words("Value"),
        words("Expected"),
        words("What is wrong"),
    ]
    for position, head in enumerate(heads):
        sheet.write_string(3, position, head, book.head)
    rows = [_finding_cells(finding, words) for finding in checked.findings]
    for number, (finding, cells) in enumerate(zip(checked.findings, rows, strict=True), start=4):
        fill = book.error if finding.severity == "error" else book.warning
        lines = max(text_width(str(cells[-1])) / 85, *(text_width(str(c)) / 28 for c in cells[:-1]))
        sheet.set_row(number, 15 * math.ceil(max(lines, 1)))
        for position, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(number, position, cell, book.wrapped)
            elif cell:
                style = fill if position == 0 else book.wrapped
                sheet.write_string(number, position, cell_text(cell), style)
    for position, head in enumerate(heads):
        texts = (str(cells[position]) for cells in rows)
        width = 90 if position == len(heads) - 1 else 30
        sheet.set_column(position, position, column_width(iter([head, *texts]), width))
    if rows:
        sheet.autofilter(3, 0, 3 + len(rows), len(heads) - 1)
    sheet.freeze_panes(4, 0)


def file_words(finding: Finding, words: Language) -> str:
    """Return the file of a finding, and whose it is where it was not delivered."""
    file = f"{finding.file} · {finding.sheet}" if finding.sheet else finding.file
    if finding.base == "version":
        return words("Published: {file}", file=file)
    if finding.base == "data_folder":
        return words("In the data folder: {file}", file=file)
    return file


def _summary(checked: Checked, words: Language) -> str:
    if not checked.findings:
        return words("Nothing was found.")
    errors = words.plural("{count} error", "{count} errors", len(checked.errors))
    warnings = words.plural("{count} warning", "{count} warnings", len(checked.warnings))
    return words(
        "{errors} that must be corrected, {warnings} that need a reason.",
        errors=errors,
        warnings=warnings,
    )


def _finding_cells(finding: Finding, words: Language) -> list[str | int]:
    wrong = words.pick(finding.wrong_zh, finding.wrong_en)
    return [
        words("Error") if finding.severity == "error" else words("Warning"),
        file_words(msgspec.structs.replace(finding, sheet=None), words),
        finding.sheet or "",
        finding.row if finding.row is not None else "",
        finding.column or "",
        finding.value or "",
        words.pick(finding.expected_zh, finding.expected_en),
        wrong or words.pick(finding.message_zh, finding.message_en),
    ]


def _table_sheet(
    book: Book, table: DeliveredTable, findings: Sequence[Finding], words: Language
) -> None:
    """Write a table's rows in the source's order and text, each with its row number there."""
    place = table.place
    sheet = book.add(place.sheet or place.file.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    marks = _marks(table, findings, words)
    headers = [str(name) for name in table.original.columns if name != ROW]
    is_long = len(table.original) > ROWS_SHOWN
    about = _where(place)
    if is_long:
        about = words("{place}: only the rows with findings are listed.", place=about)
    sheet.write_string(0, 0, cell_text(about), book.quiet)
    for position, head in enumerate([words("Row in the file"), *headers]):
        sheet.write_string(2, position, cell_text(head), book.head)
    original = table.original.assign(**{ROW: table.frame[ROW].to_numpy()})
    if is_long:
        original = original[original[ROW].isin({row for row, _ in marks})]
    rows = original[[ROW, *headers]].itertuples(index=False, name=None)
    for line, (row, *cells) in enumerate(rows, start=3):
        _write(sheet, book, line, 0, int(row), marks.get((int(row), None)))
        for position, (header, cell) in enumerate(zip(headers, cells, strict=True), start=1):
            text = cell if isinstance(cell, str) else ""
            _write(sheet, book, line, position, text, marks.get((int(row), header)))
    for position, header in enumerate(headers, start=1):
        sample = (str(cell) for cell in original[header].head(200) if isinstance(cell, str))
        sheet.set_column(position, position, column_width(iter([header, *sample]), 30))
    sheet.set_column(0, 0, 12)
    sheet.freeze_panes(3, 1)


def _write(
    sheet: Any, book: Book, line: int, position: int, value: int | str, mark: CellMark | None
) -> None:
    style = book.text if isinstance(value, str) else book.plain
    if mark is not None:
        style = book.error if mark.severity == "error" else book.warning
        note = cell_text("\n".join(mark.notes))
        sheet.write_comment(line, position, note, {"x_scale": 2, "y_scale": 1 + len(note) / 200})
    if isinstance(value, int):
        sheet.write_number(line, position, value, style)
    elif value:
        sheet.write_string(line, position, cell_text(value), style)
    elif mark is not None:
        sheet.write_blank(line, position, None, style)


def _marks(
    table: DeliveredTable, findings: Sequence[Finding], words: Language
) -> Mapping[tuple[int, str | None], CellMark]:
    """Return what to mark in a table, by row and column; no column stands for the row's number."""
    marks: dict[tuple[int, str | None], CellMark] = {}
    for finding in findings:
        if finding.base or Location(finding.file, finding.sheet) != table.place:
            continue
        if finding.row is None:
            continue
        note = words.pick(
            finding.wrong_zh or finding.message_zh, finding.wrong_en or finding.message_en
        )
        # A key of several columns is named with all of them.
        named = (finding.column or "").split("、")
        columns: list[str | None] = [name for name in named if name in table.original.columns]
        for column in columns or [None]:
            last = marks.get((finding.row, column), CellMark("warning", ()))
            worst = "error" if "error" in (last.severity, finding.severity) else "warning"
            marks[finding.row, column] = CellMark(worst, (*last.notes, note))
    return marks


def _where(place: Location) -> str:
    return f"{place.file} · {place.sheet}" if place.sheet else place.file
