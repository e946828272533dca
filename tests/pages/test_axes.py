"""A chart keeps its size and its axis when a filter changes, so that the eye can compare."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard import charts
from dashboard.cards.model import Card
from tests.app_pages import AppPage, discover_pages
from tests.pages.conftest import CardsOf

PAGES = discover_pages()
VIEWS: dict[str, dict[str, str | list[str]]] = {
    "one county": {"counties": "330681"},
    "two counties": {"counties": "330602,330624"},
    "city-run": {"counties": "330600"},
    "May": {"month": "2024-05"},
    "against last month": {"compare": "last_month"},
}
# On the city's axis the amounts of one county would lie flat on the ground.
AMOUNTS = {
    "construction.investment",
    "construction.investment_months",
    "construction.stages",
    "county.league",
    "enrollment.pupils",
    "indicator.history",
    "overview.status_counts",
    "quality.board",
    "quality.failing_schools",
    "skills.double_high",
    "skills.senior_intake",
    "skills.training_kinds",
    "skills.training_months",
    "skills.training_total",
    "teachers.new_top_titles",
}
# A row for each project, target or county that there is something to say of.
ROWS = {
    "construction.progress",
    "construction.schedule",
    "quality.balanced_track",
    "quality.variation",
}
# One project or school after another: each on its own scale.
DETAILS = {"project", "school"}

Looks = dict[tuple[str, int], tuple[float, dict[str, Any]]]


def looks(cards: list[Card]) -> Looks:
    """Each chart's height, and the range of every axis of numbers."""
    found = {}
    for card in cards:
        for position, chart in enumerate(card.charts):
            layout = charts.figure(chart.shape, chart.frame, chart.options).to_dict()["layout"]
            axes = {
                name: [end if isinstance(end, str) else round(end, 6) for end in axis["range"]]
                for name, axis in layout.items()
                if name[1:5] == "axis" and axis.get("tickmode") != "array" and "range" in axis
            }
            found[card.card_id, position] = (layout["height"], axes)
    return found


@pytest.mark.product
@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
@pytest.mark.parametrize("app_page", [page for page in PAGES if page.name not in DETAILS], ids=str)
def test_size_and_axis_stay(
    cards_of: CardsOf, app_page: AppPage, view: dict[str, str | list[str]]
) -> None:
    before, after = looks(cards_of(app_page)), looks(cards_of(app_page, **view))

    for chart in before.keys() & after.keys():
        if chart[0] not in AMOUNTS | ROWS:
            assert (chart, after[chart]) == (chart, before[chart])
