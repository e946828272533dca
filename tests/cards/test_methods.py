"""口径: the page says what the reference says, for every indicator and every rule."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dashboard.cards import Context, build_card, build_headline
from dashboard.cards.methods import subjects_with
from dashboard.cards.overview import PAGES
from dashboard.indicators import definitions
from dashboard.settings import ROOT
from dashboard.words.language import LANGUAGES, language

MakeContext = Callable[..., Context]
REFERENCE = (ROOT / "docs" / "indicators.md").read_text(encoding="utf-8")
RULE_CARDS = ("methods.status", "methods.pace", "methods.values", "methods.symbols")


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_rule_on_the_page_stands_in_the_reference(context: MakeContext, code: str) -> None:
    for card_id in RULE_CARDS:
        for text in build_card(card_id, context(lang=code)).table.frame["text"]:
            assert text in REFERENCE


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_indicator_is_defined_once_in_the_words_of_the_reference(
    context: MakeContext, code: str
) -> None:
    view = context(lang=code)
    rows = {
        row["id"]: row
        for page in PAGES
        for row in build_card("methods.indicators", view, page=page).table.frame.to_dict("records")
    }
    catalogue = view.database.catalogue
    assert set(rows) == set(catalogue.indicators)
    for indicator_id, row in rows.items():
        section = REFERENCE.split(f"`{indicator_id}` (", 1)[1].split("\n### ", 1)[0]
        for rule in definitions.indicator_rules(language(code), catalogue.indicator(indicator_id)):
            assert rule.text in section
        for field in ("formula", "value", "cadence", "pace", "certainty", "caveats"):
            assert row[field] in section, (indicator_id, field)


def test_every_indicator_names_its_export_with_the_date_of_its_data(context: MakeContext) -> None:
    frame = build_card("methods.indicators", context(), page="health").table.frame
    fitness = frame.set_index("id").loc["fitness_good_rate", "source"]
    assert fitness == "学校名录.csv，数据至2024；体质健康.csv，数据至2023"


def test_a_search_keeps_the_definitions_that_hold_all_its_words(context: MakeContext) -> None:
    view = context()
    assert subjects_with(view, "近视") == ["health"]
    found = build_card("methods.indicators", view, page="health", words="近视 百分点").table.frame
    assert list(found["id"]) == ["myopia_decline"]
    assert subjects_with(view, "nothing of the kind") == []
    assert subjects_with(view, "  ") == list(PAGES)


def test_the_headline_counts_the_certainties(context: MakeContext) -> None:
    view = context(lang="en")
    grades = [i.certainty for i in view.database.catalogue.indicators.values()]
    text = build_headline("methods", view)
    assert text.startswith(f"{len(grades)} indicators: {grades.count('V')} definitions")
    assert f"{grades.count('R')} to be confirmed" in text
