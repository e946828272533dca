"""总览: how many targets are met, where it is urgent, what has changed, and the whole matrix.

``headline``        the page in one sentence
``status_counts``   targets by status, in all and by subject
``urgent_gaps``     the targets furthest behind
``status_changes``  newly met, newly behind, and the number that caused it
``status_matrix``   every county's status for every target
``values``          every indicator's value in every county, for a year without a plan
``judged``          the targets that have a status, and the month they are compared with
``subjects``        the subjects in their order, with their names
"""

from dashboard.cards.overview import (
    headline,
    status_changes,
    status_counts,
    status_matrix,
    urgent_gaps,
    values,
)
from dashboard.cards.overview.subjects import PAGES, page_title

__all__ = [
    "PAGES",
    "headline",
    "page_title",
    "status_changes",
    "status_counts",
    "status_matrix",
    "urgent_gaps",
    "values",
]
