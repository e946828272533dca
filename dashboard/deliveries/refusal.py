"""Findings of reading: where something is, what is wrong with it and what to do."""

from __future__ import annotations

from typing import TypedDict, Unpack

from dashboard.deliveries.model import Base, Finding, Location, Severity

_BEFORE = {
    None: ("", ""),
    "version": ("已发布的 ", "published "),
    "data_folder": ("数据目录的 ", "data folder, "),
}


class RefusedError(Exception):
    """A file, sheet or table that cannot be read; `finding` says why and what to do."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message_en)
        self.finding = finding


class Details(TypedDict, total=False):
    """Where in a place something is, and what should stand there in Chinese and in English."""

    expected: tuple[str, str]
    row: int | None
    column: str | None
    value: str | None


def refused(
    place: Location, kind: str, zh: str, en: str, **details: Unpack[Details]
) -> RefusedError:
    """Return the error to raise; `zh` and `en` are whole sentences without the place."""
    return RefusedError(finding(place, kind, zh, en, **details))


def finding(
    place: Location,
    kind: str,
    zh: str,
    en: str,
    *,
    severity: Severity = "error",
    base: Base | None = None,
    **details: Unpack[Details],
) -> Finding:
    """Return a finding whose messages begin with its place; rows of the base are called so."""
    row, column, value = (details.get("row"), details.get("column"), details.get("value"))
    expected_zh, expected_en = details.get("expected", ("", ""))
    before_zh, before_en = _BEFORE[base]
    return Finding(
        file=place.file,
        sheet=place.sheet,
        kind=kind,
        row=row,
        column=column,
        value=None if value is None else shortened(value),
        severity=severity,
        base=base,
        wrong_zh=zh,
        wrong_en=en,
        expected_zh=expected_zh,
        expected_en=expected_en,
        message_zh=f"{before_zh}{place_zh(place, row, column)}：{zh}",
        message_en=f"{before_en}{place_en(place, row, column)}: {en}",
    )


def place_zh(place: Location, row: int | None = None, column: str | None = None) -> str:
    """Return a place in Chinese, from the file to the column."""
    sheet = f" 工作表“{place.sheet}”" if place.sheet else ""
    line = f" 第 {row} 行" if row is not None else ""
    return f"{place.file}{sheet}{line}" + (f"「{column}」" if column else "")


def place_en(place: Location, row: int | None = None, column: str | None = None) -> str:
    """Return a place in English, from the file to the column."""
    sheet = f" sheet “{place.sheet}”" if place.sheet else ""
    line = f" row {row}" if row is not None else ""
    return f"{place.file}{sheet}{line}" + (f", {column}" if column else "")


def shortened(value: str) -> str:
    """Return a value as far as a message shows it."""
    return value if len(value) <= 60 else f"{value[:59]}…"
