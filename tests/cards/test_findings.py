"""Every number in every generated sentence, recomputed from the frames of its card.

The cards are those that the pages show, found by running the pages' scripts: a new card is held to
this without being named here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from typing import Any

import pytest

from dashboard.cards import Context
from dashboard.cards.model import Card
from dashboard.cards.project.lookup import find_project
from dashboard.cards.school.lookup import find_school
from dashboard.data import Database
from dashboard.filters import Filters
from dashboard.words.language import language
from tests.cards.facts import HERE, Fact, Facts, facts_of
from tests.cards.figures import Figure, figures
from tests.cards.shown import Shown, cards_below, shown_cards, shown_headlines
from tests.cards.traces import traced, untraced

pytestmark = pytest.mark.slow

VIEWS: dict[str, dict[str, Any]] = {
    "city": {},
    "one county": {"counties": ("330681",)},
    "three counties": {"counties": ("330602", "330603", "330600")},
    "city-run": {"counties": ("330600",), "comparison": "last_month"},
    "January": {"as_of": "2024-01"},
    "last month": {"comparison": "last_month"},
    "a month": {"comparison": "2024-03", "counties": ("330681", "330624")},
    "English": {"lang": "en"},
    "English, one county": {"lang": "en", "counties": ("330681",), "comparison": "2024-03"},
}
# Sentences about definitions and about the plan's own text; they say no figure of the data.
RULES = ("methods.", "plan.")
RULED_PAGES = ("methods", "plan")
# Share of sentences' numbers that must be found out when their last decimal is changed by one.
CAUGHT_AT_LEAST = {"decimals": 0.85, "whole numbers": 0.6}


def view_of(database: Database, choice: dict[str, Any]) -> Context:
    words = language(choice.get("lang", "zh"))
    asked = {"as_of": "2024-09", **{k: v for k, v in choice.items() if k != "lang"}}
    return Context(database, Filters(**asked), words)


def headline_parts(shown: Shown, view: Context) -> list[str]:
    """A headline; of one project or school its parts, each about it: its name names no place."""
    sentence, arguments = shown.headline(view), dict(shown.arguments)
    if "project_id" in arguments:
        name = str(find_project(view, arguments["project_id"])["project_name"])
    elif "school_id" in arguments:
        name = str(find_school(view, arguments["school_id"])["school_name"])
    else:
        return [sentence]
    return re.split("[；;]", sentence.replace(name, HERE))


def sentences_of(card: Card) -> Iterator[str]:
    yield from (card.finding, card.change or "", *card.notes)


@cache
def judged(shown: Shown, view: Context) -> tuple[Card, Facts, Context]:
    """A card with the facts it may state, and the view it is about: some ignore the counties."""
    card = shown.card(view)
    city = replace(view, filters=replace(view.filters, counties=()))
    about = city if shown.card(city) is card else view
    return card, facts_of(card, about), about


def figures_with_facts(
    database: Database,
) -> Iterator[tuple[str, Shown, str, Figure, list[Fact]]]:
    for name, choice in VIEWS.items():
        view = view_of(database, choice)
        for shown in shown_cards():
            if shown.name.startswith(RULES):
                continue
            card, facts, about = judged(shown, view)
            for sentence in sentences_of(card):
                for figure, candidates in traced(sentence, facts, about):
                    yield name, shown, sentence, figure, candidates


def is_borne_out(figure: Figure, facts: list[Fact]) -> bool:
    return any(figure.is_printed(fact.value) for fact in facts)


def test_every_number_in_a_sentence_is_one_of_its_card(database: Database) -> None:
    wrong = [
        f"{view}: {shown}: {figure.text} in {sentence!r}"
        for view, shown, sentence, figure, facts in figures_with_facts(database)
        if not is_borne_out(figure, facts)
    ]
    assert not wrong, "\n".join(wrong)


def test_a_number_that_is_off_by_one_in_its_last_place_is_found_out(database: Database) -> None:
    tried = dict.fromkeys(CAUGHT_AT_LEAST, 0)
    caught = dict.fromkeys(CAUGHT_AT_LEAST, 0)
    for _view, _shown, _sentence, figure, facts in figures_with_facts(database):
        kind = "decimals" if figure.decimals else "whole numbers"
        for wrong in (figure.moved(1), figure.moved(-1)):
            if wrong.value > 0:
                tried[kind] += 1
                caught[kind] += not is_borne_out(wrong, facts)
    shares = {kind: caught[kind] / tried[kind] for kind in tried}
    assert all(shares[kind] >= least for kind, least in CAUGHT_AT_LEAST.items()), shares


@pytest.mark.parametrize("choice", VIEWS.values(), ids=VIEWS.keys())
def test_headlines_say_numbers_of_the_page_s_cards(
    database: Database, choice: dict[str, Any]
) -> None:
    view = view_of(database, choice)
    for shown in shown_headlines():
        if shown.name in RULED_PAGES:
            continue
        is_right: dict[str, bool] = {}
        for card, sentence in product(cards_below(shown), headline_parts(shown, view)):
            _card, facts, _about = judged(card, view)
            for figure, candidates in traced(sentence, facts, view):
                right = is_borne_out(figure, candidates)
                is_right[figure.text] = is_right.get(figure.text, False) or right
        assert [text for text, right in is_right.items() if not right] == [], shown


def test_the_words_around_a_number_decide_what_it_may_be(database: Database) -> None:
    view = view_of(database, {})
    shown = Shown("standing", (("indicator_id", "inclusive_kindergarten_coverage"),))
    card, facts, about = judged(shown, view)
    assert untraced(card.finding, facts, about) == []
    value, target = (figure.text for figure in list(figures(card.finding))[:2])
    swapped = card.finding.replace(value, "@").replace(target, value).replace("@", target)
    assert untraced(swapped, facts, about) == [target, value]
