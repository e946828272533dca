"""One year's work plan as data: its clauses, tasks, targets, milestones and offices.

A plan year is a folder named after the year. `load_plan` reads it whole or raises a `PlanError`
that says, in both languages, which file, row and column to mend. Everything after that may rely on
it: numbers are numbers, ids are unique, references lead somewhere, every quote stands word for word
in the clause it names, and what is asked of an indicator is something it can be asked.

``rows`` are the tables, ``loading`` reads them by the contract data/plan/datapackage.yaml,
``quotes`` finds the plan's words in its text, ``checks`` are what holds between the files of a
year, ``agreement`` what holds between the plan and the indicator catalogue.
"""

from dashboard.plan.agreement import Definition, Known, indicator_vocabulary
from dashboard.plan.loading import PlanError, load_plan, load_plans, plan_years
from dashboard.plan.quotes import ELLIPSIS, passages, sentences, uncovered_sentences
from dashboard.plan.rows import (
    TABLES,
    Basis,
    Certainty,
    Clause,
    Comparator,
    Kind,
    Milestone,
    Office,
    Plan,
    Scope,
    Target,
    TargetChange,
    Task,
)

__all__ = [
    "ELLIPSIS",
    "TABLES",
    "Basis",
    "Certainty",
    "Clause",
    "Comparator",
    "Definition",
    "Kind",
    "Known",
    "Milestone",
    "Office",
    "Plan",
    "PlanError",
    "Scope",
    "Target",
    "TargetChange",
    "Task",
    "indicator_vocabulary",
    "load_plan",
    "load_plans",
    "passages",
    "plan_years",
    "sentences",
    "uncovered_sentences",
]
