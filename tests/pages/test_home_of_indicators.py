"""Every indicator of the plan stands on one subject page: its home in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from dashboard import settings
from dashboard.catalogue import Catalogue, load_catalogue
from dashboard.plan import Plan, load_plan
from tests.pages.shown_cards import (
    PageCards,
    cards_by_page,
    shipped_coverage,
    subject_pages,
)

COVERAGE = settings.ROOT / "docs" / "coverage.md"


@pytest.fixture(scope="module")
def pages() -> Mapping[str, PageCards]:
    """The cards that every subject page shows, by indicator."""
    return cards_by_page()


@pytest.fixture(scope="module")
def plan() -> Plan:
    return load_plan(settings.PLAN_DIR / "2024")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(settings.QUERIES_DIR / "indicators")


def test_every_indicator_of_the_plan_stands_on_its_home_and_on_no_other_subject_page(
    pages: Mapping[str, PageCards], plan: Plan, catalogue: Catalogue
) -> None:
    found = {
        target.indicator_id: [name for name, cards in pages.items() if target.indicator_id in cards]
        for target in plan.targets
    }
    assert found == {i: [catalogue.indicator(i).page] for i in found}


def test_the_catalogue_defines_no_indicator_beyond_the_plans(
    plan: Plan, catalogue: Catalogue
) -> None:
    assert set(catalogue.indicators) == {target.indicator_id for target in plan.targets}


def test_every_subject_page_is_the_home_of_some_indicator(catalogue: Catalogue) -> None:
    homes = {indicator.page for indicator in catalogue.indicators.values()}
    assert {page.name for page in subject_pages()} == homes


def test_no_page_shows_the_same_card_twice(pages: Mapping[str, PageCards]) -> None:
    for cards in pages.values():
        for indicator_id, shown in cards.items():
            assert len(shown) == len(set(shown)), indicator_id


def test_the_committed_tables_are_up_to_date(pages: Mapping[str, PageCards]) -> None:
    # Otherwise: python -m tests.pages.shown_cards > docs/coverage.md
    assert COVERAGE.read_text("utf-8") == shipped_coverage(pages)
