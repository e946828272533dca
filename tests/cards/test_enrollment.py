"""招生 on the sample: every card for every view, and a second road to its numbers."""

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
    "enrollment.pupils",
    "enrollment.school_sizes",
    "enrollment.quality_kindergartens",
    "enrollment.special_needs",
    "enrollment.senior_schools",
)
WHOLE_CITY = (
    "enrollment.quality_kindergartens",
    "enrollment.special_needs",
    "enrollment.senior_schools",
)
ZHUJI, CITY_RUN = "330681", "330600"
THREE = ("330602", "330604", "330624")
VIEWS: dict[str, dict[str, Any]] = {
    "city": {},
    "one county": {"counties": [ZHUJI]},
    "three counties": {"counties": THREE},
    "city-run": {"counties": [CITY_RUN]},
    "January": {"as_of": "2024-01"},
    "English": {"lang": "en", "counties": [ZHUJI]},
}
every_view = pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
some_counties = pytest.mark.parametrize(
    "counties", [(), (ZHUJI,), THREE, (CITY_RUN,)], ids=["city", "one", "three", "city-run"]
)


def total(database: Database, indicator_id: str, counties: tuple[str, ...] = ()) -> Row:
    values = indicators.values(database, "2024-09", counties, [indicator_id])
    return row_at(values.set_index("county_id"), CITY)


@pytest.mark.product
@every_view
@pytest.mark.parametrize("card_id", CARDS)
def test_card_can_be_shown_for(context: MakeContext, card_id: str, view: dict[str, Any]) -> None:
    card = build_card(card_id, context(**view))

    for words in (card.finding, card.subtitle, *card.notes):
        assert words
        assert "{" not in words
        assert "nan" not in words
    for chart in card.charts:
        charts.figure(chart.shape, chart.frame, chart.options)
    for table in (card.table, card.listing or card.table):
        labelled = table.labelled()
        assert len(labelled) > 0
        assert not labelled.columns.duplicated().any()


@every_view
def test_the_headline_can_be_said_for(context: MakeContext, view: dict[str, Any]) -> None:
    said = build_headline("enrollment", context(**view))
    assert "nan" not in said
    assert "{" not in said


@some_counties
def test_the_headline_says_the_shares_the_plan_asks_for(
    context: MakeContext, database: Database, counties: tuple[str, ...]
) -> None:
    said = build_headline("enrollment", context(counties))
    for indicator_id in (
        "inclusive_kindergarten_coverage",
        "quality_kindergarten_coverage",
        "public_kindergarten_coverage",
        "migrant_public_rate",
    ):
        row = total(database, indicator_id, counties)
        assert f"{row['value']:.1f}%（目标{row['target']:.1f}%）" in said


def test_every_indicator_of_the_page_is_on_it(context: MakeContext, database: Database) -> None:
    page = (ROOT / "pages" / "subjects" / "enrollment.py").read_text("utf-8")
    shown = {i for i in database.catalogue.indicators if f'"{i}"' in page}
    for card_id in CARDS:
        assert f'"{card_id}"' in page
        shown |= set(build_card(card_id, context()).indicator_ids)
    of_page = {i for i, d in database.catalogue.indicators.items() if d.page == "enrollment"}
    assert of_page <= shown


def test_the_whole_city_needs_at_most_nine_figures(context: MakeContext) -> None:
    page = (ROOT / "pages" / "subjects" / "enrollment.py").read_text("utf-8")
    figures = page.count('"standing"')
    figures += sum(len(build_card(card_id, context()).charts) for card_id in CARDS)
    assert figures <= 9


# --- a second road to the totals ----------------------------------------------------------------


@some_counties
def test_kindergarten_children_are_those_of_the_coverage_rates(
    context: MakeContext, database: Database, counties: tuple[str, ...]
) -> None:
    years = build_card("enrollment.pupils", context(counties)).table.frame
    now = years[(years["school_year"] == 2024) & (years["stage"] == "kindergarten")]
    coverage = total(database, "public_kindergarten_coverage", counties)
    assert now["pupils"].tolist() == [coverage["denominator"]]


def test_six_counted_years_lead_to_three_projected_ones(context: MakeContext) -> None:
    card = build_card("enrollment.pupils", context())
    years = card.table.frame
    for stage in ("kindergarten", "primary", "junior", "upper"):
        of_stage = years[years["stage"] == stage]
        assert of_stage["school_year"].tolist() == list(range(2019, 2028))
        assert of_stage["is_projected"].tolist() == [False] * 6 + [True] * 3
    assert card.charts[0].frame["series"].nunique() == 4


