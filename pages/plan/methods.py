"""口径: how every number is worked out, judged and labelled."""

from dashboard.cards.methods import subjects_with
from dashboard.ui import Page

page = Page("methods")
page.headline()
page.data_version()
page.row("methods.status", "methods.pace")
page.row("methods.values", "methods.symbols")
page.section("Definitions of the indicators")
words = page.search_box("Search in the definitions")
for subject in subjects_with(page.context, words):
    page.card("methods.indicators", page=subject, words=words)
page.section("Numbers that definitions rest on")
page.card("methods.thresholds")
