"""健康: eyesight, fitness, mental health and health-promoting schools."""

from dashboard.ui import Page

page = Page("health")
page.headline()

page.section("Eyesight")
page.row("health.myopia_by_county", ("standing", {"indicator_id": "myopia_decline"}))
page.row("health.myopia_by_stage", "health.screening")

page.section("Fitness")
page.row(
    ("standing", {"indicator_id": "fitness_good_rate"}),
    ("standing", {"indicator_id": "fitness_pass_rate"}),
)
page.row(
    ("health.fitness_over_years", {"indicator_id": "fitness_good_rate"}),
    "health.fitness_by_stage_and_sex",
)

page.section("Mental health and health promotion")
page.row("health.health_school_levels", "health.new_awards")
page.row("health.psychology", "health.vision_stations")
page.row(
    ("named_this_year", {"indicator_ids": ("myopia_model_schools", "model_canteens")}),
    "health.unnatural_deaths",
)

page.more_targets()
