"""总览: where each of the plan's targets stands."""

from dashboard.ui import Page

page = Page("overview")
page.headline()
if page.has_plan:
    page.row("overview.status_counts", "overview.urgent_gaps", widths=[2, 3])
    page.card("overview.status_matrix")
    page.card("overview.status_changes")
    page.card("plan.conflicts")
else:
    page.card("overview.values")
