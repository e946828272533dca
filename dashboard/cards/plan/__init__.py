"""工作要点: the plan's clauses as a ledger, with the tasks and targets of each.

Importing the package registers the page's cards.

- ``headline``: how many tasks stand where
- ``clauses``: all clauses at a glance
- ``clause``: one clause with its words, targets and tasks
- ``found``: what fits the reader's choice of office, status and words
- ``offices``: whose tasks and targets they are, and the problems they report
- ``conflicts``: where a report and the data disagree

``ledger`` holds the tasks and targets with their statuses, and the reader's choice; ``listings``
puts them into rows; ``passages`` finds the plan's words in a clause.
"""

from dashboard.cards.plan import clause, clauses, conflicts, found, headline, offices
from dashboard.cards.plan.ledger import STANDINGS, Choice, standing_words
from dashboard.cards.plan.ledger import clauses as plan_clauses
from dashboard.cards.plan.ledger import offices as plan_offices

__all__ = [
    "STANDINGS",
    "Choice",
    "clause",
    "clauses",
    "conflicts",
    "found",
    "headline",
    "offices",
    "plan_clauses",
    "plan_offices",
    "standing_words",
]
