"""Text files (CSV, TSV) as a grid: encoding, delimiter, records that quotes hold together."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import suppress
from itertools import islice

import numpy as np

from dashboard.deliveries.model import Location
from dashboard.deliveries.reading.decoding import Encoding, encoding_of, lines
from dashboard.deliveries.reading.grid import Grid, GridBuilder
from dashboard.deliveries.reading.headers import header_key
from dashboard.deliveries.refusal import RefusedError, refused

DELIMITERS = (",", "\t", ";", "，", "；")
# Title rows, headers of several rows and some data.
_LOOKED_AT = 60
# Characters; far more than the widest export with the longest remarks.
_LONGEST_RECORD = 4_000_000


def read_text_file(content: bytes, place: Location, known_headers: Collection[str]) -> Grid:
    """Return the records of a text file; `known_headers` (keys of headers.py) tell the delimiter.

    Raises RefusedError when the bytes are no text or the quotes do not close.
    """
    encoding = encoding_of(content, place)
    delimiter = _delimiter(content, encoding, place, known_headers)
    builder = GridBuilder(place)
    widths: list[int] = []
    number = 0
    source = _Lines(content, encoding, place)
    try:
        for number, record in enumerate(source.records(delimiter), start=1):
            if number == 1 and record:
                # A file that was saved with a mark, joined to another mark.
                record[0] = record[0].lstrip("\ufeff")
            builder.add(number, record)
            widths.append(len(record))
    except csv.Error as error:
        raise _bad_quotes(place, number + 1) from error
    columns, numbers = builder.finish()
    return Grid(
        place=place,
        columns=columns,
        numbers=numbers,
        widths=np.array(widths, dtype=np.int32),
        encoding=encoding.label,
        delimiter=delimiter,
    )


class _Lines:
    """The lines of a text for the csv reader, which itself would take a record of any length."""

    def __init__(self, content: bytes, encoding: Encoding, place: Location) -> None:
        self._stream = lines(content, encoding)
        self._place = place
        self._of_record = 0
        self._records = 0

    def records(self, delimiter: str) -> Iterator[list[str]]:
        for record in csv.reader(self, delimiter=delimiter, strict=True):
            self._of_record = 0
            self._records += 1
            yield record

    def __iter__(self) -> Iterator[str]:
        while line := self._stream.readline(_LONGEST_RECORD):
            self._of_record += len(line)
            if self._of_record >= _LONGEST_RECORD:
                raise _too_long_record(self._place, self._records + 1)
            yield line


def _delimiter(
    content: bytes, encoding: Encoding, place: Location, known_headers: Collection[str]
) -> str:
    """Return the delimiter that makes the most known headers in one row, else the steadiest one."""

    def merit(delimiter: str) -> tuple[int, int]:
        records: list[list[str]] = []
        # The rows before a broken one say enough.
        with suppress(csv.Error):
            source = _Lines(content, encoding, place)
            records.extend(islice(source.records(delimiter), _LOOKED_AT))
        headers = max(
            (sum(header_key(cell) in known_headers for cell in row) for row in records), default=0
        )
        widths = Counter(len(row) for row in records if len(row) > 1)
        return headers, max(widths.values(), default=0)

    return max(DELIMITERS, key=merit)


def _bad_quotes(place: Location, row: int) -> RefusedError:
    return refused(
        place,
        "quotes",
        "英文引号不成对，或单元格内容过长，其后的行无法读取。请改正该行的引号。",
        "unbalanced quotes, or a cell that is far too long; nothing after it can be read."
        " Correct the quotes of this row.",
        row=row,
    )


def _too_long_record(place: Location, row: int) -> RefusedError:
    return refused(
        place,
        "row_too_long",
        "这一行过长，不像数据表。请核对文件是否选错，或该行引号是否成对。",
        "this row is far too long for a table. Check whether this is the right file, and whether"
        " the quotes are balanced.",
        row=row,
    )
