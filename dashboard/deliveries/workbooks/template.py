"""An empty export to fill in: headers, drop-downs, an example and the rules in words.

The first sheet holds nothing but the header, so that it is handed in as it is; everything that
explains stands on the second.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from dashboard import settings
from dashboard.contract import Field, Package, Resource, Words, field_expectations
from dashboard.deliveries.workbooks.sheets import Book, cell_text, column_width, workbook
from dashboard.exports.text import text_width
from dashboard.words.language import Language

# As far down as a person fills a sheet in by hand.
ROWS_PREPARED = 5_000
# Excel takes no longer list of allowed values into the cell itself.
_LIST_LENGTH = 255


def template_workbook(package: Package, resource: Resource, words: Language) -> bytes:
    """Return a workbook to fill in for one export."""
    with workbook(resource.title) as (buffer, book):
        sheet = book.add(resource.title)
        notes_name = words("How to fill it in")
        notes = book.add(notes_name)
        example = example_row(resource)
        first = _write_notes(book, notes, package, resource, example, words)
        for position, field in enumerate(resource.fields):
            _prepare_column(book, sheet, position, field, resource, words)
            _restrict(sheet, notes, position, field, first + position, words)
        sheet.freeze_panes(1, 0)
        sheet.activate()
    return buffer.getvalue()


def example_row(resource: Resource) -> dict[str, str]:
    """Return a row that keeps every rule, out of the made-up exports.

    The one with most values in it.
    """
    path = settings.SAMPLE_DIR / resource.file_name
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row, _ in zip(csv.DictReader(file), range(200), strict=False)]
    return max(rows, key=lambda row: sum(bool(value) for value in row.values()))


def _prepare_column(
    book: Book, sheet: Any, position: int, field: Field, resource: Resource, words: Language
) -> None:
    sheet.write_string(0, position, field.header, book.head)
    note = "\n".join(_asked(field, resource, words))
    if note:
        sheet.write_comment(0, position, cell_text(note), {"x_scale": 2})
    # As text, so that Excel makes no number of a code and no date of a month.
    is_number = field.type in ("integer", "number")
    width = column_width(iter([field.header]), 40)
    sheet.set_column(position, position, width, book.plain if is_number else book.text)


def _restrict(
    sheet: Any, notes: Any, position: int, field: Field, notes_row: int, words: Language
) -> None:
    """Offer the allowed values; Excel tells at once what is none of them."""
    choices = _choices(field)
    if not choices:
        return
    source: list[str] | str = choices
    if len(",".join(choices)) > _LIST_LENGTH:
        for number, choice in enumerate(choices):  # beside the notes, out of sight
            notes.write_string(notes_row, 20 + number, choice)
        name = str(notes.get_name()).replace("'", "''")
        last = _letters(19 + len(choices))
        source = f"='{name}'!$U${notes_row + 1}:${last}${notes_row + 1}"
    sheet.data_validation(
        1,
        position,
        ROWS_PREPARED,
        position,
        {
            "validate": "list",
            "source": source,
            "error_title": words("Not an allowed value"),
            "error_message": words("Choose one of the list."),
        },
    )


def _letters(position: int) -> str:
    """Return the name of a column by its position from 0."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _choices(field: Field) -> list[str]:
    if field.enum:
        return [str(choice) for choice in field.enum]
    return [*field.true_values, *field.false_values] if field.type == "boolean" else []


def _write_notes(
    book: Book,
    sheet: Any,
    package: Package,
    resource: Resource,
    example: dict[str, str],
    words: Language,
) -> int:
    """Write the notes, fields and rules; return the row of the first field."""
    title = words("How to fill in “{export}”", export=resource.title)
    sheet.write_string(0, 0, title, book.title)
    about = [
        words("Fill in the first sheet from row 2 and leave its header as it is."),
        words("Blank means that there are no data; it is not zero."),
        words("From: {system}", system=words.pick(*_pair(resource.source_system))),
    ]
    for number, text in enumerate(about, start=1):
        sheet.write_string(number, 0, cell_text(text), book.quiet)
    top = len(about) + 2
    heads = [
        words("Column"),
        words("Must be filled in"),
        words("What stands there"),
        words("Unit"),
        words("Example (made up)"),
        words("Note"),
    ]
    rows = [
        [
            # With its letter it is no header: the sheet is never taken for a table.
            f"{_letters(position)} · {field.header}",
            words("Yes") if resource.is_required(field) else "",
            words.pick("；", "; ").join(_expected(field, words)),
            field.unit,
            example[field.header],
            words.pick(field.description_zh, field.description),
        ]
        for position, field in enumerate(resource.fields)
    ]
    for position, head in enumerate(heads):
        sheet.write_string(top, position, head, book.head)
        width = column_width(iter([head, *(row[position] for row in rows)]), 50)
        sheet.set_column(position, position, width)
    for number, row in enumerate(rows, start=top + 1):
        sheet.set_row(number, 15 * max(-(-text_width(text) // 50) for text in row))
        for position, text in enumerate(row):
            sheet.write_string(number, position, cell_text(text), book.wrapped)
    line = top + len(rows) + 2
    sheet.write_string(line, 0, words("Rules"), book.head)
    for number, rule in enumerate(_rules(package, resource, words), start=line + 1):
        sheet.write_string(number, 0, cell_text(rule), book.plain)
    return top + 1


def _asked(field: Field, resource: Resource, words: Language) -> list[str]:
    required = [words("Must be filled in")] if resource.is_required(field) else []
    return [*required, *_expected(field, words)]


def _expected(field: Field, words: Language) -> list[str]:
    expectations = {k: v for k, v in field_expectations(field).items() if k != "required"}
    return [words.pick(*_pair(expected)) for expected in expectations.values()] or [words("Text")]


def _pair(text: Words) -> tuple[str, str]:
    return text.zh, text.en


def _rules(package: Package, resource: Resource, words: Language) -> Iterator[str]:
    if resource.primary_key:
        key = "、".join(resource.primary_key)
        yield words("No two rows have the same {fields}.", fields=key)
    for foreign in resource.foreign_keys:
        yield words(
            "{fields} must be found in {export}.",
            fields="、".join(foreign.fields),
            export=package.resource(foreign.target).title,
        )
    for rule in resource.rules:
        yield words.pick(rule.message_zh, rule.message_en)
