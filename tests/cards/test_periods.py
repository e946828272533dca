"""Legends, headings and sentences name the period that a figure is compared with, not the menu's.

In September what is measured once a year is compared with the September before, whatever month the
reader has asked for: 上月 beside it would be untrue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from dashboard.cards import Context
from dashboard.cards.model import Card
from dashboard.cards.registry import card_view
from tests.cards.shown import Shown, shown_cards

pytestmark = pytest.mark.slow

MakeContext = Callable[..., Context]
LAST_MONTH = {"zh": "上月", "en": "last month"}


def texts(card: Card) -> Iterator[str]:
    """Everything that a card says: sentences, headings, legends and what appears on a mark."""
    yield from filter(None, (card.finding, card.subtitle, card.change, card.hint, *card.notes))
    for table in filter(None, (card.table, card.listing)):
        yield from (column.label for column in table.columns)
    for chart in card.charts:
        yield chart.title
        yield from (value for value in chart.options.values() if isinstance(value, str))
        if "hover" in chart.frame:
            yield from (text for text in chart.frame["hover"] if isinstance(text, str))


def are_of_last_month(view: Context, card: Card) -> bool:
    """Whether any of a card's indicators is compared with a figure of the month before."""
    return any(
        view.chosen_change(indicator_id).compared_period == view.filters.compared_month
        for indicator_id in card.indicator_ids
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("as_of", ["2024-03", "2024-09", "2024-10"])
def test_no_card_calls_an_older_figure_last_months(
    context: MakeContext, as_of: str, lang: str
) -> None:
    found = []
    for shown in shown_cards():
        view = card_view(shown.name, context(as_of=as_of, comparison="last_month", lang=lang))
        card = shown.card(view)
        if card.indicator_ids and not are_of_last_month(view, card):
            found += [(str(shown), text) for text in texts(card) if LAST_MONTH[lang] in text]
    assert found == []


def test_a_yearly_figure_is_compared_with_the_year_before_by_name(context: MakeContext) -> None:
    view = context(comparison="last_month")
    card = Shown("standing", (("indicator_id", "migrant_public_rate"),)).card(view)
    assert card.change == "比2023年9月：提高0.8个百分点"
    assert card.charts[0].options["comparison_text"] == "2023年9月"
    assert "2023年9月 (%)" in [column.label for column in card.table.columns]


def test_a_monthly_figure_is_compared_with_last_month(context: MakeContext) -> None:
    view = context(comparison="last_month")
    card = Shown("standing", (("indicator_id", "vocational_training"),)).card(view)
    assert card.change == "比上月：增加0.83万人次"
    assert "上月 (万人次)" in [column.label for column in card.table.columns]


def test_a_table_of_several_periods_says_each_rows_own(context: MakeContext) -> None:
    view = context(comparison="last_month")
    ids = ("migrant_public_rate", "project_investment")
    assert view.comparison_of(*ids) == "对照期"
    assert view.comparison_of(ids[0]) == "2023年9月"
    assert context().comparison_of(*ids) == "上年同期"
