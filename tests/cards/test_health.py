"""健康 on the sample: every card for every view, and a second road to its numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from dashboard import charts, indicators
from dashboard.cards import Context, build_card, build_headline
from dashboard.data import Database
from dashboard.filters import CITY
from dashboard.settings import ROOT

MakeContext = Callable[..., Context]

GOOD = {"indicator_id": "fitness_good_rate"}
CARDS: dict[str, tuple[str, dict[str, Any]]] = {
    "myopia by county": ("health.myopia_by_county", {}),
    "myopia by stage": ("health.myopia_by_stage", {}),
    "screening": ("health.screening", {}),
    "vision stations": ("health.vision_stations", {}),
    "fitness over years": ("health.fitness_over_years", GOOD),
    "fitness by stage and sex": ("health.fitness_by_stage_and_sex", {}),
    "psychology": ("health.psychology", {}),
    "health school levels": ("health.health_school_levels", {}),
    "new awards": ("health.new_awards", {}),
    "unnatural deaths": ("health.unnatural_deaths", {}),
}
THREE = ("330602", "330604", "330624")
SHENGZHOU = "330683"
VIEWS: dict[str, dict[str, Any]] = {
    "city": {},
    "one county": {"counties": ["330681"]},
    "three counties": {"counties": THREE},
    "city-run": {"counties": ["330600"]},
    "the late county": {"counties": [SHENGZHOU]},
    "May": {"as_of": "2024-05"},
    "January": {"as_of": "2024-01"},
    "English": {"lang": "en", "counties": ["330681"]},
}


def total(database: Database, indicator_id: str, counties: tuple[str, ...] = ()) -> pd.Series:
    values = indicators.values(database, "2024-09", counties, [indicator_id])
    return values.set_index("county_id").loc[CITY]


@pytest.mark.product
@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
@pytest.mark.parametrize(("card_id", "arguments"), CARDS.values(), ids=CARDS.keys())
def test_card_can_be_shown_for(
    context: MakeContext, card_id: str, arguments: dict[str, Any], view: dict[str, Any]
) -> None:
    card = build_card(card_id, context(**view), **arguments)

    assert card.finding
    assert "{" not in card.finding
    for chart in card.charts:
        charts.figure(chart.shape, chart.frame, chart.options)
    for table in filter(None, (card.table, card.listing)):
        assert not table.labelled().columns.duplicated().any()


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_the_headline_can_be_said_for(context: MakeContext, view: dict[str, Any]) -> None:
    assert "nan" not in build_headline("health", context(**view))


def test_every_indicator_of_the_page_is_on_it(context: MakeContext, database: Database) -> None:
    page = (ROOT / "pages" / "subjects" / "health.py").read_text("utf-8")
    shown = {
        i
        for name, arguments in CARDS.values()
        for i in build_card(name, context(), **arguments).indicator_ids
        if name in page
    }
    shown |= {i for i in database.catalogue.indicators if f'"{i}"' in page}
    of_page = {i for i, d in database.catalogue.indicators.items() if d.page == "health"}
    assert of_page <= shown


# --- a second road to the totals ----------------------------------------------------------------


@pytest.mark.parametrize("counties", [(), ("330681",), THREE], ids=["city", "one", "three"])
def test_the_change_of_myopia_is_the_indicators(
    context: MakeContext, database: Database, counties: tuple[str, ...]
) -> None:
    view = context(counties=counties)
    expected = total(database, "myopia_decline", counties)
    asked = view.query(
        "health/myopia_by_county", as_of="2024-09", counties=list(view.chosen)
    ).set_index("county_id")
    assert asked.loc[CITY, "change_pp"] == pytest.approx(expected["value"])
    assert asked.loc[CITY, "examined"] == expected["denominator"]
    points = f"{abs(expected['value']):.2f}"
    assert points in build_card("health.myopia_by_county", view).finding
    assert points in build_headline("health", view)


def test_the_stages_add_up_to_the_myopia_rate(context: MakeContext, database: Database) -> None:
    stages = build_card("health.myopia_by_stage", context()).table.frame
    latest = stages[stages["period"] == "2024-09"]
    expected = total(database, "myopia_decline")
    assert latest["myopic"].sum() == expected["numerator"]
    assert latest["examined"].sum() == expected["denominator"]


def test_the_rounds_done_are_the_indicators(context: MakeContext, database: Database) -> None:
    rounds = build_card("health.screening", context()).table.frame
    done = rounds[(rounds["period"].str[:4] == "2024") & (rounds["county_id"] != CITY)]["is_done"]
    assert done.sum() == total(database, "vision_screening_rounds")["numerator"]


@pytest.mark.parametrize("counties", [(), THREE], ids=["city", "three"])
def test_the_levels_add_up_to_the_rate(
    context: MakeContext, database: Database, counties: tuple[str, ...]
) -> None:
    view = context(counties=counties)
    levels = build_card("health.health_school_levels", view).table.frame.set_index("county_id")
    chosen = levels.loc[list(view.chosen)]
    expected = total(database, "health_school_rate", counties)
    assert chosen["schools"].sum() == expected["denominator"]
    assert chosen["schools"].sum() - chosen["other_schools"].sum() == expected["numerator"]


def test_the_stations_added_are_the_indicators(context: MakeContext, database: Database) -> None:
    stations = build_card("health.vision_stations", context()).table.frame
    by_year = stations[stations["county_id"] == CITY].set_index("year")["model_stations"]
    expected = total(database, "vision_stations_growth")
    assert by_year[2024] - by_year[2023] == expected["numerator"]
    assert by_year[2023] == expected["denominator"]


@pytest.mark.parametrize("counties", [(), THREE], ids=["city", "three"])
def test_all_stages_and_sexes_together_are_the_fitness_rates(
    context: MakeContext, database: Database, counties: tuple[str, ...]
) -> None:
    view = context(counties=counties)
    groups = view.query(
        "health/fitness_by_stage_and_sex", as_of="2024-09", counties=list(view.chosen)
    )
    everyone = groups[(groups["stage"] == "all") & (groups["sex"] == "all")].iloc[-1]
    for column, indicator_id in (
        ("good_pct", "fitness_good_rate"),
        ("pass_pct", "fitness_pass_rate"),
    ):
        expected = total(database, indicator_id, counties)["value"]
        # the groups may be withheld where the rate is not
        assert pd.isna(everyone[column]) or everyone[column] == pytest.approx(expected)


def test_the_line_of_several_counties_is_theirs_together(
    context: MakeContext, database: Database
) -> None:
    frame = build_card("health.fitness_over_years", context(counties=THREE), **GOOD).charts[0].frame
    expected = total(database, "fitness_good_rate", THREE)["value"]
    assert frame[frame["id"] == CITY].iloc[-1]["value"] == pytest.approx(expected)


# --- what the findings say ----------------------------------------------------------------------


def test_findings_carry_numbers_of_their_frames(context: MakeContext) -> None:
    for card_id, arguments in CARDS.values():
        card = build_card(card_id, context(), **arguments)
        texts = [str(text) for chart in card.charts for text in chart.frame.get("text", ())]
        texts += [tile.value for tile in card.tiles]
        if card.listing is not None:
            texts += card.listing.frame.astype(str).to_numpy().ravel().tolist()
        parts = {part for text in texts for part in text.replace("·", "/").split(" / ")}
        assert any(part.strip() in card.finding for part in parts if part.strip()), card_id


def test_a_county_that_is_late_is_named_and_has_no_value(context: MakeContext) -> None:
    card = build_card("health.myopia_by_county", context())
    frame = card.charts[0].frame.set_index("id")
    assert pd.isna(frame.loc[SHENGZHOU, "value"])
    assert not pd.isna(frame.loc[SHENGZHOU, "comparison"])
    assert any("嵊州市" in note for note in card.notes)


def test_a_county_is_not_late_before_its_round(context: MakeContext) -> None:
    card = build_card("health.myopia_by_county", context(as_of="2024-08"))
    assert not card.charts[0].frame["value"].isna().any()
    assert not any("嵊州市" in note for note in card.notes)


def test_spring_is_compared_with_spring(context: MakeContext) -> None:
    options = build_card("health.myopia_by_county", context(as_of="2024-08")).charts[0].options
    assert (options["series_text"], options["comparison_text"]) == ("2024年春季", "2023年春季")


def test_all_units_stay_on_the_axis_when_a_county_is_chosen(context: MakeContext) -> None:
    everyone = build_card("health.myopia_by_county", context()).charts[0]
    narrowed = build_card("health.myopia_by_county", context(counties=["330681"])).charts[0]
    assert narrowed.frame["value"].tolist()[:3] == everyone.frame["value"].tolist()[:3]
    assert len(narrowed.frame) == len(everyone.frame) == 8
    assert narrowed.options["highlight"] == ["330681"]


def test_deaths_are_never_shown_below_the_city(context: MakeContext) -> None:
    of_city = build_card("health.unnatural_deaths", context())
    of_county = build_card("health.unnatural_deaths", context(counties=["330681"]))
    assert of_county.tiles == of_city.tiles
    assert set(of_county.table.frame["county_id"]) == {CITY}
    assert [column.name for column in of_county.table.columns] == ["year", "value"]


def test_cards_in_english_have_no_chinese(context: MakeContext) -> None:
    for card_id, arguments in CARDS.values():
        card = build_card(card_id, context(lang="en"), **arguments)
        words = [card.finding, card.subtitle, *card.notes, *(c.label for c in card.table.columns)]
        assert not [w for w in words if any("一" <= letter <= "鿿" for letter in w)], card_id
