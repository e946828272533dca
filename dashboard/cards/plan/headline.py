"""What the plan of the chosen month's year consists of."""

from __future__ import annotations

from dashboard.cards.context import Context
from dashboard.cards.registry import headline


@headline("plan")
def plan_headline(context: Context) -> str:
    """How many clauses, tasks and targets the year's plan has."""
    _ = context.language
    plan = context.database.plans[int(context.filters.as_of[:4])]
    return _(
        "Work plan of {year}: {clauses} clauses, {tasks} tasks, {targets} targets",
        year=plan.year,
        clauses=len(plan.clauses),
        tasks=len(plan.tasks),
        targets=len(plan.targets),
    )
