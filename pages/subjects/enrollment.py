"""招生: pupils and classes, kindergarten places, equal access, quality senior highs."""

from dashboard.ui import Page

page = Page("enrollment")
page.headline()

page.section("Pupils, classes and size of schools")
page.row("enrollment.pupils", "enrollment.school_sizes")

page.section("Kindergartens")
page.row(
    ("standing", {"indicator_id": "inclusive_kindergarten_coverage"}),
    ("standing", {"indicator_id": "quality_kindergarten_coverage"}),
)
page.row(
    ("standing", {"indicator_id": "public_kindergarten_coverage"}),
    "enrollment.quality_kindergartens",
)

page.section("Equal access")
page.row(
    ("standing", {"indicator_id": "migrant_public_rate"}),
    "enrollment.special_needs",
)

page.section("Senior secondary schools")
page.card("enrollment.senior_schools")

page.more_targets()
