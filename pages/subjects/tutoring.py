"""双减: tutoring providers, model cases, online classes, after-school care."""

from dashboard.ui import Page

page = Page("tutoring")
page.headline()
page.card("tutoring.rates")
page.row("tutoring.rates_by_month", "tutoring.online_classes", widths=[3, 2])
page.row("tutoring.clean_cases", "tutoring.outside_resources")
page.more_targets()
