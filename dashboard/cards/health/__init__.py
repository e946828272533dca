"""健康: eyesight, fitness, mental health, health-promoting schools.

``headline``           the page in one sentence
``myopia``             the latest screening round's rates, in numbers and words
``myopia_by_county``   on the same season a year before, as they are and weighted by stage
``myopia_by_stage``    with severe myopia, over the rounds of one season
``screening``          how many pupils the rounds have examined; ``rounds`` names the rounds
``vision_stations``    model stations and their growth
``fitness_over_years`` a rate by county and year
``fitness_groups``     by stage and sex
``psychology``         teachers and centres for mental health
``health_schools``     by level, and the year's new awards
``mortality``          unnatural deaths, of the whole city only
``rate_axis``          chart options that rates share
"""

from dashboard.cards.health import (
    fitness_groups,
    fitness_over_years,
    headline,
    health_schools,
    mortality,
    myopia_by_county,
    myopia_by_stage,
    psychology,
    screening,
    vision_stations,
)

__all__ = [
    "fitness_groups",
    "fitness_over_years",
    "headline",
    "health_schools",
    "mortality",
    "myopia_by_county",
    "myopia_by_stage",
    "psychology",
    "screening",
    "vision_stations",
]
