"""Which cards the subject pages show, taken from the pages as they run: no list kept by hand.

``python -m tests.pages.shown_cards > docs/coverage.md`` renews the tables of what is shown where.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from unittest.mock import patch

from dashboard import settings
from dashboard.cards import Context, build_card
from dashboard.cards.model import Card
from dashboard.catalogue import Catalogue, load_catalogue
from dashboard.plan import Plan, load_plan, plan_years
from dashboard.ui import page as page_module
from tests.app_pages import AppPage, discover_pages
from tests.opened import open_page

TIMEOUT_SECONDS = 60
INTRODUCTION = """\
# What is shown where

Written by `python -m tests.pages.shown_cards` from the plan and from the pages as they run: change
those, not this. Every indicator has one home, the page of its catalogue entry; from each of its
cards one click leads to the plan's clause, and one to the indicator's own page.
"""

PageCards = Mapping[str, list[str]]  # the ids of a page's cards by indicator, in the page's order


def subject_pages() -> list[AppPage]:
    """The pages that are homes of indicators."""
    return [page for page in discover_pages() if page.script.startswith("pages/subjects/")]


def cards_by_page() -> dict[str, PageCards]:
    """Run every subject page for the whole city: its cards by the indicators they are about."""
    return {page.name: _cards_by_indicator(_shown_cards(page)) for page in subject_pages()}


def _shown_cards(page: AppPage) -> list[Card]:
    shown: list[Card] = []

    def record(card_id: str, context: Context, **arguments: Any) -> Card:
        shown.append(build_card(card_id, context, **arguments))
        return shown[-1]

    with patch.object(page_module, "build_card", record):
        open_page(page.script)
    return shown


def _cards_by_indicator(shown: Iterable[Card]) -> PageCards:
    found: dict[str, list[str]] = {}
    for card in shown:
        for indicator_id in card.indicator_ids:
            found.setdefault(indicator_id, []).append(card.card_id)
    return found


def coverage_markdown(plan: Plan, catalogue: Catalogue, pages: Mapping[str, PageCards]) -> str:
    """Return both tables as one Markdown document that ends with a line break."""
    return "\n".join(
        (
            INTRODUCTION,
            f"## The {len(plan.targets)} indicators of {plan.year}\n",
            _indicators_table(plan, catalogue, pages),
            f"## The {len(plan.clauses)} clauses of {plan.year}\n",
            _clauses_table(plan),
        )
    )


def _indicators_table(plan: Plan, catalogue: Catalogue, pages: Mapping[str, PageCards]) -> str:
    rows = []
    for target in sorted(plan.targets, key=lambda target: target.clause):
        indicator = catalogue.indicator(target.indicator_id)
        cards = pages[indicator.page].get(target.indicator_id, [])
        rows.append(
            (
                str(target.clause),
                f"{indicator.name_zh} · {indicator.name_en}",
                f"`{indicator.indicator_id}`",
                f"`{indicator.page}`",
                _codes(cards),
            )
        )
    return _table(("clause", "indicator", "id", "page", "cards"), rows)


def _clauses_table(plan: Plan) -> str:
    rows = []
    for clause in plan.clauses:
        tasks = [task for task in plan.tasks if task.clause == clause.clause]
        targets = [target for target in plan.targets if target.clause == clause.clause]
        rows.append(
            (
                str(clause.clause),
                f"{clause.title_zh} · {clause.title_en}",
                str(len(tasks)),
                _codes(target.indicator_id for target in targets),
            )
        )
    return _table(("clause", "title", "tasks", "targets"), rows)


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, ("---",) * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def shipped_coverage(pages: Mapping[str, PageCards]) -> str:
    """The document for the latest plan and the catalogue that are shipped."""
    year = max(plan_years(settings.PLAN_DIR))
    plan = load_plan(settings.PLAN_DIR / str(year))
    return coverage_markdown(plan, load_catalogue(settings.QUERIES_DIR / "indicators"), pages)


if __name__ == "__main__":
    print(shipped_coverage(cards_by_page()), end="")
