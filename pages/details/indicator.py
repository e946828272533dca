"""One indicator: by county, over the years, and down to the schools or other things behind it."""

from dashboard.ui import IndicatorPage

page = IndicatorPage()
page.headline()
if page.has_counties:
    page.row("indicator.standing", "indicator.history")
else:
    page.card("indicator.history")
if page.has_schools:
    page.row("indicator.distribution", "indicator.contributors")
    words = page.search_box("Search a school by name")
    page.card("indicator.schools", search=words)
elif page.has_units:
    page.card("indicator.units")
page.card("indicator.definition")
page.lineage()
