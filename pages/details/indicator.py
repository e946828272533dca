"""One indicator: where it stands by county."""

from dashboard.ui import IndicatorPage

page = IndicatorPage()
page.headline()
page.card("standing")
