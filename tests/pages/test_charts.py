"""What holds for every chart of every page."""

from __future__ import annotations

import pytest

from dashboard import charts
from dashboard.charts.dark import DARK_COLOURS
from dashboard.ui.chart import text_alternative
from dashboard.words.language import language
from tests.app_pages import AppPage, discover_pages
from tests.charts.colours import TRANSPARENT, colours_in
from tests.pages.conftest import CardsOf

PAGES = discover_pages()


@pytest.mark.product
@pytest.mark.parametrize("counties", ["", "330681"], ids=["city", "county"])
@pytest.mark.parametrize("app_page", PAGES, ids=str)
def test_every_colour_has_its_dark_one(cards_of: CardsOf, app_page: AppPage, counties: str) -> None:
    for card in cards_of(app_page, counties=counties):
        for chart in card.charts:
            figure = charts.figure(chart.shape, chart.frame, chart.options)
            used = set(colours_in(figure.to_dict()))
            assert used <= {*DARK_COLOURS, TRANSPARENT}, card.card_id


@pytest.mark.product
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("app_page", PAGES, ids=str)
def test_every_chart_says_what_it_shows_of_what_and_what_is_found(
    cards_of: CardsOf, app_page: AppPage, lang: str
) -> None:
    for card in cards_of(app_page, lang=lang):
        for chart in card.charts:
            words = text_alternative(card, chart, language(lang))
            kind, _, rest = words.partition("：" if lang == "zh" else ":")
            assert kind
            assert card.finding in rest
            assert card.subtitle in rest
            assert any(character.isdigit() for character in rest), words
