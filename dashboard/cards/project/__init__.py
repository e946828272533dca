"""One building project: its facts, its milestones, and what it reported month by month.

Importing the package registers the cards of the project's page.

- ``facts``: the page's headline and what the project is
- ``milestones``: planned against actual, stretch by stretch
- ``months``: investment, physical progress and the reports themselves

``lookup`` finds a project, and the months that it reported, by its project_id.
"""

from dashboard.cards.project import facts, milestones, months
from dashboard.cards.project.lookup import find_project, is_project

__all__ = ["facts", "find_project", "is_project", "milestones", "months"]
