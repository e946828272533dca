"""工作要点: the plan's clauses with their targets."""

from dashboard.ui import Page

page = Page("plan")
page.headline()
