"""A workbook read again from its XML, by nothing that wrote it: values, kinds and formats."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from lxml import etree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Read:
    """A cell that holds something."""

    value: float | str
    number_format: str
    is_formula: bool


@dataclass(frozen=True)
class Sheet:
    """A sheet by row and column, both from 0."""

    name: str
    cells: dict[tuple[int, int], Read]
    frozen: str  # the first cell that scrolls
    drawings: int

    def column(self, first_row: int, column: int, count: int) -> list[float | str | None]:
        """What stands below each other; None for an empty cell."""
        found = [self.cells.get((row, column)) for row in range(first_row, first_row + count)]
        return [cell.value if cell else None for cell in found]

    def find(self, text: str) -> tuple[int, int]:
        """Where a text stands first."""
        return min(place for place, cell in self.cells.items() if cell.value == text)


def read_workbook(content: bytes) -> list[Sheet]:
    """The sheets in their order."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    book = etree.fromstring(archive.read("xl/workbook.xml"))
    links = {
        link.get("Id"): link.get("Target")
        for link in etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    strings: list[str] = []
    if "xl/sharedStrings.xml" in archive.namelist():
        root = etree.fromstring(archive.read("xl/sharedStrings.xml"))
        strings = ["".join(item.itertext()) for item in root]
    formats = _formats(etree.fromstring(archive.read("xl/styles.xml")))
    return [
        _sheet(
            sheet.get("name"),
            etree.fromstring(archive.read(f"xl/{links[sheet.get(_RELATION)]}")),
            strings,
            formats,
        )
        for sheet in book.iter(f"{_MAIN}sheet")
    ]


def _formats(styles: etree._Element) -> list[str]:
    own = {n.get("numFmtId"): n.get("formatCode") for n in styles.iter(f"{_MAIN}numFmt")}
    built_in = {"0": "General", "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00"}
    cells = styles.find(f"{_MAIN}cellXfs")
    return [{**built_in, **own}[style.get("numFmtId")] for style in cells]


def _sheet(name: str, root: etree._Element, strings: list[str], formats: list[str]) -> Sheet:
    cells = {}
    for cell in root.iter(f"{_MAIN}c"):
        value = cell.find(f"{_MAIN}v")
        if value is None:
            continue
        is_text = cell.get("t") == "s"
        letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r")).groups()
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        cells[int(row) - 1, column - 1] = Read(
            strings[int(value.text)] if is_text else float(value.text),
            formats[int(cell.get("s", "0"))],
            cell.find(f"{_MAIN}f") is not None,
        )
    pane = next(root.iter(f"{_MAIN}pane"), None)
    frozen = pane.get("topLeftCell") if pane is not None else ""
    return Sheet(name, cells, frozen, len(list(root.iter(f"{_MAIN}drawing"))))
