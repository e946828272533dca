"""The plan's tasks and targets of the chosen month's year, with where each of them stands.

Tasks are the city's: an office reports on them, whatever counties are chosen. Targets are the
chosen counties'. The two are counted side by side and never added up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.cards.context import STATUS_SYMBOLS, Context
from dashboard.cards.counting import chosen_counts
from dashboard.frames import records
from dashboard.indicators import plan_month
from dashboard.indicators.evidence import evidence
from dashboard.indicators.status import Status, TaskState, assess_task
from dashboard.plan import Clause

NO_STATUS = "none"  # a code for the address, where a blank would be lost
STANDINGS = (*map(str, Status), NO_STATUS)
NO_TARGET = "no target"  # shown, and no target of the chosen counties


@dataclass(frozen=True)
class Choice:
    """What the reader wants to see of the ledger; nothing chosen means all of it."""

    office: str = ""
    standings: tuple[str, ...] = ()
    words: str = ""

    @property
    def terms(self) -> tuple[str, ...]:
        """The words searched for, each of which has to be there."""
        return tuple(self.words.casefold().split())

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return not (self.office or self.standings or self.terms)

    def plain(self) -> tuple[str, ...]:
        """Return it as texts, as a slide keeps it."""
        return (self.office, self.words, *self.standings)

    @classmethod
    def of(cls, choice: Choice | Sequence[str]) -> Choice:
        """Return a choice that may be given as the texts of a slide."""
        if isinstance(choice, Choice):
            return choice
        office, words, *standings = choice
        return cls(office, tuple(standings), words)


ALL = Choice()


def clauses(context: Context) -> Mapping[int, Clause]:
    """Return the plan's clauses by number, in order; none where the year has no plan."""
    found = context.plan
    return {} if found is None else {clause.clause: clause for clause in found.clauses}


def tasks(context: Context) -> pd.DataFrame:
    """Return all tasks in the plan's order: rows of ``plan/tasks`` with ``status``.

    ``standing`` is the status, or ``NO_STATUS``; ``haystack`` the text that a search looks through.
    """
    key = ("plan_tasks", context.filters.as_of, context.language)
    return context.database.derived(key, lambda: _tasks(context))


def _tasks(context: Context) -> pd.DataFrame:
    as_of = context.filters.as_of
    frame = context.query("plan/tasks", as_of=as_of)
    rows = records(frame)
    judged_from = plan_month(context.database, as_of[:4])
    statuses = [
        assess_task(text(row["state"]) or None, row["due_month"], as_of, judged_from)
        for row in rows
    ]
    return frame.assign(
        status=pd.Series(statuses, dtype="object", index=frame.index),
        standing=[_standing(status) for status in statuses],
        office=[context.language.pick(row["office_zh"], row["office_en"]) for row in rows],
        haystack=[
            _haystack(row["quote_zh"], row["progress"], row["problem"], row["office_zh"])
            for row in rows
        ],
    )


def targets(context: Context) -> pd.DataFrame:
    """Return all targets in the plan's order with the chosen counties' values and statuses.

    Beside the columns of ``values/clauses``: ``value``, ``target``, ``is_counted`` (whether it is a
    target of the chosen counties), ``status`` if so, and ``standing``, ``office`` and ``haystack``
    as for tasks. A city-only figure is shown, and counted under the city alone.
    """
    filters = context.filters
    key = ("plan_targets", filters.as_of, filters.counties, context.language)
    return context.database.derived(key, lambda: _targets(context))


