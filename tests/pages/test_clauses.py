"""From every number a way leads to the plan's clause."""

from __future__ import annotations

import pytest

from dashboard.plan import load_plan
from dashboard.settings import PLAN_DIR
from dashboard.ui.card import LINKED_CLAUSES
from tests.app_pages import AppPage, discover_pages
from tests.pages.conftest import CardsOf

# These list clauses, or figures of all subjects each with its own link, or how figures are made.
WITHOUT_CLAUSES_OF_THEIR_OWN = {"overview", "county", "plan", "methods", "school"}
PAGES = [page for page in discover_pages() if page.name not in WITHOUT_CLAUSES_OF_THEIR_OWN]
CLAUSES = {target.indicator_id: target.clause for target in load_plan(PLAN_DIR / "2024").targets}


@pytest.mark.product
@pytest.mark.parametrize("counties", ["", "330681"], ids=["city", "county"])
@pytest.mark.parametrize("app_page", PAGES, ids=str)
def test_every_card_leads_to_its_clauses(
    cards_of: CardsOf, app_page: AppPage, counties: str
) -> None:
    for card in cards_of(app_page, counties=counties):
        clauses = {CLAUSES[name] for name in (*card.indicator_ids, *card.clauses_of)}
        assert 1 <= len(clauses) <= LINKED_CLAUSES, card.card_id


def test_a_listing_of_targets_names_the_clause_of_each(cards_of: CardsOf) -> None:
    overview = next(page for page in discover_pages() if page.name == "overview")
    listings = {card.card_id: card.listing for card in cards_of(overview) if card.listing}
    for card_id in ("overview.urgent_gaps", "overview.status_changes"):
        frame = listings[card_id].frame
        ids = frame["id"] if "id" in frame else frame["indicator_id"]
        assert list(frame["clause"]) == [str(CLAUSES[name]) for name in ids]
