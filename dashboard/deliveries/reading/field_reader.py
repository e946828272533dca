"""One value of an export, from the text that came to the text of the contract.

What can be understood safely is rewritten and says how; what would be a guess is a fault, or stays
as it came for the contract's check to name. Only the distinct values of a column come here.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from dashboard.contract import Field
from dashboard.deliveries.reading.dates import read_date, read_month, read_year
from dashboard.deliveries.reading.numbers import exact_digits, read_number
from dashboard.deliveries.reading.spelling import (
    BLANKS,
    is_failed,
    is_nothing,
    is_split,
    plain,
    without_invisible,
    without_spaces,
)
from dashboard.settings import MAX_CELL_LENGTH

_YES = frozenset(("√", "✓", "✔", "☑", "TRUE", "T", "YES", "Y", "1", "1.0"))
_NO = frozenset(("×", "✗", "✘", "✕", "☒", "FALSE", "F", "NO", "N", "0", "0.0"))

_MONTHS = r"\d{4}-(0[1-9]|1[0-2])"
_YEAR_COLUMNS = ("year", "school_year", "plan_year")

# ="0330681" is how systems keep Excel from making a number of a code.
_EXCEL_TEXT = re.compile(r'="([^"]*)"')
_GROUPED_CODE = re.compile(r"\d{1,3}(,\d{3})+")


class Value(msgspec.Struct, frozen=True):
    """A value in the contract's form (None for empty) and what was done to it.

    With a `fault` the text stays as it came: it could not be understood, and a reading must say so.
    """

    text: str | None
    kinds: tuple[str, ...] = ()
    fault: str | None = None


class FieldReader:
    """Reads the values of one field."""

    def __init__(self, field: Field, *, is_code: bool = False) -> None:
        """`is_code`: part of a key, so that it is compared and not only shown."""
        self._field = field
        self._pattern = re.compile(field.pattern, re.ASCII) if field.pattern else None
        self._is_code = is_code or self._pattern is not None
        self._choices = {_spelled(str(choice)): str(choice) for choice in field.enum}
        self._names = {_spelled(name): code for name, code in field.synonyms.items()}
        self._read = self._reader()
        self._clean = _clean_form(field)

    def __call__(self, text: str) -> Value:
        if self._clean is not None and self._clean(text):
            return Value(text)
        if len(text) > MAX_CELL_LENGTH:
            return Value(text, fault="too_long")
        trimmed, kinds = _trimmed(text)
        if not trimmed or is_nothing(trimmed):
            return Value(None, ("blank",) if trimmed else ())
        if is_failed(trimmed):
            return Value(text, fault="excel_error")
        marked = _EXCEL_TEXT.fullmatch(trimmed)
        if marked or (trimmed[0] in "'’" and len(trimmed) > 1 and self._is_code):
            trimmed = (marked[1] if marked else trimmed[1:]).strip(BLANKS)
            kinds += ("excel_text",)
            if not trimmed:
                return Value(None, kinds)
        elif trimmed[0] == "=":
            return Value(text, fault="formula")
        read = self._read(trimmed)
        if read.fault is not None:
            return Value(text, fault=read.fault)
        return Value(read.text, kinds + read.kinds)

    def allows(self, text: str) -> bool:
        """Whether a value in the contract's form is one the field takes, by list or pattern."""
        if self._field.enum:
            return text in self._choices.values()
        return self._pattern is None or self._pattern.fullmatch(text) is not None

    def _reader(self) -> Callable[[str], Value]:
        field = self._field
        if field.type == "boolean":
            return self._boolean
        if field.column in _YEAR_COLUMNS or field.type == "year":
            return self._year
        if field.type in ("integer", "number"):
            return self._number
        if field.type == "date":
            return self._date
        if field.type == "yearmonth" or (field.pattern or "").strip("^$") == _MONTHS:
            return self._month
        if field.enum:
            return self._choice
        return self._code if self._is_code else Value

    def _boolean(self, text: str) -> Value:
        allowed = (*self._field.true_values, *self._field.false_values)
        if text in allowed:
            return Value(text)
        word = _spelled(text).upper()
        if word in _YES:
            return Value(self._field.true_values[0], ("boolean_form",))
        if word in _NO:
            return Value(self._field.false_values[0], ("boolean_form",))
        known = next((value for value in allowed if _spelled(value) == _spelled(text)), None)
        return Value(known, ("inner_spaces",)) if known else Value(text)

    def _number(self, text: str) -> Value:
        number = read_number(text, self._field)
        return Value(number.text, number.kinds, number.fault)

    def _year(self, text: str) -> Value:
        school = self._field.column == "school_year"
        return self._period(text, lambda form: read_year(form, school=school)) or self._number(text)

    def _date(self, text: str) -> Value:
        return self._period(text, read_date) or Value(text)

    def _month(self, text: str) -> Value:
        return self._period(text, read_month) or Value(text)

    def _period(self, text: str, read: Callable[[str], tuple[str, str] | None]) -> Value | None:
        form = plain(text)
        found = read(form) or (None if is_split(form) else read(without_spaces(form)))
        if found is None:
            return None
        period, kind = found
        return Value(period, (kind,)) if period != text else Value(period)

    def _choice(self, text: str) -> Value:
        choice = self._choices.get(_spelled(text))
        if choice is None or choice == text:
            return Value(text)
        return Value(choice, ("full_width" if without_spaces(text) != choice else "inner_spaces",))

    def _code(self, text: str) -> Value:
        if self._fits(text):
            return Value(text)
        name = self._names.get(_spelled(text))
        if name is not None:
            return Value(name, ("name_for_code",))
        code = plain(text)
        kinds: tuple[str, ...] = ("full_width",) if code != text else ()
        if self._fits(code):
            return Value(code, kinds)
        if re.fullmatch(r"[+-]?[\d.]+[eE][+-]?\d+", code):
            digits = exact_digits(code)
            if digits is None or not self._fits(digits):
                return Value(text, fault="scientific_code")
            return Value(digits, (*kinds, "scientific"))
        return self._respelled_code(code, kinds) or Value(text)

    def _respelled_code(self, code: str, kinds: tuple[str, ...]) -> Value | None:
        """Return a code that differs from a fitting one by what Excel or a typist put in."""
        if self._pattern is None:
            return Value(code, kinds) if kinds else None
        for kind, spelled in (
            ("whole_number", re.sub(r"\.0+$", "", code)),
            ("inner_spaces", without_spaces(code)),
            ("thousands_separator", code.replace(",", "") if _GROUPED_CODE.fullmatch(code) else ""),
            ("leading_zero", self._with_lost_zeros(code)),
        ):
            if spelled and spelled != code and self._fits(spelled):
                return Value(spelled, (*kinds, kind))
        return None

    def _fits(self, code: str) -> bool:
        if self._pattern is None:
            # A key of any form: it must only be spelled as the other exports spell it.
            return code == plain(code) and not re.fullmatch(r"[\d.]+[eE][+]\d+", code)
        return self._pattern.fullmatch(code) is not None

    def _with_lost_zeros(self, code: str) -> str:
        """Return code with zeros in front, when the pattern leaves no other way to complete it."""
        if self._pattern is None or not re.fullmatch(r"\d+", code):
            return ""
        fitting = [zeros for zeros in range(1, 7) if self._fits("0" * zeros + code)]
        if len(fitting) != 1:
            return ""
        zeros = fitting[0]
        other = any(self._fits(digit * zeros + code) for digit in "123456789")
        return "" if other else "0" * zeros + code


def _trimmed(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without what surrounds it unseen; spaces alone are not worth telling of."""
    seen = without_invisible(text)
    trimmed = seen.strip(BLANKS)
    kinds = (("invisible",) if len(seen) < len(text) and seen != text.replace("\r", "") else ()) + (
        ("spaces",) if trimmed != seen and trimmed else ()
    )
    return trimmed, kinds


def _spelled(text: str) -> str:
    return without_spaces(plain(text))


def _clean_form(field: Field) -> Callable[[str], object] | None:
    """Test quickly for values that are in the contract's form already; most are."""
    if field.enum and field.type == "string":
        return frozenset(map(str, field.enum)).__contains__
    if field.type == "boolean":
        return frozenset((*field.true_values, *field.false_values)).__contains__
    if field.type == "integer":
        return re.compile(r"0|-?[1-9][0-9]{0,17}").fullmatch
    if field.pattern and field.type == "string" and field.pattern.strip("^$") != _MONTHS:
        return re.compile(field.pattern, re.ASCII).fullmatch
    return None
