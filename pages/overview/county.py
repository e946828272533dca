"""区县画像: the counties on a map; one county on one screen; several side by side."""

from dashboard.pages import portrait_halves
from dashboard.ui import Page

page = Page("county")
page.headline()
if not page.context.filters.is_city:
    page.screen(
        *(("county.figures", {"subjects": half}) for half in portrait_halves()),
        "county.strengths",
        "county.projects",
        "county.open_items",
    )
page.map()
if page.context.filters.is_city:
    page.row("county.league", "county.extremes")
