"""Since when the data of the sample show the plan's tasks to be done."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dashboard.data import open_database
from dashboard.indicators.evidence import evidence
from dashboard.settings import PLAN_DIR
from tools.sample.city import months
from tools.sample.construction import PLAN_YEAR
from tools.sample.task_reports import NEVER


def months_fulfilled(folder: Path, last: str) -> Mapping[str, int]:
    """Return the month from which on the exports in a folder show a task done, by task.

    Only tasks that indicators measure; `NEVER` for those that are not done in the `last` month.
    """
    database = open_database(folder, plan_dir=PLAN_DIR)
    found: dict[str, int] = {}
    for month in reversed(months(f"{PLAN_YEAR}-01", last)):
        shown = evidence(database, month)
        for task_id, indicator_ids in shown.measures.items():
            since = int(month[5:7]) + 1
            is_last = task_id not in found
            if indicator_ids and shown.is_done(task_id) and (is_last or found[task_id] == since):
                found[task_id] = int(month[5:7])
            elif indicator_ids:
                found.setdefault(task_id, NEVER)
    return found
