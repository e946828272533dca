"""One building project: where it stands, its milestones, and its months."""

from dashboard.ui import ProjectPage

page = ProjectPage()
page.headline()
page.row("project.facts", "project.milestones")
page.row("project.investment", "project.progress")
page.card("project.reports")