def test_the_counties_projections_add_up_to_about_the_citys(context: MakeContext) -> None:
    def projected(counties: tuple[str, ...]) -> pd.Series:
        years = build_card("enrollment.pupils", context(counties)).table.frame
        ahead = years[years["school_year"] == 2027].set_index("stage")["pupils"]
        return ahead.drop("upper")  # city-run senior schools take in the pupils of all counties

    city = projected(())
    counties = pd.DataFrame([projected((county,)) for county in context().county_ids])
    pd.testing.assert_series_equal(counties.sum(), city, rtol=0.01, check_names=False)


@some_counties
def test_the_finding_on_pupils_is_the_sum_of_the_listing(
    context: MakeContext, counties: tuple[str, ...]
) -> None:
    shown = context(counties)
    card = build_card("enrollment.pupils", shown)
    years = card.table.frame
    now, before = (years.loc[years["school_year"] == year, "pupils"].sum() for year in (2024, 2023))
    assert shown.language.people(now) in card.finding
    assert shown.language.people(abs(now - before)) in card.finding


@some_counties
def test_oversized_schools_are_the_indicators(
    context: MakeContext, database: Database, counties: tuple[str, ...]
) -> None:
    card = build_card("enrollment.school_sizes", context(counties))
    expected = total(database, "large_schools", counties)["value"]
    drawn = card.charts[0].frame
    chosen = drawn[drawn["id"].isin(counties)] if counties else drawn
    assert chosen["value"].sum() == expected
    assert f"{expected:.0f}所" in card.finding


def test_one_county_lists_its_oversized_schools_by_name(
    context: MakeContext, database: Database
) -> None:
    listing = build_card("enrollment.school_sizes", context([ZHUJI])).listing
    assert listing is not None
    assert len(listing.frame) == total(database, "large_schools", (ZHUJI,))["value"]
    assert listing.frame["school"].notna().all()


@pytest.mark.parametrize("card_id", WHOLE_CITY)
def test_what_lists_every_county_is_the_same_whatever_is_chosen(
    context: MakeContext, card_id: str
) -> None:
    city, county = (build_card(card_id, context(counties)) for counties in ((), (ZHUJI,)))
    assert city.finding == county.finding


def test_the_board_of_kindergartens_says_which_counties_are_counted(
    context: MakeContext, database: Database
) -> None:
    board = build_card("enrollment.quality_kindergartens", context()).listing
    assert board is not None
    for indicator_id in ("quality_kindergarten_counties", "rural_quality_kindergarten_counties"):
        cells = board.frame[indicator_id].tolist()
        assert cells.count("是") == total(database, indicator_id)["value"]
        assert cells.count("z 不适用") == 1  # the city-run schools are no county


def test_a_number_of_people_that_could_be_known_is_nowhere(
    context: MakeContext, database: Database
) -> None:
    card = build_card("enrollment.special_needs", context())
    limit = database.catalogue.thresholds["suppressed_below_people"].value
    aid = indicators.values(database, "2024-09", (), ["student_aid_coverage"])
    withheld = (aid["missing"] == "c").tolist()
    assert sum(withheld) > 1  # the sample holds such counties
    assert card.listing is not None
    for column in ("student_aid_coverage", "unaided"):
        assert [text == "c 隐去" for text in card.listing.frame[column]] == withheld
    unaided = (aid["denominator"] - aid["numerator"])[[not hidden for hidden in withheld]]
    assert all(count == 0 or count >= limit for count in unaided)
    counted = card.table.frame[card.table.frame["indicator_id"] == "student_aid_coverage"]
    for column in ("numerator", "denominator", "value", "gap_units"):
        assert counted[column].isna().tolist() == withheld
    assert f"不足{limit:.0f}人" in " ".join(card.notes)


def test_the_quality_highs_named_are_those_of_the_counties_counted(
    context: MakeContext, database: Database
) -> None:
    listing = build_card("enrollment.senior_schools", context()).listing
    assert listing is not None
    counted = listing.frame[listing.frame["has_one"] == "是"]
    assert len(counted) == total(database, "quality_high_school_counties")["value"]
    assert (counted["count"].astype(int) > 0).all()
    names = [len(text.split("、")) for text in listing.frame["schools"]]
    assert names == listing.frame["count"].astype(int).tolist()
