"""建设: the year's building projects against the plan's targets and against their own plans.

Importing the package registers the page's cards.

- ``progress``: the page's headline, and the plan's four targets for building
- ``investment``: the year's money, as it grows and month by month
- ``projects``: the projects that are late, and all of them
- ``schedule``: planned and actual milestones on the calendar
- ``stages``: how far the projects are, by county and by type
- ``flagships``: the steps the plan asks of the city's own schools
- ``small_schools``: schools closed or merged

What several of them need: ``portfolio`` holds the projects in figures and words, ``milestones`` the
steps of a project and their names, ``lateness`` how late a project is.
"""

from dashboard.cards.construction import (
    flagships,
    investment,
    progress,
    projects,
    schedule,
    small_schools,
    stages,
)
from dashboard.cards.construction.portfolio import project_choices

__all__ = [
    "flagships",
    "investment",
    "progress",
    "project_choices",
    "projects",
    "schedule",
    "small_schools",
    "stages",
]
