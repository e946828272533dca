"""育人与创建: accreditations of the year, quality-balanced counties, education communities."""

from dashboard.ui import Page

page = Page("quality")
page.headline()
page.card("quality.board")
chosen = page.target_choice()
page.row(("quality.named", chosen), ("standing", {**chosen, "with_units": False}))
page.card(
    "named_this_year",
    indicator_ids=("clean_schools", "civilised_campuses", "study_travel_bases"),
)

page.section("Quality-balanced compulsory education")
page.row(
    "quality.balanced_track",
    ("standing", {"indicator_id": "balanced_seven_indicators", "with_units": False}),
)
page.card("quality.variation")
page.card("quality.failing_schools")

page.section("Education communities and olympiads")
page.row(
    "quality.communities",
    ("standing", {"indicator_id": "education_community_share", "with_units": False}),
)
page.row(
    ("quality.named", {"indicator_id": "education_community_share"}),
    "quality.olympiads",
)

page.more_targets()
