"""教师 on the sample: every card for every view, and a second road to its numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from dashboard import charts, indicators
from dashboard.cards import Context, build_card, build_headline
from dashboard.data import Database
from dashboard.filters import CITY
from dashboard.rounding import written
from dashboard.settings import ROOT

MakeContext = Callable[..., Context]

CARDS = (
    "teachers.staffing",
    "teachers.spread",
    "teachers.certificates",
    "teachers.training_and_rotation",
    "teachers.degrees",
    "teachers.titles",
    "teachers.new_top_titles",
)
CITY_RUN = "330600"
THREE = ("330602", "330604", "330624")
VIEWS: dict[str, dict[str, Any]] = {
    "city": {},
    "one county": {"counties": ["330681"]},
    "three counties": {"counties": THREE},
    "city-run": {"counties": [CITY_RUN]},
    "January": {"as_of": "2024-01"},
    "English": {"lang": "en", "counties": ["330681"]},
}
every_view = pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
some_counties = pytest.mark.parametrize(
    "counties", [(), ("330681",), THREE, (CITY_RUN,)], ids=["city", "one", "three", "city-run"]
)


def total(
    database: Database, indicator_id: str, counties: tuple[str, ...] = (), as_of: str = "2024-09"
) -> pd.Series:
    values = indicators.values(database, as_of, counties, [indicator_id])
    return values.set_index("county_id").loc[CITY]


@pytest.mark.product
@every_view
@pytest.mark.parametrize("card_id", CARDS)
def test_card_can_be_shown_for(context: MakeContext, card_id: str, view: dict[str, Any]) -> None:
    card = build_card(card_id, context(**view))

    assert card.finding
    assert "{" not in card.finding
    assert "nan" not in card.finding
    for chart in card.charts:
        charts.figure(chart.shape, chart.frame, chart.options)
    assert not card.table.labelled().columns.duplicated().any()
    assert len(card.table.frame) > 0


@every_view
def test_the_headline_can_be_said_for(context: MakeContext, view: dict[str, Any]) -> None:
    said = build_headline("teachers", context(**view))
    assert "nan" not in said
    assert "{" not in said


def test_the_headline_says_every_number_the_plan_asks_for(
    context: MakeContext, database: Database
) -> None:
    said = build_headline("teachers", context())
    targeted = [
        i
        for i, definition in database.catalogue.indicators.items()
        if definition.page == "teachers" and definition.kind == "rate"
    ]
    for indicator_id in targeted:
        row = total(database, indicator_id)
        assert f"{written(row['value'], 1)}%（目标{written(row['target'], 1)}%）" in said


def test_every_indicator_of_the_page_is_on_it(context: MakeContext, database: Database) -> None:
    page = (ROOT / "pages" / "subjects" / "teachers.py").read_text("utf-8")
    shown = {i for i in database.catalogue.indicators if f'"{i}"' in page}
    for card_id in CARDS:
        assert f'"{card_id}"' in page
        shown |= set(build_card(card_id, context()).indicator_ids)
    of_page = {i for i, d in database.catalogue.indicators.items() if d.page == "teachers"}
    assert of_page <= shown


def test_the_page_draws_at_most_nine_figures_of_the_city(context: MakeContext) -> None:
    page = (ROOT / "pages" / "subjects" / "teachers.py").read_text("utf-8")
    figures = sum(len(build_card(card_id, context()).charts) for card_id in CARDS)
    assert figures + page.count('"standing"') <= 9


# --- a second road to the totals ----------------------------------------------------------------


@some_counties
def test_the_types_of_compulsory_schools_add_up_to_the_ratios(
    context: MakeContext, database: Database, counties: tuple[str, ...]
) -> None:
    table = build_card("teachers.staffing", context(counties)).table.frame
    types = table[(table["school_year"] == 2024) & (table["school_type"] != "senior")]
    per_teacher = total(database, "pupil_teacher_ratio", counties)
    per_class = total(database, "teachers_per_class", counties)
    assert types["pupils"].sum() == per_teacher["numerator"]
    assert types["teachers"].sum() == per_teacher["denominator"] == per_class["numerator"]
    assert types["classes"].sum() == per_class["denominator"]


def test_the_finding_on_staffing_names_each_type_with_its_standard(
    context: MakeContext, database: Database
) -> None:
    card = build_card("teachers.staffing", context())
    (chart,) = card.charts
    latest = chart.frame[chart.frame["x"] == "2024"].set_index("id")
    thresholds = database.catalogue.thresholds
    for school_type in ("primary", "junior", "senior"):
        standard = thresholds[f"pupils_per_teacher_{school_type}"].value
        row = latest.loc[school_type]
        assert row["target"] == standard
        assert f"{written(row['value'], 1)}（标准{standard:g}）" in card.finding
    assert pd.isna(latest.loc["nine_year", "target"])


@pytest.mark.parametrize("card_id", ["teachers.certificates", "teachers.training_and_rotation"])
@some_counties
def test_rates_side_by_side_are_the_indicators(
    context: MakeContext, database: Database, counties: tuple[str, ...], card_id: str
) -> None:
    card = build_card(card_id, context(counties))
    assert card.listing is not None
    rows = card.listing.frame
    for place, indicator_id in enumerate(card.indicator_ids, start=1):
        values = indicators.values(database, "2024-09", (), [indicator_id])
        shown = zip(rows.iloc[:, place], values["value"], values["previous"], strict=True)
        for cell, value, previous in shown:
            assert cell.endswith(f"{written(value, 1)}%（{written(previous, 1)}%）")
        assert f"{written(total(database, indicator_id, counties)['value'], 1)}%" in card.finding


def test_a_single_countys_schools_come_with_its_rates(context: MakeContext) -> None:
    assert build_card("teachers.certificates", context()).charts == ()
    of_county = build_card("teachers.certificates", context(["330681"])).charts
    assert [chart.shape for chart in of_county] == ["contribution"] * 2
    assert len({chart.title for chart in of_county}) == 2


@some_counties
def test_the_share_of_graduates_is_the_indicators(
    context: MakeContext, database: Database, counties: tuple[str, ...]
) -> None:
    card = build_card("teachers.degrees", context(counties))
    expected = total(database, "graduate_degree_rate", counties)
    levels = card.table.frame
    graduates = levels[(levels["school_year"] == 2024) & (levels["level"] == "graduate")].iloc[0]
    assert graduates["holders"] == expected["numerator"]
    assert graduates["teachers"] == expected["denominator"]
    assert graduates["share_pct"] == pytest.approx(expected["value"])
    assert f"{written(expected['value'], 1)}%" in card.finding


@pytest.mark.parametrize("card_id", ["teachers.degrees", "teachers.titles"])
def test_the_parts_of_every_year_make_a_whole(context: MakeContext, card_id: str) -> None:
    (chart,) = build_card(card_id, context()).charts
    assert len(chart.frame["series"].unique()) <= 4
    assert chart.frame.groupby("label")["value"].sum().tolist() == pytest.approx([100.0] * 6)


def test_new_top_titles_are_the_indicators(context: MakeContext, database: Database) -> None:
    card = build_card("teachers.new_top_titles", context())
    now = total(database, "senior_title_teachers")["value"]
    before = total(database, "senior_title_teachers", as_of="2023-09")["value"]
    assert card.charts[0].frame["value"].tolist()[-2:] == [before, now]
    assert f"{now:.0f}人，上年{before:.0f}人" in card.finding


def test_so_few_new_top_titles_that_they_could_be_known_are_nowhere(
    context: MakeContext, database: Database
) -> None:
    hidden = total(database, "senior_title_teachers", (CITY_RUN,))
    assert hidden["missing"] == "c"  # the sample holds such a cell
    card = build_card("teachers.new_top_titles", context([CITY_RUN]))
    assert card.finding.endswith("隐去")
    assert pd.isna(card.charts[0].frame["value"].iloc[-1])
    assert card.table.frame["new_teachers"].iloc[0] == "c 隐去"
    assert any("不足5人" in note for note in card.notes)


def test_the_spread_is_between_the_highest_and_the_lowest_county(
    context: MakeContext, database: Database
) -> None:
    card = build_card("teachers.spread", context())
    (chart,) = card.charts
    drawn = chart.frame.set_index("id")
    for indicator_id in card.indicator_ids:
        values = indicators.values(database, "2024-09", (), [indicator_id]).set_index("county_id")
        city = values.loc[CITY, "value"]
        counties = values["value"].drop([CITY, CITY_RUN])
        row = drawn.loc[indicator_id]
        assert row["value"] == pytest.approx((counties.max() / city - 1) * 100)
        assert row["comparison"] == pytest.approx((counties.min() / city - 1) * 100)
    distance = chart.frame["value"] - chart.frame["comparison"]
    assert distance.is_monotonic_decreasing


def test_the_finding_on_the_spread_is_the_first_row(context: MakeContext) -> None:
    card = build_card("teachers.spread", context())
    widest = card.table.frame.iloc[0]
    for part in ("highest_county", "highest", "lowest_county", "lowest", "distance"):
        assert widest[part] in card.finding


def test_the_spread_is_the_citys_whatever_is_chosen(context: MakeContext) -> None:
    city, county = (build_card("teachers.spread", context(c)) for c in ((), ("330681",)))
    assert city.finding == county.finding
    pd.testing.assert_frame_equal(city.charts[0].frame, county.charts[0].frame)