def _targets(context: Context) -> pd.DataFrame:
    frame = context.query("values/clauses", year=int(context.filters.as_of[:4]))
    rows = records(frame)
    shown = [context.chosen_value(row["indicator_id"]) for row in rows]
    counted = chosen_counts(context).statuses
    statuses = [counted.get(row["indicator_id"]) for row in rows]
    names = [_target_name(context, row["indicator_id"]) for row in rows]
    return frame.assign(
        value=[row["value"] for row in shown],
        missing=[row["missing"] for row in shown],
        target=[row["target"] for row in shown],
        previous=[row["previous"] for row in shown],
        is_counted=pd.Series(
            [row["indicator_id"] in counted for row in rows], dtype="bool", index=frame.index
        ),
        status=pd.Series(statuses, dtype="object", index=frame.index),
        standing=[
            _standing(counted[row["indicator_id"]]) if row["indicator_id"] in counted else NO_TARGET
            for row in rows
        ],
        office=[context.language.pick(row["office_zh"], row["office_en"]) for row in rows],
        name=names,
        haystack=[
            _haystack(row["quote_zh"], name, row["office_zh"])
            for row, name in zip(rows, names, strict=True)
        ],
    )


def _target_name(context: Context, indicator_id: str) -> str:
    """Name a target; beside the targets of a county, whose figure the city's is."""
    name = context.text(indicator_id, "name")
    if context.filters.is_city or not context.is_city_only(indicator_id):
        return name
    return context.language("{target} (whole city)", target=name)


def matching(frame: pd.DataFrame, choice: Choice, clause: int | None = None) -> pd.DataFrame:
    """Keep the tasks or targets that a reader has chosen, of one clause or of all."""
    kept = pd.Series(True, index=frame.index, dtype="bool")
    if clause is not None:
        kept &= frame["clause"] == clause
    if choice.office:
        kept &= frame["office_id"] == choice.office
    if choice.standings:
        kept &= frame["standing"].isin(choice.standings)
    for term in choice.terms:
        kept &= pd.Series([term in text for text in frame["haystack"]], frame.index, dtype="bool")
    return frame[kept]


def measures(context: Context) -> Mapping[str, tuple[str, ...]]:
    """Name, by task_id, the indicators whose words in the plan are among a task's own."""
    return evidence(context.database, context.filters.as_of).measures


def offices(context: Context) -> Mapping[str, str]:
    """Return the names of the offices that answer for anything, by id, in the plan's order."""
    found = context.plan
    if found is None:
        return {}
    busy = {*tasks(context)["office_id"], *targets(context)["office_id"]}
    return {
        office.office_id: context.language.pick(office.name_zh, office.name_en)
        for office in found.offices
        if office.office_id in busy
    }


def by_standing(frame: pd.DataFrame) -> dict[str, int]:
    """Count tasks, or counted targets, by standing."""
    found = Counter(frame["standing"])
    return {standing: found[standing] for standing in STANDINGS}


def counted_targets(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep the targets that count under the chosen counties."""
    return frame[frame["is_counted"]]


def standing_word(context: Context, standing: str) -> str:
    """Return a standing as a word."""
    if standing == NO_STATUS:
        return context.language("no status")
    return context.status_word(standing)


def standing_words(context: Context, standing: str) -> str:
    """Return a standing as symbol and word."""
    return f"{symbol(standing)} {standing_word(context, standing)}"


def task_words(context: Context, standing: str) -> str:
    """Return a task's standing as symbol and word: it has none where nobody reported."""
    if standing == NO_STATUS:
        return f"{symbol(standing)} {context.language('no report')}"
    return standing_words(context, standing)


def symbol(standing: str) -> str:
    """Return the symbol of a standing."""
    return "–" if standing == NO_STATUS else STATUS_SYMBOLS[Status(standing)]


def state_words(context: Context, state: str) -> str:
    """Return what an office says of a task."""
    _ = context.language
    return {
        TaskState.NOT_STARTED: _("not started"),
        TaskState.IN_PROGRESS: _("in progress"),
        TaskState.DONE: _("done"),
    }[TaskState(state)]


def text(cell: object) -> str:
    """Return a cell's text; nothing for an empty one."""
    return cell if isinstance(cell, str) else ""


def _standing(status: str | None) -> str:
    return NO_STATUS if status is None else str(status)


def _haystack(*texts: object) -> str:
    return "\n".join(map(text, texts)).casefold()
