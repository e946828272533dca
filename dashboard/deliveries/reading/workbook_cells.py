"""A cell of a workbook as the text a person sees: numbers by their format, dates, errors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

import msgspec

from dashboard.deliveries.reading.xml_part import XmlPart

Kind = Literal["number", "date", "percent", "padded"]

# Excel's built-in formats for dates and times, those of its Chinese edition among them.
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_PERCENTS = frozenset((9, 10))

# In a format: quoted words, conditions and colours, escaped characters, fill and width.
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_SERIAL_ZERO = datetime(1899, 12, 30)
_LAST_SERIAL = 2_958_465

# A date as a number of hours and minutes is no date.
_FIRST_SERIAL = 1


class Styles(msgspec.Struct, frozen=True):
    """How the cells of each style show a number; `digits` of those with zeros in front."""

    kinds: Sequence[Kind] = ()
    digits: Mapping[int, int] = {}

    def of(self, style: int) -> tuple[Kind, int]:
        if not 0 <= style < len(self.kinds):
            return "number", 0
        return self.kinds[style], self.digits.get(style, 0)


class StylesPart(XmlPart):
    """The number formats of a workbook's styles."""

    def __init__(self) -> None:
        super().__init__()
        self._formats: dict[int, str] = {}
        self._kinds: list[Kind] = []
        self._digits: dict[int, int] = {}
        self._of_cells = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            self._formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._of_cells = True
        elif name == "xf" and self._of_cells:
            identifier = int(attributes.get("numFmtId", "0"))
            kind = _kind(identifier, self._formats.get(identifier, ""))
            if kind == "padded":
                self._digits[len(self._kinds)] = len(self._formats[identifier])
            self._kinds.append(kind)

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._of_cells = False

    def styles(self) -> Styles:
        return Styles(self._kinds, self._digits)


class WorkbookCell(msgspec.Struct):
    """What the XML says of a cell: its type, style, and the texts inside it."""

    kind: str
    style: int
    value: str = ""
    formula: str | None = None
    inline: str = ""


def cell_text(cell: WorkbookCell, strings: Sequence[str], styles: Styles) -> str:
    """Return the text of a cell; a formula that was never calculated is its own text, with `=`."""
    if cell.kind == "inlineStr":
        return unescaped(cell.inline)
    if not cell.value:
        # A formula whose result is the empty text says so in its type.
        uncalculated = cell.formula is not None and cell.kind != "str"
        return f"={cell.formula}" if uncalculated else ""
    if cell.kind == "s":
        index = int(cell.value)
        if index < 0:
            raise IndexError(index)
        return strings[index]
    if cell.kind == "n":
        return _number_text(cell.value, *styles.of(cell.style))
    if cell.kind == "b":
        return "TRUE" if cell.value.strip() in ("1", "true") else "FALSE"
    if cell.kind == "d":
        return cell.value.removesuffix("T00:00:00").replace("T", " ")
    return unescaped(cell.value)


def _kind(identifier: int, code: str) -> Kind:
    if identifier in _DATES and not code:
        return "date"
    if identifier in _PERCENTS and not code:
        return "percent"
    shown = _LITERAL.sub("", code.split(";")[0]).lower().replace("general", "")
    if "%" in shown:
        return "percent"
    if re.fullmatch("0{2,15}", code):
        return "padded"
    if any(letter in shown for letter in "ymdhs") and "e+" not in shown and "e-" not in shown:
        return "date"
    return "number"


def _number_text(value: str, kind: Kind, digits: int) -> str:
    """Return a number in plain digits, with the 15 that Excel calculates with and shows."""
    if kind == "number" and len(value) <= 15 and value.isdecimal() and value[0] != "0":
        return value
    number = float(value)
    if number != number or number in (float("inf"), float("-inf")):
        raise ValueError(value)
    if kind == "date" and _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return _date_text(number)
    exact = Decimal(f"{number:.15g}")
    if kind == "percent":
        return f"{_plain(Decimal(f'{exact * 100:.15g}'))}%"
    if abs(number) >= 1e15:
        # Digits are lost already: let it look like it.
        return f"{number:.15g}".upper()
    text = _plain(exact)
    return text.zfill(digits) if kind == "padded" else text


def _plain(number: Decimal) -> str:
    if number == number.to_integral_value():
        return str(int(number))
    return f"{number.normalize():f}"


def _date_text(number: float) -> str:
    """Return day, with the time only where there is one. Excel believes in a 29 February 1900."""
    days = number if number >= 60 else number + 1
    moment = _SERIAL_ZERO + timedelta(seconds=round(days * 86_400))
    if (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        return moment.date().isoformat()
    return moment.isoformat(sep=" ")


def unescaped(text: str) -> str:
    """Return the text with the characters that XML cannot hold, which Excel writes as _x000D_."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(_character, text)


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1], 16)
    # Half of a surrogate pair is no character.
    return "" if 0xD800 <= code <= 0xDFFF else chr(code)
