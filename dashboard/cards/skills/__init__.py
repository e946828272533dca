"""职教与高教: vocational training, general to vocational, the city's figures of higher education.

``headline``       the page in one sentence
``training``       person-times as they grow through the year, by month, by kind
``senior_intake``  the general share of senior secondary intake, over the years and by county
``city_figures``   double-high projects, graduates who stay, gross enrolment: of the city only
``widened``        the intakes that the plan wants widened
``campuses``       university campuses to be begun or put to use
"""

from dashboard.cards.skills import (
    campuses,
    city_figures,
    headline,
    senior_intake,
    training,
    widened,
)

__all__ = ["campuses", "city_figures", "headline", "senior_intake", "training", "widened"]
