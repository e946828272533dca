"""区县画像: the counties on a map; one county on one screen; several side by side."""

from dashboard.ui import Page

page = Page("county")
page.headline()
if not page.context.filters.is_city:
    page.screen(
        ("county.figures", {"subjects": ("enrollment", "health", "skills", "tutoring")}),
        ("county.figures", {"subjects": ("teachers", "construction", "quality")}),
        "county.strengths",
        "county.projects",
        "county.open_items",
    )
page.map()
if page.context.filters.is_city:
    page.row("county.league", "county.extremes")
