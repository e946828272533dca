"""双减: supervision of tutoring providers, model cases, online classes, after-school care.

``headline``           the page in one sentence
``rates``              the three 100% by county, and how many providers are missing
``rates_by_month``     the same month by month
``clean_cases``        the year's model cases by county
``online_classes``     held against the year's target, with names and dates
``outside_resources``  by county, against the same term a year before
"""

from dashboard.cards.tutoring import (
    clean_cases,
    headline,
    online_classes,
    outside_resources,
    rates,
    rates_by_month,
)

__all__ = [
    "clean_cases",
    "headline",
    "online_classes",
    "outside_resources",
    "rates",
    "rates_by_month",
]
