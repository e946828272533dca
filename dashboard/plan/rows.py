"""The rows of a plan year's tables, in their types.

What a cell may hold stands in the contract, data/plan/datapackage.yaml; a test holds the two
together.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

import msgspec
import pandas as pd
from msgspec import Struct

Kind = Literal["count", "rate", "change", "county_count", "milestone", "directional"]
Comparator = Literal[">=", "<=", "reach", "increase", "decrease", "stable"]
Scope = Literal["county", "city"]
Certainty = Literal["V", "M", "R"]
Basis = Literal["plan", "reading"]
MilestoneSource = Literal["accreditation", "project"]
MilestoneStep = Literal["", "approval", "start", "topping", "completion", "use"]


class Office(Struct, frozen=True):
    """An office (处室) of the bureau. `certainty` R: the bureau has yet to confirm it."""

    office_id: str
    name_zh: str
    name_en: str
    certainty: Certainty


class Clause(Struct, frozen=True):
    """A numbered clause. `text_zh` is all of it after the number, its title included."""

    clause: int
    section_zh: str
    section_en: str
    title_zh: str
    title_en: str
    text_zh: str


class Task(Struct, frozen=True):
    """Something the plan asks for, in its own words, due by the end of `due_month` (YYYY-MM)."""

    task_id: str
    clause: int
    quote_zh: str
    office_id: str
    due_month: str


class Target(Struct, frozen=True):
    """What the plan asks of one indicator: `target` in `unit_zh`, or None where it gives no number.

    `scope` says whether every county is asked or only the city as a whole. `basis` says whether the
    plan itself gives what is asked (plan) or it is our reading of its words (reading). `counties`
    are those that it is asked of, where not of everybody; with `all` among them the city is judged
    too, over them together.
    """

    indicator_id: str
    clause: int
    quote_zh: str
    kind: Kind
    comparator: Comparator
    target: float | None
    unit_zh: str
    scope: Scope
    office_id: str
    due_month: str
    basis: Basis
    counties: str = ""


class Milestone(Struct, frozen=True):
    """One step of a milestone target, and the export whose record shows that it was taken.

    `key` is what to look for there: the category of an accreditation in `county_id`, or the name of
    a building project, which then has to reach `step`.
    """

    indicator_id: str
    milestone_id: str
    county_id: str
    name_zh: str
    name_en: str
    source: MilestoneSource
    key: str
    step: MilestoneStep
    due_month: str


class TargetChange(Struct, frozen=True):
    """Another number for a target from the month `from_month` on, and why."""

    indicator_id: str
    from_month: str
    target: float
    reason_zh: str
    reason_en: str


Row = Office | Clause | Task | Target | Milestone | TargetChange

TABLES: Mapping[str, type[Row]] = {
    "offices": Office,
    "clauses": Clause,
    "tasks": Task,
    "targets": Target,
    "milestones": Milestone,
    "target_changes": TargetChange,
}
"""Each table of a plan folder, `<name>.csv`, and what a row of it is."""


class Heading(Struct, frozen=True):
    """What plan.yaml holds."""

    year: int
    title_zh: str
    title_en: str
    published: date
    source_zh: str
    source_en: str


class Plan(Heading, frozen=True):
    """A plan year, checked. `text` is the plan as published; the tables keep their files' order."""

    text: str
    offices: tuple[Office, ...]
    clauses: tuple[Clause, ...]
    tasks: tuple[Task, ...]
    targets: tuple[Target, ...]
    milestones: tuple[Milestone, ...]
    target_changes: tuple[TargetChange, ...]

    def frame(self, table: str) -> pd.DataFrame:
        """One of `TABLES` as a frame: its columns in the rows' order; int64, float64 or str.

        Raises KeyError for a name that is not in `TABLES`.
        """
        fields = msgspec.structs.fields(TABLES[table])
        rows = [msgspec.structs.astuple(row) for row in getattr(self, table)]
        frame = pd.DataFrame(rows, columns=[field.name for field in fields])
        return frame.astype({field.name: _dtype(field.type) for field in fields})


def _dtype(kind: Any) -> str:
    if kind in (float, float | None):
        return "float64"
    return "int64" if kind is int else "str"
