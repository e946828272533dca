"""What the steps of a delivery hand to each other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec
import pandas as pd

from dashboard.contract import Problem

# Under this name a table holds the row of the source that a person sees in Excel.
ROW = "_row"

Severity = Literal["error", "warning"]


class Upload(msgspec.Struct, frozen=True):
    """A file as it was handed in: its name without folder, and its bytes."""

    name: str
    content: bytes


class Place(msgspec.Struct, frozen=True):
    """A table inside an upload; `sheet` only in a workbook. Inside a zip: `a.zip/b.csv`."""

    file: str
    sheet: str | None = None


class Finding(Problem, frozen=True, kw_only=True):
    """A problem of a delivery: errors block, warnings want a reason.

    `file`, `sheet` and `row` are those of the source as it came. `expected_zh` and `expected_en`
    say what should stand there; the messages hold everything, place included.
    """

    severity: Severity = "error"
    sheet: str | None = None
    expected_zh: str = ""
    expected_en: str = ""


class Normalised(msgspec.Struct, frozen=True, kw_only=True):
    """What was understood although it is not what the contract says: told, not hidden.

    `kind` is a code (`thousands_separator`, `total_row`, …); `count` says how often, `row`,
    `column`, `before` and `after` show the first.
    """

    place: Place
    kind: str
    count: int
    message_zh: str
    message_en: str
    row: int | None = None
    column: str | None = None
    before: str | None = None
    after: str | None = None


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A table that fits several exports; the answer is one of `choices` (resource names)."""

    place: Place
    choices: tuple[str, ...]


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A recognised table in the contract's form.

    `frame` has `_row` (int) and every header of the contract, in order, as text; None for empty.
    `original` has the same columns and index with the text as it came (to mark cells). `periods`
    are the periods the rows cover, sorted; see `period_columns`.
    """

    resource: str
    place: Place
    encoding: str
    delimiter: str | None
    sha256: str
    frame: pd.DataFrame
    original: pd.DataFrame
    periods: tuple[str, ...]


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """All that was made of some uploads; without findings of severity error nothing was refused."""

    uploads: tuple[Upload, ...]
    tables: tuple[Table, ...] = ()
    findings: tuple[Finding, ...] = ()
    normalised: tuple[Normalised, ...] = ()
    questions: tuple[Question, ...] = ()


Answers = Mapping[Place, str]


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A reading held against the contract and against the version it would replace.

    `folder` holds the candidate: the exports of `base` with the delivered periods in place of
    theirs, as a data folder that `open_database` opens. It is absent when errors of reading leave
    nothing to build. The caller removes it.
    """

    reading: Reading
    findings: tuple[Finding, ...]
    base: str | None
    folder: Path | None

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "error"]

    @property
    def warnings(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "warning"]
