"""How large the charts of a slide are drawn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.data import Database
from dashboard.exports.documents import SlidePage
from dashboard.meeting.decks import Slide
from dashboard.meeting.report import build_slide
from dashboard.ui.meeting import presentation
from dashboard.ui.meeting.slide import BODY_HEIGHT, BODY_WIDTH, LARGEST, SMALLEST, chart_places
from dashboard.words.language import language


def page_of(database: Database, card: str, **arguments: str) -> SlidePage:
    return build_slide(database, Slide(card=card, arguments=arguments), "2024-09", language("zh"))


@pytest.mark.parametrize(
    "card", ["overview.status_counts", "county.league", "construction.investment", "quality.board"]
)
def test_charts_fill_their_place_and_are_not_cut(database: Database, card: str) -> None:
    page = page_of(database, card)
    places = chart_places(page)
    assert places
    for place in places:
        assert SMALLEST <= place.zoom <= LARGEST
        assert place.height * place.zoom <= BODY_HEIGHT + 1
        assert place.width * place.zoom * page.card.chart_columns <= BODY_WIDTH + 1


def test_a_long_chart_scrolls_on_screen_and_fits_on_paper(database: Database) -> None:
    page = page_of(database, "construction.schedule")
    [chart] = page.card.charts
    long = replace(chart, options={**chart.options, "height": 1400})
    (place,) = chart_places(replace(page, card=replace(page.card, charts=(long,))))
    assert place.zoom == SMALLEST
    assert place.height * place.zoom > BODY_HEIGHT
    assert place.height * place.paper_zoom <= BODY_HEIGHT + 1


@pytest.mark.parametrize(
    "slide",
    [
        Slide(card="no.such_card"),
        Slide(card="standing"),
        Slide(card="standing", arguments={"indicator_id": "no_such_indicator"}),
        Slide(card="standing", arguments={"indicator_id": "myopia_decline", "more": "x"}),
    ],
)
def test_a_slide_from_elsewhere_that_cannot_be_drawn_is_none(
    database: Database, slide: Slide
) -> None:
    assert presentation.page_of(slide, database, "2024-09", language("zh")) is None
