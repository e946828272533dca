"""Findings of reading: where something is, what is wrong with it and what to do."""

from __future__ import annotations

from dashboard.deliveries.model import Finding, Place, Severity


class RefusedError(Exception):
    """A file, sheet or table that cannot be read; `finding` says why and what to do."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message_en)
        self.finding = finding


def refused(
    place: Place,
    kind: str,
    zh: str,
    en: str,
    *,
    expected: tuple[str, str] = ("", ""),
    row: int | None = None,
    column: str | None = None,
    value: str | None = None,
) -> RefusedError:
    """The error to raise; `zh` and `en` are whole sentences without the place."""
    return RefusedError(
        finding(place, kind, zh, en, expected=expected, row=row, column=column, value=value)
    )


def finding(
    place: Place,
    kind: str,
    zh: str,
    en: str,
    *,
    expected: tuple[str, str] = ("", ""),
    row: int | None = None,
    column: str | None = None,
    value: str | None = None,
    severity: Severity = "error",
) -> Finding:
    """A finding whose messages begin with its place."""
    return Finding(
        file=place.file,
        sheet=place.sheet,
        kind=kind,
        row=row,
        column=column,
        value=None if value is None else shortened(value),
        severity=severity,
        wrong_zh=zh,
        wrong_en=en,
        expected_zh=expected[0],
        expected_en=expected[1],
        message_zh=f"{place_zh(place, row, column)}：{zh}",
        message_en=f"{place_en(place, row, column)}: {en}",
    )


def place_zh(place: Place, row: int | None = None, column: str | None = None) -> str:
    """A place in Chinese, from the file to the column."""
    sheet = f" 工作表“{place.sheet}”" if place.sheet else ""
    line = f" 第 {row} 行" if row is not None else ""
    return f"{place.file}{sheet}{line}" + (f"「{column}」" if column else "")


def place_en(place: Place, row: int | None = None, column: str | None = None) -> str:
    """A place in English, from the file to the column."""
    sheet = f" sheet “{place.sheet}”" if place.sheet else ""
    line = f" row {row}" if row is not None else ""
    return f"{place.file}{sheet}{line}" + (f", {column}" if column else "")


def shortened(value: str) -> str:
    """A value as far as a message shows it."""
    return value if len(value) <= 60 else f"{value[:59]}…"
