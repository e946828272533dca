"""职教与高教: vocational training, general to vocational, the city's figures."""

from dashboard.ui import Page

page = Page("skills")
page.headline()

page.section("Vocational training")
page.row("skills.training_total", ("standing", {"indicator_id": "vocational_training"}))
page.row("skills.training_months", "skills.training_kinds")

page.section("Vocational schools, universities and their graduates")
page.row("skills.double_high", "skills.retention", "skills.gross_enrolment")
page.row(
    ("named_this_year", {"indicator_ids": ("national_double_excellence",)}),
    "skills.campuses",
)

page.section("General to vocational")
page.row("skills.senior_intake", "skills.general_share")
page.card("skills.widened_intakes")

page.more_targets()
