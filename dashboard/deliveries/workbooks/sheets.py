"""Workbooks that people get to fill in or to mend: one style, and text that stays text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import xlsxwriter

from dashboard import palette
from dashboard.exports.sheet_names import SheetNames
from dashboard.exports.text import printable, text_width

_FONT = "Microsoft YaHei"
_CELL_LENGTH = 32_767  # of Excel
_WIDEST_COLUMN = 60

ERROR_FILL, WARNING_FILL = "#F8D2C4", "#FFF1C7"


@contextmanager
def workbook(title: str) -> Iterator[tuple[BytesIO, Book]]:
    """Return a workbook in memory; the bytes are complete when the block ends."""
    buffer = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": printable(title)})
        yield buffer, Book(book)


class Book:
    """Sheets and formats of one workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._names = SheetNames()
        base = {"font_name": _FONT, "font_size": 10, "valign": "top"}
        head = {
            **base,
            "bold": True,
            "font_color": "#FFFFFF",
            "bg_color": palette.SERIES_COLOURS[0],
            "text_wrap": True,
        }
        self.title = book.add_format(
            {**base, "bold": True, "font_size": 14, "font_color": palette.SERIES_COLOURS[0]}
        )
        self.quiet = book.add_format({**base, "font_color": palette.QUIET_INK})
        self.head = book.add_format(head)
        self.text = book.add_format({**base, "num_format": "@"})
        self.wrapped = book.add_format({**base, "text_wrap": True})
        self.plain = book.add_format(base)
        self.error = book.add_format({**base, "bg_color": ERROR_FILL, "num_format": "@"})
        self.warning = book.add_format({**base, "bg_color": WARNING_FILL, "num_format": "@"})

    def add(self, name: str) -> Any:
        """Add a sheet under a name that Excel accepts and that is not taken."""
        sheet = self._book.add_worksheet(self._names.free(name))
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        return sheet


def cell_text(text: object) -> str:
    """Return a text as a cell can hold it."""
    return printable(str(text))[:_CELL_LENGTH]


def column_width(texts: Iterator[str], widest: int = _WIDEST_COLUMN) -> int:
    """How wide a column must be for its texts, in Latin characters."""
    longest = max((text_width(line) for text in texts for line in text.split("\n")), default=0)
    return min(max(longest + 3, 8), widest)
