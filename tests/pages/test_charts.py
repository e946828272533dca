"""What holds for every chart of every page."""

from __future__ import annotations

import pytest

from dashboard import charts
from dashboard.charts.dark import DARK_COLOURS
from tests.app_pages import AppPage, discover_pages
from tests.charts.colours import TRANSPARENT, colours_in
from tests.pages.conftest import CardsOf

PAGES = discover_pages()


@pytest.mark.parametrize("counties", ["", "330681"], ids=["city", "county"])
@pytest.mark.parametrize("app_page", PAGES, ids=str)
def test_every_colour_has_its_dark_one(cards_of: CardsOf, app_page: AppPage, counties: str) -> None:
    for card in cards_of(app_page, counties=counties):
        for chart in card.charts:
            figure = charts.figure(chart.shape, chart.frame, chart.options)
            used = set(colours_in(figure.to_dict()))
            assert used <= {*DARK_COLOURS, TRANSPARENT}, card.card_id
