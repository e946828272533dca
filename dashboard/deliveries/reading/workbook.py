"""XLSX workbooks as grids: what a person sees in the cells, as text.

Read from the XML itself, because what decides is in details that the common readers drop: a number
shown as 85% is 0.85, one shown with zeros in front is a code, a formula may never have been
calculated, rows may be hidden. No formula is evaluated.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from dashboard import settings
from dashboard.deliveries.model import Location
from dashboard.deliveries.reading.grid import Grid, GridBuilder, Merged
from dashboard.deliveries.reading.unpacking import BROKEN, broken_zip
from dashboard.deliveries.reading.workbook_cells import (
    Styles,
    StylesPart,
    WorkbookCell,
    cell_text,
    unescaped,
)
from dashboard.deliveries.reading.xml_part import BrokenXmlError, XmlPart
from dashboard.deliveries.refusal import RefusedError, refused

# Some systems number the part, though there is only one.
_WORKBOOK = re.compile(r"xl/(workbook\d*\.xml)")
# Nobody has so many sheets, and each is a table to look for.
_MAX_SHEETS = 100
_MAX_MERGED = 100_000
_MAX_STRINGS = settings.MAX_TABLE_CELLS
_EXCEL_COLUMNS = 16_384
_EXCEL_ROWS = 1_048_576

_BROKEN_WORKBOOK = (*BROKEN, BrokenXmlError)


class Sheet(msgspec.Struct, frozen=True):
    """A sheet of a workbook and where it lies in the archive."""

    name: str
    part: str
    hidden: bool


def workbook_part(archive: zipfile.ZipFile) -> str | None:
    """Return the part of an archive that makes it an XLSX workbook, or None."""
    return next((name for name in archive.NameToInfo if _WORKBOOK.fullmatch(name)), None)


class Workbook:
    """An XLSX file that has been opened; sheets are read one at a time."""

    def __init__(self, archive: zipfile.ZipFile, place: Location) -> None:
        """Raise RefusedError when the parts that all sheets share are broken."""
        self._archive = archive
        self._place = place
        self._strings: list[str] = []
        self._styles = Styles()
        try:
            self.sheets = self._read_sheets()
            if any(not sheet.hidden for sheet in self.sheets):
                self._strings = self._read_strings()
                self._styles = self._read_styles()
        except _BROKEN_WORKBOOK as error:
            raise broken_zip(place) from error

    def grid(self, sheet: Sheet) -> Grid:
        """Return the cells of a sheet; raises RefusedError when it is broken or too large."""
        place = Location(file=self._place.file, sheet=sheet.name)
        part = _SheetPart(place, self._strings, self._styles)
        try:
            self._read(sheet.part, part)
            return part.grid()
        except _BROKEN_WORKBOOK as error:
            raise broken_zip(place) from error

    def _read_sheets(self) -> list[Sheet]:
        name = workbook_part(self._archive) or ""
        relations = _RelationsPart()
        self._read(f"xl/_rels/{posixpath.basename(name)}.rels", relations)
        workbook = _WorkbookPart(relations.targets)
        self._read(name, workbook)
        if workbook.from_1904:
            raise _other_calendar(self._place)
        if len(workbook.sheets) > _MAX_SHEETS:
            raise refused(
                self._place,
                "too_many_sheets",
                f"工作表太多，最多 {_MAX_SHEETS} 个。请分成几个文件提交。",
                f"too many sheets; at most {_MAX_SHEETS} are read. Hand them in as several files.",
            )
        return workbook.sheets

    def _read_strings(self) -> list[str]:
        part = _StringsPart()
        if "xl/sharedStrings.xml" in self._archive.NameToInfo:
            self._read("xl/sharedStrings.xml", part)
        return part.strings

    def _read_styles(self) -> Styles:
        part = StylesPart()
        if "xl/styles.xml" in self._archive.NameToInfo:
            self._read("xl/styles.xml", part)
        return part.styles()

    def _read(self, name: str, part: XmlPart) -> None:
        with self._archive.open(name) as stream:
            part.read(stream)


class _RelationsPart(XmlPart):
    """The part of the archive for each relation of the workbook that is a sheet with cells."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = posixpath.join("/xl", attributes.get("Target", ""))
            self.targets[attributes.get("Id", "")] = posixpath.normpath(target).lstrip("/")


class _WorkbookPart(XmlPart):
    """The sheets of the workbook in the order of their tabs."""

    def __init__(self, targets: Mapping[str, str]) -> None:
        super().__init__()
        self._targets = targets
        self.sheets: list[Sheet] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true")
        elif name == "sheet":
            relation = next((attributes[key] for key in attributes if key.endswith("}id")), "")
            part = self._targets.get(relation)
            if part is not None:
                hidden = attributes.get("state", "visible") != "visible"
                self.sheets.append(Sheet(attributes.get("name", ""), part, hidden))


