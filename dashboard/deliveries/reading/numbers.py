"""Numbers as people and Excel write them: separators, signs, units, percent, powers of ten.

Only what is exact is read. 3.30681E+09 has lost digits, 1.23456万 is no number of people, and 85%
in a column that is no percentage could be 85 or 0.85: those are faults, and a fault keeps its text.
"""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec

from dashboard.contract import Field
from dashboard.deliveries.reading.spelling import is_split, plain, without_spaces

# Beyond this no count of people, square metres or yuan reaches, and Excel loses digits.
_LARGEST_EXPONENT = 15

_GROUPS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_SPACED_GROUPS = re.compile(r"[+-]?\d{1,3}(?:\s\d{3})+(?:\.\d*)?")
_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_POWER = re.compile(r"(?P<sign>[+-]?)(?P<whole>\d)(?:\.(?P<rest>\d*))?[eE]\+?(?P<power>-?\d{1,3})")
_LIKE_POWER = re.compile(r"[+-]?[\d.,]+[eE][+-]?\d+")
_WITH_UNIT = re.compile(r"(?P<number>[+-]?[\d.,]+)(?P<unit>[^\d.,+\-].*)")

_TIMES = {"万": Decimal(10**4), "亿": Decimal(10**8), "": Decimal(1)}
_MONEY = {"元": Decimal(1), "万元": Decimal(10**4), "亿元": Decimal(10**8)}
# Other words for the units of the contract.
_SAME_UNITS = {
    "人": ("人", "名", "人数"),
    "个": ("个", "班"),
    "平方米": ("平方米", "㎡", "m²", "m2", "M2", "平米"),
    "%": ("%", "百分比"),
}


class Number(msgspec.Struct, frozen=True):
    """A plain number and how it had been written; with `fault` the text could not be understood."""

    text: str
    kinds: tuple[str, ...] = ()
    fault: str | None = None


def read_number(text: str, field: Field) -> Number:
    """Return number in plain digits. Without kinds or fault it is as it came, right or wrong."""
    kinds: list[str] = []
    number = plain(text)
    if is_split(number):
        if not _SPACED_GROUPS.fullmatch(number):
            return Number(text)
        kinds.append("thousands_separator")
    number = without_spaces(number)
    if plain(text) != text:
        kinds.append("full_width")
    elif number != text and not kinds:
        kinds.append("inner_spaces")
    if _LIKE_POWER.fullmatch(number):
        return _written_out(text, number, kinds)
    factor = Decimal(1)
    match = _WITH_UNIT.fullmatch(number)
    if match:
        found = _factor(match["unit"], field)
        if found is None:
            return Number(text, fault=_unit_fault(match["unit"]))
        factor, kind = found
        number = match["number"]
        kinds.append(kind)
    if "," in number:
        if not _GROUPS.fullmatch(number):
            return Number(text)
        number = number.replace(",", "")
        kinds.append("thousands_separator")
    if not _DECIMAL.fullmatch(number):
        return Number(text)
    return _scaled(text, number, factor, field, kinds)


def same_unit(unit: str, field: Field) -> bool:
    """Whether a unit in words is the field's own."""
    return bool(field.unit) and unit in (field.unit, *_SAME_UNITS.get(field.unit, ()))


def exact_digits(text: str) -> str | None:
    """Return the whole number that 3.306810001E+09 stands for, or None when digits are lost."""
    match = _POWER.fullmatch(text)
    if match is None:
        return None
    rest, power = match["rest"] or "", int(match["power"])
    if power < 0 or power > _LARGEST_EXPONENT or len(rest.rstrip("0")) > power or len(rest) < power:
        return None
    return f"{match['sign'].replace('+', '')}{match['whole']}{rest[:power]}"


def _written_out(text: str, number: str, kinds: list[str]) -> Number:
    digits = exact_digits(number)
    if digits is None:
        return Number(text, fault="scientific")
    return Number(digits, (*kinds, "scientific"))


def _factor(unit: str, field: Field) -> tuple[Decimal, str] | None:
    """By what the number has to be multiplied to be in the field's unit."""
    if unit in ("%", "‰"):
        if field.unit != "%":
            return None
        return (Decimal(1) if unit == "%" else Decimal("0.1")), "percent"
    if field.unit in _MONEY:
        return (_MONEY[unit] / _MONEY[field.unit], "unit") if unit in _MONEY else None
    if same_unit(unit, field):
        return Decimal(1), "unit"
    times, rest = (unit[0], unit[1:]) if unit[0] in _TIMES else ("", unit)
    if times and field.unit != "%" and (not rest or same_unit(rest, field)):
        return _TIMES[times], "unit"
    return None


def _unit_fault(unit: str) -> str | None:
    """Take a sign that changes the number for a fault; other words are no number at all."""
    if unit in ("%", "‰"):
        return "percent"
    return "unit" if unit[0] in "万亿千百" else None


def _scaled(text: str, number: str, factor: Decimal, field: Field, kinds: list[str]) -> Number:
    if factor != 1:
        value = Decimal(number) * factor
        whole = value == value.to_integral_value()
        if field.type != "number" and not whole:
            return Number(text, fault="unit")
        number = f"{value.to_integral_value() if whole else value.normalize():f}"
    elif field.type != "number" and "." in number and not number.split(".")[1].strip("0"):
        number = number.split(".")[0] or "0"
        kinds.append("whole_number")
    return Number(number, tuple(kinds))
