"""An indicator's own page on the sample: every card for each, and second roads to its numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pytest

from dashboard import charts, indicators
from dashboard.cards import Context, build_card, build_headline
from dashboard.cards.indicator import counts_schools, has_units, indicator_choices
from dashboard.cards.indicator.contributors import SHOWN
from dashboard.cards.indicator.schools import LISTED, schools
from dashboard.cards.model import Card, Selects
from dashboard.catalogue import load_catalogue
from dashboard.data import Database
from dashboard.filters import CITY
from dashboard.frames import records
from dashboard.settings import QUERIES_DIR, SAMPLE_DIR

MakeContext = Callable[..., Context]

INDICATORS = sorted(load_catalogue(QUERIES_DIR / "indicators").indicators)
GOOD_FITNESS, COVERAGE, CENTRES = (
    "fitness_good_rate",
    "quality_kindergarten_coverage",
    "labour_classroom_coverage",
)
ZHUJI, YUECHENG, SHENGZHOU = "330681", "330602", "330683"
VIEWS: dict[str, dict[str, Any]] = {
    "city": {},
    "one county": {"counties": [ZHUJI]},
    "city-run": {"counties": ["330600"]},
    "two counties": {"counties": [YUECHENG, ZHUJI]},
    "January": {"as_of": "2024-01"},
    "English": {"lang": "en"},
}


def cards_of(view: Context, indicator_id: str) -> Iterator[Card]:
    """The cards that the page of an indicator shows."""
    names = ["history", "definition"]
    if not view.is_city_only(indicator_id):
        names.append("standing")
    if counts_schools(view, indicator_id):
        names += ["distribution", "contributors", "schools"]
    elif has_units(view, indicator_id):
        names.append("units")
    for name in names:
        yield build_card(f"indicator.{name}", view, indicator_id=indicator_id)


@pytest.mark.product
@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
@pytest.mark.parametrize("indicator_id", INDICATORS)
def test_every_indicator_has_a_page_for(
    context: MakeContext, indicator_id: str, view: dict[str, Any]
) -> None:
    chosen = context(**view)
    assert build_headline("indicator", chosen, indicator_id=indicator_id)
    for card in cards_of(chosen, indicator_id):
        assert card.finding
        assert "nan" not in card.finding.lower()
        for chart in card.charts:
            charts.figure(chart.shape, chart.frame, chart.options)
        assert len(card.table.labelled().columns) == len(card.table.columns)


def test_all_indicators_can_be_chosen_subject_by_subject(context: MakeContext) -> None:
    names = indicator_choices(context())
    assert sorted(names) == INDICATORS
    subjects = [name.split(" · ")[0] for name in names.values()]
    assert len(set(subjects)) == 7
    assert len([s for s, before in zip(subjects[1:], subjects, strict=False) if s != before]) == 6


def test_a_city_only_figure_is_the_city_s_whatever_is_chosen(context: MakeContext) -> None:
    headline = build_headline(
        "indicator", context(counties=[ZHUJI]), indicator_id="tertiary_gross_enrolment"
    )
    assert headline.startswith("全市")


# --- history ------------------------------------------------------------------------------------


def test_the_last_point_of_every_line_is_the_value_on_the_standing_card(
    context: MakeContext, database: Database
) -> None:
    for indicator_id in (GOOD_FITNESS, "myopia_decline", "health_school_rate"):
        card = build_card("indicator.history", context(), indicator_id=indicator_id)
        ends = card.charts[0].frame.groupby("id")["value"].last()
        standings = indicators.values(database, "2024-09", (), [indicator_id])
        values = standings.set_index("county_id")["value"].dropna()
        for county, value in values.items():
            assert ends[county] == pytest.approx(value), (indicator_id, county)


def test_a_change_is_over_the_schools_that_have_reported_both_rounds(
    context: MakeContext,
) -> None:
    """Counted again from the exports: 嵊州 has not reported, 12 schools are in one round only."""
    register = pd.read_csv(SAMPLE_DIR / "学校名录.csv", dtype=str).query("学年 == '2024'")
    county = register.set_index("学校标识码")["区县代码"]
    rounds = pd.read_csv(SAMPLE_DIR / "视力普查.csv", dtype={"学校标识码": str})
    autumns = (
        rounds[rounds["轮次"] == "秋季"]
        .groupby(["年度", "学校标识码"])[["近视人数", "检查人数"]]
        .sum()
    )
    now, before = autumns.loc[2024], autumns.loc[2023]
    both = [s for s in now.index.intersection(before.index) if county.get(s) != SHENGZHOU]
    totals = [autumn.loc[both].sum() for autumn in (now, before)]
    rates = [total["近视人数"] / total["检查人数"] * 100 for total in totals]

    frame = context().history("myopia_decline").set_index(["county_id", "period"])
    assert len(both) == 429
    assert frame["value"][CITY, "2024-09"] == pytest.approx(rates[0] - rates[1])
    first = frame["value"].get((CITY, "2019-09"))
    assert first is None or pd.isna(first)  # no year before it


def test_what_is_counted_stays_as_it_is_until_more_is_added(context: MakeContext) -> None:
    card = build_card("indicator.history", context(), indicator_id="modern_schools_created")
    frame = card.charts[0].frame
    assert frame["x"].iloc[-1] == "2024年9月"
    assert list(frame["value"]) == sorted(frame["value"])
    assert frame["value"].iloc[-1] == context().chosen_value("modern_schools_created")["value"]


# --- schools ------------------------------------------------------------------------------------


@pytest.mark.parametrize("counties", [(), (ZHUJI,), (YUECHENG, ZHUJI)])
def test_the_schools_together_miss_what_the_counties_miss(
    context: MakeContext, counties: tuple[str, ...]
) -> None:
    view = context(counties=counties)
    frame = schools(view, GOOD_FITNESS, view.chosen)
    assert not frame["is_withheld"].any()  # else the sum would be another one
    gap = view.chosen_value(GOOD_FITNESS)
    assert -frame["contribution"].sum() == pytest.approx(
        gap["denominator"] * gap["target"] / 100 - gap["numerator"]
    )


def test_shares_of_the_gap_add_up_to_the_number_in_the_finding(context: MakeContext) -> None:
    view = context()
    card = build_card("indicator.contributors", view, indicator_id=GOOD_FITNESS)
    frame = schools(view, GOOD_FITNESS, view.chosen)
    short = sorted((s for s in frame["shortfall"] if s > 0), reverse=True)
    share = sum(short[:SHOWN]) / sum(short) * 100
    assert re.findall(r"\d+", card.finding) == [
        str(len(short)),
        str(SHOWN),
        f"{share:.0f}",
    ]
    assert list(card.charts[0].frame["value"]) == pytest.approx(short[:SHOWN])
    assert card.charts[0].selects is Selects.SCHOOL
    cumulated = card.table.frame["cumulated_pct"]
    assert cumulated.is_monotonic_increasing
    assert cumulated.iloc[-1] == pytest.approx(100)


def test_where_lower_is_better_the_schools_above_have_the_gap(context: MakeContext) -> None:
    view = context()
    card = build_card("indicator.contributors", view, indicator_id="pupil_teacher_ratio")
    first = records(card.table.frame)[0]
    county = schools(view, "pupil_teacher_ratio", view.chosen)
    same = county[county["school_type"] == first["school_type"]]
    mean = same["numerator"].sum() / same["denominator"].sum()
    assert first["value"] > mean
    assert first["shortfall"] == pytest.approx(first["numerator"] - mean * first["denominator"])


def test_schools_that_weigh_the_same_are_named_instead_of_measured(context: MakeContext) -> None:
    card = build_card("indicator.contributors", context(), indicator_id=CENTRES)
    assert not card.charts
    assert card.listing is not None
    distribution = build_card("indicator.distribution", context(), indicator_id=CENTRES)
    missing = re.findall(r"\d+", distribution.finding)[1]
    assert card.listing.frame["schools"].sum() == int(missing)


def test_a_dot_is_a_school_and_its_row_the_county(context: MakeContext) -> None:
    card = build_card(
        "indicator.distribution", context(counties=[ZHUJI]), indicator_id=GOOD_FITNESS
    )
    chart = card.charts[0]
    assert (chart.shape, chart.selects) == ("dot_strip", Selects.SCHOOL)
    assert list(dict.fromkeys(chart.frame["row_id"])) == list(context().county_ids)
    assert chart.options["highlight"] == [ZHUJI]
    own = chart.frame[chart.frame["row_id"] == ZHUJI]
    below = int((own["value"] < 70).sum())
    assert re.findall(r"\d+", card.finding)[:2] == [str(len(own)), str(below)]


def test_kindergartens_count_wholly_or_not_at_all(context: MakeContext) -> None:
    card = build_card("indicator.distribution", context(), indicator_id=COVERAGE)
    assert card.charts[0].shape == "stacked_bar"
    frame = schools(context(), COVERAGE, context().county_ids)
    assert card.charts[0].frame["value"].sum() == len(frame)


def test_schools_are_found_by_a_part_of_their_name(context: MakeContext) -> None:
    view = context()
    everything = build_card("indicator.schools", view, indicator_id=GOOD_FITNESS)
    found = build_card("indicator.schools", view, indicator_id=GOOD_FITNESS, search=" 西泉 ")
    assert len(everything.table.frame) == 493
    assert everything.listing is not None
    assert len(everything.listing.frame) == LISTED
    assert 0 < len(found.table.frame) < 493
    assert found.table.frame["unit_name"].str.contains("西泉").all()
    nothing = build_card("indicator.schools", view, indicator_id=GOOD_FITNESS, search="(.*)<b>")
    assert nothing.table.frame.empty
    assert nothing.listing is None


def test_a_name_leads_to_the_school_of_that_id(context: MakeContext, database: Database) -> None:
    card = build_card("indicator.schools", context(), indicator_id=GOOD_FITNESS)
    column = card.table.columns[0]
    assert (column.leads_to, column.id_column) == (Selects.SCHOOL, "unit_id")
    row = records(card.table.frame)[0]
    facts = database.run_query(
        "school/facts", school_id=row["unit_id"], school_year=2024, as_of="2024-09"
    )
    assert list(facts["school_name"]) == [row["unit_name"]]


def test_no_number_of_a_withheld_school_is_in_any_table_or_hover(context: MakeContext) -> None:
    view = context()
    for name in ("distribution", "contributors", "schools"):
        card = build_card(f"indicator.{name}", view, indicator_id="home_teaching_share")
        frame = card.table.frame
        assert not frame["numerator"].between(1, 4).any()
        hidden = frame[frame["is_withheld"]]
        assert set(hidden["value_text"]) <= {"c 隐去"}
        assert hidden[["value", "shortfall", "contribution"]].isna().all(axis=None)


# --- other things that are counted ---------------------------------------------------------------


@pytest.mark.parametrize(
    "indicator_id", ["modern_schools_created", "gold_health_schools", "scientist_lectures"]
)
def test_there_are_as_many_names_as_are_counted(context: MakeContext, indicator_id: str) -> None:
    for counties in ((), (ZHUJI,)):
        view = context(counties=counties)
        card = build_card("indicator.units", view, indicator_id=indicator_id)
        assert len(card.table.frame) == view.chosen_value(indicator_id)["value"]


def test_projects_lead_to_their_pages_and_add_up(context: MakeContext) -> None:
    view = context()
    card = build_card("indicator.units", view, indicator_id="project_investment")
    assert card.table.columns[0].leads_to is Selects.PROJECT
    assert card.table.frame["numerator"].sum() * 1e-8 == pytest.approx(
        view.chosen_value("project_investment")["value"]
    )


def test_steps_still_to_come_are_listed_as_well(context: MakeContext) -> None:
    card = build_card("indicator.units", context(), indicator_id="municipal_projects")
    assert re.findall(r"\d+", card.finding) == ["4", "2"]
    assert len(card.table.frame) == 4


def test_the_plan_s_own_words_stand_in_the_definition(context: MakeContext) -> None:
    card = build_card("indicator.definition", context(), indicator_id=GOOD_FITNESS)
    clause = context().clause(GOOD_FITNESS)
    assert clause is not None
    assert any(clause["quote_zh"] in text for text in card.table.frame["text"])
