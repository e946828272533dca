"""The card that every page shares: one indicator by county."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard import charts, indicators
from dashboard.cards import Context, build_card
from dashboard.catalogue import load_catalogue
from dashboard.data import Database
from dashboard.filters import Comparison
from dashboard.settings import QUERIES_DIR

MakeContext = Callable[..., Context]

INDICATORS = sorted(load_catalogue(QUERIES_DIR / "indicators").indicators)
VIEWS = {
    "city": {},
    "one county": {"counties": ["330681"]},
    "city-run": {"counties": ["330600"]},
    "three": {"counties": ["330602", "330603", "330600"]},
    "January": {"as_of": "2024-01"},
    "last month": {"comparison": Comparison.LAST_MONTH},
    "English": {"lang": "en"},
}


@pytest.mark.product
@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
@pytest.mark.parametrize("indicator_id", INDICATORS)
def test_every_indicator_can_be_shown_for(
    context: MakeContext, indicator_id: str, view: dict[str, object]
) -> None:
    card = build_card("standing", context(**view), indicator_id=indicator_id)
    assert card.finding
    assert "nan" not in card.finding.lower()
    for chart in card.charts:
        figure = charts.figure(chart.shape, chart.frame, chart.options)
        if not view:
            go.Figure(figure.to_dict())  # Plotly's own validation, which the pages do without
    assert len(card.table.labelled().columns) == len(card.table.columns)


def test_the_finding_says_the_city_s_value_and_the_lowest_county(
    context: MakeContext, database: Database
) -> None:
    card = build_card("standing", context(), indicator_id="inclusive_kindergarten_coverage")
    frame = indicators.values(
        database, "2024-09", (), ["inclusive_kindergarten_coverage"]
    ).set_index("county_id")["value"]
    counties = frame.drop("all")
    numbers = re.findall(r"\d+\.\d", card.finding)
    assert numbers[0] == f"{frame['all']:.1f}"
    assert numbers[-1] == f"{counties.min():.1f}"
    lowest = {"330624": "新昌县"}[counties.idxmin()]
    assert lowest in card.finding


def test_a_sentence_says_up_where_the_figure_rose_and_down_where_it_fell(
    context: MakeContext, database: Database
) -> None:
    said = set()
    city = indicators.values(database, "2024-09").query("county_id == 'all'")
    for row in city.itertuples():
        card = build_card("standing", context(lang="en"), indicator_id=row.indicator_id)
        if word := re.search(r"\b(up|down) \S+.* on a year before", card.finding):
            assert word[1] == ("up" if row.comparable > row.previous else "down"), card.finding
            said.add(word[1])
    assert said == {"up", "down"}


def test_narrowed_to_a_county_the_schools_behind_the_figure_appear(
    context: MakeContext, database: Database
) -> None:
    view = context(counties=["330681"])
    card = build_card("standing", view, indicator_id="inclusive_kindergarten_coverage")
    assert [chart.shape for chart in card.charts] == ["county_dot", "contribution"]
    contributions = card.charts[1].frame
    rows = database.run_query(
        "values/contributions",
        indicator_id="inclusive_kindergarten_coverage",
        counties=["330681"],
        period="2024-09",
        line=0.95,
    )
    county = indicators.values(
        database, "2024-09", ["330681"], ["inclusive_kindergarten_coverage"]
    ).iloc[0]
    assert rows["numerator"].sum() <= county["numerator"]
    assert list(contributions["value"]) == sorted(contributions["value"])


@pytest.mark.parametrize("indicator_id", ["public_kindergarten_coverage", "migrant_public_rate"])
def test_no_private_school_is_named_for_not_being_public(
    context: MakeContext, indicator_id: str
) -> None:
    card = build_card("standing", context(counties=["330681"]), indicator_id=indicator_id)
    assert [chart.shape for chart in card.charts] == ["county_dot"]


def test_all_units_together_make_up_what_is_missing_to_the_target(
    context: MakeContext, database: Database
) -> None:
    rows = database.run_query(
        "values/contributions",
        indicator_id="education_community_share",
        counties=["330681"],
        period="2024-09",
        line=1.0,
    )
    county = indicators.values(database, "2024-09", ["330681"], ["education_community_share"]).iloc[
        0
    ]
    assert -rows["contribution"].sum() == pytest.approx(county["gap_units"])


def test_people_under_the_threshold_do_not_appear(database: Database) -> None:
    rows = database.run_query(
        "values/contributions",
        indicator_id="home_teaching_share",
        counties=list(indicators.county_ids(database)),
        period="2024-09",
        line=0.0,
    )
    assert rows["is_withheld"].any()
    assert rows.loc[rows["is_withheld"], ["numerator", "contribution"]].isna().all(axis=None)
    assert not rows["numerator"].between(1, 4).any()


def test_a_county_that_has_not_reported_is_named_and_not_drawn_as_zero(
    context: MakeContext,
) -> None:
    card = build_card("standing", context(), indicator_id="myopia_decline")
    assert any("嵊州市" in note for note in card.notes)
    frame = card.charts[0].frame.set_index("id")
    assert pd.isna(frame.loc["330683", "value"])
    assert frame.loc["330683", "text"] == "x 未报"


def test_the_same_view_gets_the_same_card(context: MakeContext) -> None:
    first = build_card("standing", context(), indicator_id="fitness_good_rate")
    assert build_card("standing", context(), indicator_id="fitness_good_rate") is first
    assert build_card("standing", context(lang="en"), indicator_id="fitness_good_rate") is not first


def test_rounding_never_says_that_a_missed_target_is_reached(context: MakeContext) -> None:
    view = context()
    assert view.value("student_aid_coverage", 99.97) == "99.97%"
    assert view.value("student_aid_coverage", 100.0) == "100.0%"
    assert view.value("student_aid_coverage", 99.4) == "99.4%"
    assert view.difference("student_aid_coverage", 0.03) == "0.03个百分点"
    assert view.value("modern_schools_created", 22.5) == "23所"
    assert view.value("quality_kindergarten_coverage", 84.97) == "85.0%"  # judged as it reads
    assert view.value("home_teaching_share", 0.03) == "0.03%"


def test_a_unit_too_long_for_the_rows_is_named_in_the_subtitle(context: MakeContext) -> None:
    english, chinese = (
        build_card("standing", context(lang=lang), indicator_id="vocational_training")
        for lang in ("en", "zh")
    )
    assert english.charts[0].frame["text"].iloc[0] == "1.11/1.40"
    assert "ten thousand person-times" in english.subtitle
    assert chinese.charts[0].frame["text"].iloc[0] == "1.11/1.40万人次"
