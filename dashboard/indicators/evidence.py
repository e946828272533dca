"""What the data say of a task of the plan, to hold against what its office reports.

An indicator measures a task where the words of its target and those of the task overlap; nothing
else ties the two. A step of a target (a milestone) belongs to the task that names its project or
its county. The data say *done* when everything that measures the task is reached for the whole
city, *not done* when a figure of this year falls short, or a step of the task's own is not taken.
Otherwise they say nothing: not measured yet, not reported, or a direction that holds so far. Nor
does a shortfall say which of several tasks is not done, where they share one target.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from dashboard.data import Database
from dashboard.filters import CITY
from dashboard.frames import Row, records
from dashboard.indicators.counts import count_targets
from dashboard.indicators.status import Status, TaskState
from dashboard.indicators.values import together
from dashboard.plan import Plan, passages


def measures(plan: Plan, known: Container[str]) -> Mapping[str, tuple[str, ...]]:
    """Name, by task_id, the known indicators whose words in the plan are among a task's own."""
    texts = {clause.clause: clause.text_zh for clause in plan.clauses}

    def places(clause: int, quote: str) -> frozenset[int]:
        spans = passages(quote, texts[clause])
        return frozenset(place for span in spans for place in range(*span))

    aims = [
        (t.indicator_id, t.clause, places(t.clause, t.quote_zh))
        for t in plan.targets
        if t.indicator_id in known
    ]
    own = {task.task_id: (task.clause, places(task.clause, task.quote_zh)) for task in plan.tasks}
    return {
        task_id: tuple(name for name, of, aim in aims if of == clause and aim & words)
        for task_id, (clause, words) in own.items()
    }


@dataclass(frozen=True)
class Evidence:
    """What a plan's indicators say of its tasks, on one data version at one month."""

    database: Database
    as_of: str
    measures: Mapping[str, tuple[str, ...]]  # the indicators of each task
    steps: Mapping[tuple[str, str], tuple[Row, ...]]  # those of each task's own, by indicator

    def short(self, task_id: str) -> tuple[str, ...]:
        """Name the indicators that show a task not to be done."""
        found = self.measures.get(task_id, ())
        return tuple(i for i in found if self._is_reached(task_id, i) is False)

    def open_steps(self, task_id: str, indicator_id: str) -> tuple[Row, ...]:
        """Return the steps of a task's own that are not taken."""
        steps = self.steps.get((task_id, indicator_id), ())
        return tuple(step for step in steps if step["reached_month"] is None)

    def is_done(self, task_id: str) -> bool | None:
        """Whether the data show a task to be done; none where they say nothing."""
        found = [self._is_reached(task_id, i) for i in self.measures.get(task_id, ())]
        if False in found:
            return False
        return True if found and None not in found else None

    def contradicts(self, task_id: str, state: str, report_month: str) -> bool:
        """Whether a task's last report says done and the data say not done, or the reverse.

        What is reported done has to stay so; a report of work in progress is held against what
        had been measured when it was written.
        """
        is_done = self.is_done(task_id)
        if state == TaskState.DONE:
            return is_done is False
        rows = together(self.database, self.as_of)
        periods = [rows[i]["period"] or "" for i in self.measures.get(task_id, ())]
        return is_done is True and max(periods) <= report_month

    def _is_reached(self, task_id: str, indicator_id: str) -> bool | None:
        """Whether a task's share of an indicator is reached; none where nothing is said of it."""
        if self.steps.get((task_id, indicator_id)):
            return not self.open_steps(task_id, indicator_id)
        status = count_targets(self.database, self.as_of).statuses.get(indicator_id)
        if status is None or status is Status.MET:
            return None if status is None else True
        is_shared = sum(indicator_id in found for found in self.measures.values()) > 1
        row = together(self.database, self.as_of)[indicator_id]
        is_of_this_year = row["period"] is not None and row["period"][:4] == self.as_of[:4]
        # a direction that holds so far, or a figure still to come, has no gap
        return False if is_of_this_year and row["gap"] and not is_shared else None


def evidence(database: Database, as_of: str) -> Evidence:
    """Return what the data of a version say of the tasks of a month's plan year."""
    return database.derived(("evidence", as_of), lambda: _evidence(database, as_of))


def _evidence(database: Database, as_of: str) -> Evidence:
    plan = database.plans.get(int(as_of[:4]))
    if plan is None:
        return Evidence(database, as_of, {}, {})
    found = database.derived(
        ("measures", plan.year), lambda: measures(plan, database.catalogue.indicators)
    )
    counties = database.run_query("values/counties")
    names = dict(zip(counties["county_id"], counties["name_zh"], strict=True))
    steps = records(database.run_query("county/milestones", as_of=as_of, counties=[*names, CITY]))
    named = {step["milestone_id"]: names.get(step["county_id"]) or step["key"] for step in steps}
    own = {
        (task.task_id, indicator_id): tuple(
            step
            for step in steps
            if step["indicator_id"] == indicator_id and named[step["milestone_id"]] in task.quote_zh
        )
        for task in plan.tasks
        for indicator_id in found[task.task_id]
    }
    return Evidence(database, as_of, found, own)
