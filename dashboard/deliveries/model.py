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
# What a delivery is held against: a published version, or the data folder while there is none.
Base = Literal["version", "data_folder"]
# The kind of a finding about an export that is neither delivered nor in the base.
MISSING_EXPORT = "missing_file"


class Upload(msgspec.Struct, frozen=True):
    """A file as it was handed in: its name without folder, and its bytes."""

    name: str
    content: bytes


class Location(msgspec.Struct, frozen=True):
    """A table inside an upload; `sheet` only in a workbook. Inside a zip: `a.zip/b.csv`."""

    file: str
    sheet: str | None = None


class Finding(Problem, frozen=True, kw_only=True):
    """A problem of a delivery: errors block, warnings want a reason.

    `file`, `sheet` and `row` are those of the source as it came. `expected_zh` and `expected_en`
    say what should stand there; the messages hold everything, place included. With `base` the file
    and row are those of what the delivery is held against instead: rows that were not delivered
    and that the delivery makes wrong.
    """

    severity: Severity = "error"
    sheet: str | None = None
    base: Base | None = None
    expected_zh: str = ""
    expected_en: str = ""


class Normalised(msgspec.Struct, frozen=True, kw_only=True):
    """What was understood although it is not what the contract says: told, not hidden.

    `kind` is a code (`thousands_separator`, `total_row`, …); `count` says how often, `row`,
    `column`, `before` and `after` show the first.
    """

    place: Location
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

    place: Location
    choices: tuple[str, ...]


class DeliveredTable(msgspec.Struct, frozen=True, kw_only=True):
    """A recognised table in the contract's form.

    `frame` has `_row` (int) and every header of the contract, in order, as text; None for empty.
    `original` has the same columns and index with the text as it came (to mark cells). `periods`
    are the periods the rows cover, sorted; see `dashboard.deliveries.periods`. `absent` are the
    headers whose columns the file does not have: they need not be there and read as empty.
    """

    resource: str
    place: Location
    encoding: str
    delimiter: str | None
    sha256: str
    frame: pd.DataFrame
    original: pd.DataFrame
    periods: tuple[str, ...]
    absent: tuple[str, ...] = ()


class ReadDelivery(msgspec.Struct, frozen=True, kw_only=True):
    """All that was made of some uploads; without findings of severity error nothing was refused."""

    uploads: tuple[Upload, ...]
    tables: tuple[DeliveredTable, ...] = ()
    findings: tuple[Finding, ...] = ()
    normalised: tuple[Normalised, ...] = ()
    questions: tuple[Question, ...] = ()


Answers = Mapping[Location, str]


class RowRange(msgspec.Struct, frozen=True, kw_only=True):
    """Consecutive rows of a candidate's export that were consecutive rows of one source.

    `first` and `last` are rows of the candidate's file as Excel counts them, inclusive. `place` is
    the delivered table, None for rows kept from the base's own file; `source_first` is the row
    there that became `first`.
    """

    resource: str
    first: int
    last: int
    place: Location | None
    source_first: int


class RowChange(msgspec.Struct, frozen=True, kw_only=True):
    """A value that a delivery changes, in the row of that key; both as the files write them."""

    key: tuple[str, ...]
    column: str
    before: str | None
    after: str | None


class ExportChanges(msgspec.Struct, frozen=True, kw_only=True):
    """What happens to the rows of one export, counted by primary key, with the first of each."""

    resource: str
    added: int
    changed: int
    removed: int
    same: int
    first_added: tuple[tuple[str, ...], ...] = ()
    first_changed: tuple[RowChange, ...] = ()
    first_removed: tuple[tuple[str, ...], ...] = ()


class SchoolChange(msgspec.Struct, frozen=True, kw_only=True):
    """A school's total of a column, in the delivered period and before.

    `period_before` is the same period where the base has it, else the one before; None, like the
    value, where the school has none.
    """

    resource: str
    school_id: str
    school_name: str
    county_id: str
    column: str
    period: str
    period_before: str | None
    before: float | None
    after: float | None


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A reading held against the contract and against the version it would replace.

    `folder` holds the candidate: the exports of `base` with the delivered periods in place of
    theirs, as a data folder that `open_database` opens. It is absent when errors leave nothing to
    open. The caller removes it. `checks` names what the candidate was held against, `runs` say
    where its rows come from (of exports without a run every row is the base's), `changes` and
    `schools` what differs from the base. `written` says by file name which of the contract's
    versions all rows of an export keep, for kept rows may be older. These four are there with the
    folder only.
    """

    reading: ReadDelivery
    findings: tuple[Finding, ...]
    base: str | None
    folder: Path | None
    checks: tuple[str, ...] = ()
    runs: tuple[RowRange, ...] = ()
    changes: tuple[ExportChanges, ...] = ()
    schools: tuple[SchoolChange, ...] = ()
    written: Mapping[str, str] = {}

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "error"]

    @property
    def lacking(self) -> list[Finding]:
        """The errors about exports that have to be delivered too, for there are none to keep."""
        return [finding for finding in self.findings if finding.kind == MISSING_EXPORT]

    @property
    def is_incomplete(self) -> bool:
        """Whether nothing is wrong but that other exports are lacking."""
        return bool(self.lacking) and self.lacking == self.errors

    @property
    def changes_nothing(self) -> bool:
        """Whether a published version has every delivered row already, and no others of them."""
        changes = (each.added or each.changed or each.removed for each in self.changes)
        return self.folder is not None and self.base is not None and not any(changes)

    @property
    def warnings(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.severity == "warning"]
