"""职教与高教 on the sample: every card for every view, and a second road to its numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from dashboard import charts, indicators
from dashboard.cards import Context, build_card, build_headline
from dashboard.data import Database
from dashboard.filters import CITY
from dashboard.frames import Row, row_at
from dashboard.settings import ROOT

MakeContext = Callable[..., Context]

CARDS = (
    "skills.training_total",
    "skills.training_months",
    "skills.training_kinds",
    "skills.double_high",
    "skills.retention",
    "skills.gross_enrolment",
    "skills.senior_intake",
    "skills.general_share",
    "skills.widened_intakes",
    "skills.campuses",
)
CITY_FIGURES = {
    "skills.double_high": "vocational_double_high_passed",
    "skills.retention": "graduate_retention",
    "skills.gross_enrolment": "tertiary_gross_enrolment",
}
TRAINING, SHARE = "vocational_training", "general_vocational_ratio"
ZHUJI, CITY_RUN = "330681", "330600"
THREE = ("330602", "330604", "330624")
VIEWS: dict[str, dict[str, Any]] = {
    "city": {},
    "one county": {"counties": [ZHUJI]},
    "three counties": {"counties": THREE},
    "city-run": {"counties": [CITY_RUN]},
    "May": {"as_of": "2024-05"},
    "January": {"as_of": "2024-01"},
    "English": {"lang": "en", "counties": [ZHUJI]},
}
some_counties = pytest.mark.parametrize(
    "counties", [(), (ZHUJI,), THREE, (CITY_RUN,)], ids=["city", "one", "three", "city-run"]
)


def total(
    database: Database, indicator_id: str, counties: tuple[str, ...] = (), as_of: str = "2024-09"
) -> Row:
    values = indicators.values(database, as_of, counties, [indicator_id])
    return row_at(values.set_index("county_id"), CITY)


@pytest.mark.product
@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
@pytest.mark.parametrize("card_id", CARDS)
def test_card_can_be_shown_for(context: MakeContext, card_id: str, view: dict[str, Any]) -> None:
    card = build_card(card_id, context(**view))

    for words in (card.finding, card.subtitle, *card.notes):
        assert words
        assert "{" not in words
        assert "nan" not in words
    for chart in card.charts:
        charts.figure(chart.shape, chart.frame, chart.options)
    assert len(card.table.labelled()) > 0
    assert not card.table.labelled().columns.duplicated().any()


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_the_headline_can_be_said_for(context: MakeContext, view: dict[str, Any]) -> None:
    said = build_headline("skills", context(**view))
    assert "nan" not in said
    assert "{" not in said


def test_every_indicator_of_the_page_is_on_it(context: MakeContext, database: Database) -> None:
    page = (ROOT / "pages" / "subjects" / "skills.py").read_text("utf-8")
    shown = {i for i in database.catalogue.indicators if f'"{i}"' in page}
    for card_id in CARDS:
        assert f'"{card_id}"' in page
        shown |= set(build_card(card_id, context()).indicator_ids)
    of_page = {i for i, d in database.catalogue.indicators.items() if d.page == "skills"}
    assert of_page == shown | {i for i in of_page if f'"{i}"' in page}
    assert shown <= of_page


# --- vocational training ------------------------------------------------------------------------


@some_counties
@pytest.mark.parametrize("as_of", ["2024-01", "2024-09"])
def test_the_last_month_of_the_running_total_is_the_indicator(
    context: MakeContext, database: Database, counties: tuple[str, ...], as_of: str
) -> None:
    chart = build_card("skills.training_total", context(counties, as_of)).charts[0]
    expected = total(database, TRAINING, counties, as_of)
    month = chart.frame.set_index("month").loc[as_of]
    assert month["value"] == pytest.approx(expected["value"])
    assert month["comparison"] == pytest.approx(expected["previous"])
    assert month["plan"] == pytest.approx(expected["expected"])
    assert chart.options["target"] == pytest.approx(expected["target"])
    assert chart.frame["value"].notna().sum() == int(as_of[5:7])
    assert chart.frame["plan"].iloc[-1] == pytest.approx(expected["target"])


def test_the_counties_targets_add_up_to_what_is_asked_of_them_together(
    context: MakeContext, database: Database
) -> None:
    standings = context().standings(TRAINING)
    assert standings.drop(index=CITY)["target"].sum() == pytest.approx(
        total(database, TRAINING)["target"]
    )


@some_counties
def test_months_and_kinds_add_up_to_the_indicator(
    context: MakeContext, database: Database, counties: tuple[str, ...]
) -> None:
    expected = total(database, TRAINING, counties)
    months = build_card("skills.training_months", context(counties)).charts[0].frame
    kinds = build_card("skills.training_kinds", context(counties)).charts[0].frame
    assert months["value"].sum() == expected["numerator"]
    assert kinds["value"].sum() == expected["numerator"]
    scale = database.catalogue.indicator(TRAINING).scale
    assert kinds["comparison"].sum() * scale == pytest.approx(expected["previous"])


def test_the_findings_name_months_and_kinds_of_their_charts(context: MakeContext) -> None:
    months = build_card("skills.training_months", context())
    sums = months.charts[0].frame.groupby("id")["value"].sum()
    for month in (sums.idxmax(), "2024-09"):
        assert f"{sums[month]:,.0f}人次" in months.finding
    kinds = build_card("skills.training_kinds", context())
    largest = kinds.charts[0].frame.set_index("label")["value"]
    share = largest.max() / largest.sum() * 100
    assert f"{largest.idxmax()}最多，{largest.max():,.0f}人次，占{share:.1f}%" in kinds.finding


def test_a_neighbours_number_is_not_written_beside_the_latest(context: MakeContext) -> None:
    frame = build_card("skills.training_months", context(as_of="2024-06")).charts[0].frame
    labelled = set(frame.loc[frame["total_text"] != "", "id"])
    assert labelled == {"2024-06"}  # May has the most, but stands beside it


def test_months_to_come_are_empty_places_without_a_remark(context: MakeContext) -> None:
    frame = build_card("skills.training_months", context()).charts[0].frame
    ahead = frame[frame["id"] > "2024-09"]
    assert set(ahead["id"]) == {"2024-10", "2024-11", "2024-12"}
    assert ahead["value"].isna().all()
    assert set(ahead["total_text"]) == {""}


# --- figures of the whole city ------------------------------------------------------------------


@pytest.mark.parametrize(("card_id", "indicator_id"), CITY_FIGURES.items())
def test_a_city_figure_is_never_split(
    context: MakeContext, database: Database, card_id: str, indicator_id: str
) -> None:
    of_city, of_county = build_card(card_id, context()), build_card(card_id, context([ZHUJI]))
    assert of_city.finding == of_county.finding
    assert set(of_county.table.frame["county_id"]) == {CITY}
    expected = total(database, indicator_id)
    assert of_county.table.frame.iloc[0]["value"] == pytest.approx(expected["value"])


@pytest.mark.parametrize(
    ("card_id", "day"),
    [
        ("skills.double_high", "2024年6月30日"),
        ("skills.retention", "2024年8月31日"),
        ("skills.gross_enrolment", "2023年12月31日"),
    ],
)
def test_a_city_figure_says_its_cut_off_date(context: MakeContext, card_id: str, day: str) -> None:
    assert f"截至{day}" in build_card(card_id, context()).subtitle


def test_the_years_stand_against_the_target(context: MakeContext) -> None:
    chart = build_card("skills.retention", context()).charts[0]
    assert chart.frame["x"].tolist() == ["2019", "2020", "2021", "2022", "2023", "2024"]
    assert chart.options["target"] == 27
    assert chart.frame["value"].iloc[0] == pytest.approx(6552 / 29380 * 100)


def test_projects_that_passed_and_that_have_not_are_those_due(
    context: MakeContext, database: Database
) -> None:
    frame = build_card("skills.double_high", context()).charts[0].frame
    latest = frame[frame["id"] == "2024"].set_index("series")
    expected = total(database, "vocational_double_high_passed")
    assert latest["value"].to_dict() == {"已通过": 9, "未通过": 2}
    assert latest["value"].sum() == expected["denominator"]
    assert set(latest["total_text"]) == {"9/11"}


# --- general to vocational ----------------------------------------------------------------------


@some_counties
def test_the_general_share_is_the_indicators(
    context: MakeContext, database: Database, counties: tuple[str, ...]
) -> None:
    card = build_card("skills.senior_intake", context(counties))
    expected = total(database, SHARE, counties)
    latest = card.table.frame.iloc[0]
    assert latest["general"] == expected["numerator"]
    assert latest["general"] + latest["vocational"] == expected["denominator"]
    assert latest["value"] == pytest.approx(expected["value"])
    assert f"{expected['value']:.1f}%" in card.finding


def test_the_shares_by_county_stand_beside_the_year_before(context: MakeContext) -> None:
    view = context()
    card = build_card("skills.general_share", view)
    frame = card.charts[0].frame.set_index("id")
    standings = view.standings(SHARE)
    pd.testing.assert_series_equal(
        frame["comparison"], standings["previous"], check_names=False, check_dtype=False
    )
    steady = (frame["value"] - frame["comparison"]).abs().drop(CITY) <= 2
    assert f"{len(steady)}个单位中{steady.sum()}个保持稳定" in card.finding
    assert len(build_card("skills.general_share", context([ZHUJI])).charts[0].frame) == len(frame)


# --- words --------------------------------------------------------------------------------------


def test_the_headline_keeps_the_citys_figures_with_the_city(context: MakeContext) -> None:
    said = build_headline("skills", context([ZHUJI]))
    own, city = said.split("；")
    assert own.startswith("诸暨市")
    assert city.startswith("全市")
    assert "留绍率26.3%（目标27.0%）" in city
    assert "双高项目通过9/11个" in city


def test_cards_in_english_have_no_chinese(context: MakeContext) -> None:
    for card_id in CARDS:
        card = build_card(card_id, context(lang="en"))
        words = [card.finding, card.subtitle, *card.notes, *(c.label for c in card.table.columns)]
        assert not [w for w in words if any("一" <= letter <= "鿿" for letter in w)], card_id


# --- what the plan wants widened, begun and in use ------------------------------------------------


def test_intakes_stand_beside_the_autumn_before_and_nobody_is_last_for_being_small(
    context: MakeContext, database: Database
) -> None:
    card = build_card("skills.widened_intakes", context())
    for indicator_id in card.indicator_ids:
        row = total(database, indicator_id, ())
        assert f"{row['value']:,.0f}人（上年{row['previous']:,.0f}人）" in card.finding
    assert not any("最低" in note for note in card.notes)


def test_a_campus_step_is_met_from_the_month_in_which_it_is_taken(context: MakeContext) -> None:
    def steps(as_of: str) -> list[str]:
        card = build_card("skills.campuses", context(as_of=as_of))
        return [str(text).split(" ")[-1] for text in card.table.frame["status"]]

    assert steps("2024-07") == ["未到监测期", "未到监测期"]
    assert steps("2024-08") == ["已达成", "未到监测期"]  # in use on 30 August


def test_a_batch_shows_its_number_and_no_target(context: MakeContext) -> None:
    card = build_card(
        "named_this_year", context(), indicator_ids=("clean_schools", "study_travel_bases")
    )
    listing = card.listing
    assert listing is not None
    city = list(listing.frame.iloc[-1])
    assert [text.split(" ")[-1] for text in city[1:]] == ["8所", "4个"]
    assert "单位" in card.table.labelled().columns  # schools and bases stand in one table
