"""建设: the year's building projects, the plan's targets, and every project by how late it is."""

from dashboard.cards.model import Selects
from dashboard.ui import Page

page = Page("construction")
page.headline()
page.row("construction.progress", "construction.investment")
page.card("construction.late_projects")
page.row("construction.stages", "construction.investment_months")
page.row(
    ("standing", {"indicator_id": "projects_completed"}),
    ("standing", {"indicator_id": "project_investment"}),
)
page.row("construction.flagships", "construction.small_schools")
page.section("All projects")
page.picker(Selects.PROJECT)
page.card("construction.schedule")
page.card("construction.projects")
page.more_targets()
