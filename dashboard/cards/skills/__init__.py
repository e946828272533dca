"""职教与高教: vocational training, general to vocational, the city's figures of higher education.

``headline``       the page in one sentence
``training``       person-times as they grow through the year, by month, by kind
``senior_intake``  the general share of senior secondary intake, over the years and by county
``city_figures``   double-high projects, graduates who stay, gross enrolment: of the city only
"""

from dashboard.cards.skills import city_figures, headline, senior_intake, training

__all__ = ["city_figures", "headline", "senior_intake", "training"]