class _StringsPart(XmlPart):
    """The texts that cells share, without what is written above them for pronunciation."""

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []
        self._runs: list[str] = []
        self._spoken = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "t" and not self._spoken:
            self.listen()
        elif name == "rPh":
            self._spoken = True
        elif name == "si":
            self._runs = []

    def end(self, name: str) -> None:
        if name == "t" and not self._spoken:
            self._runs.append(self.heard())
        elif name == "rPh":
            self._spoken = False
        elif name == "si":
            self.strings.append(unescaped("".join(self._runs)))
            if len(self.strings) > _MAX_STRINGS:
                raise BrokenXmlError("too many strings")


class _SheetPart(XmlPart):
    """The rows of a sheet, straight into a grid."""

    def __init__(self, place: Location, strings: Sequence[str], styles: Styles) -> None:
        super().__init__()
        self._place = place
        self._strings = strings
        self._styles = styles
        self._builder = GridBuilder(place)
        self._columns: dict[str, int] = {}
        self._number = 0
        self._row: list[str] = []
        self._next = 0
        self._cell: WorkbookCell | None = None
        self._spoken = False
        self._row_hidden = False
        self._hidden: list[int] = []
        self._hidden_columns: list[tuple[int, int]] = []
        self._merged: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            kind, style = attributes.get("t", "n"), attributes.get("s", "0")
            self._next = self._position(attributes.get("r"))
            self._cell = WorkbookCell(kind, int(style))
        elif self._cell is not None and (name in ("v", "f") or (name == "t" and not self._spoken)):
            self.listen()
        elif name == "rPh":
            self._spoken = True
        elif name == "row":
            self._begin_row(attributes)
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            span = int(attributes.get("min", "1")) - 1, int(attributes.get("max", "1")) - 1
            self._hidden_columns.append(span)
        elif name == "mergeCell" and len(self._merged) < _MAX_MERGED:
            self._merged.append(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        cell = self._cell
        if cell is not None:
            if name == "v":
                cell.value = self.heard()
            elif name == "f":
                cell.formula = self.heard()
            elif name == "t" and not self._spoken:
                cell.inline += self.heard()
            elif name == "c":
                self._end_cell(cell)
        if name == "rPh":
            self._spoken = False
        elif name == "row":
            self._end_row()

    def grid(self) -> Grid:
        columns, numbers = self._builder.finish()
        return Grid(
            place=self._place,
            columns=columns,
            numbers=numbers,
            merged=tuple(_merged(self._merged, numbers.tolist())),
            hidden_rows=tuple(self._hidden),
            hidden_columns=tuple(self._hidden_columns),
            encoding="XLSX",
        )

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        given = attributes.get("r")
        number = self._number + 1 if given is None else int(given)
        if not self._number < number <= _EXCEL_ROWS:
            raise BrokenXmlError("rows out of order")
        self._number = number
        self._row, self._next = [], 0
        self._row_hidden = attributes.get("hidden") in ("1", "true")

    def _end_row(self) -> None:
        if self._row:
            self._builder.add(self._number, self._row)
            if self._row_hidden:
                self._hidden.append(self._number)

    def _end_cell(self, cell: WorkbookCell) -> None:
        self._cell = None
        text = cell_text(cell, self._strings, self._styles)
        if text:
            position, row = self._next, self._row
            if position < len(row):
                raise BrokenXmlError("cells out of order")
            row.extend([""] * (position - len(row)))
            row.append(text)
        self._next += 1

    def _position(self, reference: str | None) -> int:
        if reference is None:
            return self._next
        letters = reference.rstrip("0123456789")
        position = self._columns.get(letters)
        if position is None:
            position = self._columns.setdefault(letters, _column(letters))
        return position


def _column(letters: str) -> int:
    """Return the index of the column that Excel names with these letters."""
    index = 0
    for letter in letters[:4]:
        if not "A" <= letter <= "Z":
            raise BrokenXmlError(f"no column: {letters[:10]}")
        index = index * 26 + ord(letter) - 64
    if not 0 < index <= _EXCEL_COLUMNS:
        raise BrokenXmlError(f"no column: {letters[:10]}")
    return index - 1


def _merged(references: Sequence[str], numbers: Sequence[int]) -> Iterator[Merged]:
    """Yield merged areas in indices of the grid; rows without any cell are not in the grid."""
    index = {number: position for position, number in enumerate(numbers)} if references else {}
    for reference in references:
        first, _, last = reference.partition(":")
        left, right = (part.rstrip("0123456789") for part in (first, last or first))
        top = int(first[len(left) :])
        bottom = int((last or first)[len(right) :])
        if top in index:
            reached = max(bisect_right(numbers, bottom) - 1, index[top])
            yield Merged(index[top], _column(left), reached, _column(right))


def _other_calendar(place: Location) -> RefusedError:
    return refused(
        place,
        "calendar_1904",
        "工作簿使用“1904 日期系统”，日期会差四年。请在 Excel 的“选项—高级”中取消该项后重新导出。",
        "the workbook counts dates from 1904, four years off. Switch that off in Excel's options"
        " (Advanced) and export it again.",
    )
