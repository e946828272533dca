"""Dates, months and years in the ways people and Excel write them. What is ambiguous stays.

`24/9/1`, `9/1/2024`, `24-Sep` and `2024.1` (January, or October whose zero Excel dropped) could be
read in two ways: they are not read.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

_YEAR = r"(?P<year>(?:19|20)\d{2})"
_DATE = re.compile(
    rf"{_YEAR}(?:"
    r"-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})|/(?P<m2>\d{1,2})/(?P<d2>\d{1,2})"
    r"|\.(?P<m3>\d{1,2})\.(?P<d3>\d{1,2})|年(?P<m4>\d{1,2})月(?P<d4>\d{1,2})[日号]?"
    r"|(?P<m5>\d{2})(?P<d5>\d{2}))"
    # A time of day says nothing about the day.
    r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.0+)?)?)?"
)
_MONTH = re.compile(
    rf"{_YEAR}(?:-(?P<m1>\d{{1,2}})|/(?P<m2>\d{{1,2}})|\.(?P<m3>\d{{2}}|[2-9])"
    r"|年(?P<m4>\d{1,2})月份?|(?P<m5>\d{2}))"
)
# What Excel makes of 2024-09 when it saves it as text.
_EXCEL_MONTH = re.compile(r"(?P<name>[A-Za-z]{3})-(?P<short>\d{2})")
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_SERIAL = re.compile(r"\d{5}(?:\.0+)?")
_SERIAL_ZERO = date(1899, 12, 30)
# Not before 2000: 20241 would be a day of 1955, and is a month whose zero was forgotten.
_SERIALS = range((date(2000, 1, 1) - _SERIAL_ZERO).days, (date(2100, 1, 1) - _SERIAL_ZERO).days)

_YEAR_ONLY = re.compile(rf"{_YEAR}(?:年度?)?")
_SCHOOL_YEAR = re.compile(
    rf"{_YEAR}(?:(?:学年度?|年)|\s*[-—–~至/]\s*(?P<next>\d{{2}}|(?:19|20)\d{{2}})(?:学年度?)?)"
)


def read_date(text: str) -> tuple[str, str] | None:
    """Return the date as 2024-09-01 and the kind of spelling; None when it is no plain date."""
    match = _DATE.fullmatch(text)
    if match:
        month, day = _parts(match, "m"), _parts(match, "d")
        try:
            return date(int(match["year"]), month, day).isoformat(), "date_form"
        except ValueError:
            return None
    return _read_serial(text)


def read_month(text: str) -> tuple[str, str] | None:
    """Return month as 2024-09 and the kind of spelling; also of a date that is a month's first."""
    match = _MONTH.fullmatch(text)
    if match:
        return _month(int(match["year"]), _parts(match, "m"))
    match = _EXCEL_MONTH.fullmatch(text)
    if match and match["name"].lower() in _NAMES:
        return _month(2000 + int(match["short"]), _NAMES.index(match["name"].lower()) + 1)
    day = read_date(text)
    return (day[0][:7], day[1]) if day and day[0].endswith("-01") else None


def read_year(text: str, *, school: bool) -> tuple[str, str] | None:
    """Return year as four digits; of a school year (2024-2025学年) the one in which it begins."""
    match = _YEAR_ONLY.fullmatch(text)
    if match:
        return match["year"], "date_form"
    match = _SCHOOL_YEAR.fullmatch(text) if school else None
    if match is None:
        return None
    year, ending = match["year"], match["next"]
    follows = ending is None or str(int(year) + 1).endswith(ending)
    return (year, "date_form") if follows else None


def _parts(match: re.Match[str], letter: str) -> int:
    found = [match[f"{letter}{form}"] for form in range(1, 6)]
    return int(next(part for part in found if part))


def _month(year: int, month: int) -> tuple[str, str] | None:
    return (f"{year}-{month:02}", "date_form") if 1 <= month <= 12 else None


def _read_serial(text: str) -> tuple[str, str] | None:
    if not _SERIAL.fullmatch(text):
        return None
    days = int(text.split(".")[0])
    if days not in _SERIALS:
        return None
    return (_SERIAL_ZERO + timedelta(days=days)).isoformat(), "excel_serial"
