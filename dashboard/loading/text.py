"""From the bytes of an export to its records, whatever program wrote it."""

from __future__ import annotations

import codecs
import csv
import difflib
import io
from collections.abc import Sequence
from pathlib import Path

from dashboard.contract import Problem, Resource, shortlist
from dashboard.loading.problems import (
    UnreadableFileError,
    bad_quotes,
    empty_file,
    missing_column,
    no_header,
    no_text,
    ragged,
    repeated_column,
    unknown_column,
)

# What Excel and the bureau's systems leave around values; U+3000 is the full-width space.
BLANKS = " \t\r\n\u00a0\u3000\ufeff"

# Below this a name is another name, not a slip of the pen.
_ALIKE = 0.6


def decode(resource: Resource, content: bytes) -> tuple[str, str]:
    """Return the file's text without byte order mark, and the encoding's name."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = [("utf-16", "UTF-16")]
    else:
        candidates = [("utf-8-sig", "UTF-8"), ("gb18030", "GB18030")]
    for codec, name in candidates:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        if not text.strip(BLANKS):
            raise UnreadableFileError(empty_file(resource))
        return text, name
    raise UnreadableFileError(no_text(resource))


def is_plain(text: str) -> bool:
    """Whether DuckDB can read it: no quotes, blank lines, padded values or mixed line ends."""
    returns = text.count("\r")
    if returns:
        if returns != text.count("\r\n") or returns < text.count("\n") or "\r\n\r\n" in text:
            return False
    elif "\n\n" in text:
        return False
    first = _first_line(text)
    return '"' not in text and "," in first and not first.endswith(",") and not _is_padded(text)


def _is_padded(text: str) -> bool:
    for blank in BLANKS:
        # Most blanks are nowhere in the text, and to see that is cheap.
        if blank in text and blank not in "\r\n":
            ends = (f",{blank}", f"\n{blank}", f"{blank},", f"{blank}\n", f"{blank}\r")
            if text[0] == blank or text[-1] == blank or any(end in text for end in ends):
                return True
    return False


def plain_header(text: str) -> list[str]:
    return _first_line(text).split(",")


def _first_line(text: str) -> str:
    return text.split("\n", 1)[0].rstrip("\r")


def records(resource: Resource, text: str) -> list[list[str]]:
    """All records of the file, trimmed and as wide as the header; a blank line is an empty record.

    Raises UnreadableFileError, which names every row that is broken.
    """
    records = parse(resource, text)
    header = _without_empty_end(records[0])
    checked_header(resource, header)
    width = len(header)
    broken: list[Problem] = []
    rows = [header]
    for number, record in enumerate(records[1:], start=2):
        row = [value.strip(BLANKS) for value in record] or [""] * width
        # Excel pads rows with empty cells out to the widest row the sheet ever had.
        if not any(row[width:]):
            row = row[:width]
        if len(row) != width:
            broken.append(ragged(resource, number, row, width))
        rows.append(row)
    if broken:
        raise UnreadableFileError(*shortlist(resource.file_name, broken, len(broken)))
    return rows


def parse(resource: Resource, text: str) -> list[list[str]]:
    first = text.split("\n", 1)[0]
    # Excel's "Unicode text" is separated by tabs.
    delimiter = "\t" if "\t" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[list[str]] = []
    try:
        records.extend(reader)
    except csv.Error as error:
        raise UnreadableFileError(bad_quotes(resource, len(records) + 1)) from error
    return records


def _without_empty_end(header: Sequence[str]) -> list[str]:
    width = len(header)
    while width and not header[width - 1].strip(BLANKS):
        width -= 1
    return list(header[:width])


def write_plain(path: Path, records: Sequence[Sequence[str]]) -> str:
    """Write the records as DuckDB reads them safely; return what was written."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerows(records)
    text = buffer.getvalue()
    path.write_text(text, encoding="utf-8", newline="")
    return text


def record_count(text: str) -> int:
    """Count the records in a plain or written text: line ends that are not inside quotes."""
    outside = "".join(text.split('"')[::2]) if '"' in text else text
    return outside.count("\n") + (not text.endswith("\n"))


def checked_header(resource: Resource, header: Sequence[str]) -> list[str | None]:
    """Return the contract's name of every column of the file; None for one that is left out."""
    names = [name.strip(BLANKS) for name in header]
    known = _known_names(resource, names)
    columns = [known.get(name) for name in names]
    absent = [field for field in resource.fields if field.header not in columns]
    if len(absent) == len(resource.fields):
        raise UnreadableFileError(no_header(resource))
    wrong = [
        missing_column(resource, field.header) for field in absent if not resource.may_lack(field)
    ]
    if resource.written is None:  # nobody renames the columns of what is published
        absent_headers = [field.header for field in absent]
        for name in (name for name in names if name not in known):
            alike = difflib.get_close_matches(name, absent_headers, n=1, cutoff=_ALIKE)
            wrong += [unknown_column(resource, name, nearest) for nearest in alike]
    repeated = sorted({name for name in columns if name and columns.count(name) > 1})
    wrong += [repeated_column(resource, name) for name in repeated]
    if wrong:
        raise UnreadableFileError(*shortlist(resource.file_name, wrong, len(wrong)))
    return columns


def _known_names(resource: Resource, names: Sequence[str]) -> dict[str, str]:
    """Return the contract's headers; of a published version also those that a column had before."""
    known = {header: header for header in resource.headers}
    if resource.written is not None:
        for field in resource.fields:
            if field.header not in names:
                known = dict.fromkeys(field.aliases, field.header) | known
    return known
