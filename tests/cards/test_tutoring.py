"""双减 on the sample: every card for every view, and a second road to its numbers."""

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
from dashboard.rounding import written
from dashboard.settings import ROOT

MakeContext = Callable[..., Context]

CARDS = (
    "tutoring.rates",
    "tutoring.rates_by_month",
    "tutoring.clean_cases",
    "tutoring.online_classes",
    "tutoring.outside_resources",
)
RATES = ("tutoring_managed_rate", "tutoring_platform_rate", "tutoring_registration_rate")
ZHUJI, XINCHANG, CITY_RUN = "330681", "330624", "330600"
THREE = ("330602", "330604", "330624")
VIEWS: dict[str, dict[str, Any]] = {
    "city": {},
    "one county": {"counties": [ZHUJI]},
    "three counties": {"counties": THREE},
    "city-run": {"counties": [CITY_RUN]},
    "the late county": {"counties": [XINCHANG]},
    "May": {"as_of": "2024-05"},
    "January": {"as_of": "2024-01"},
    "English": {"lang": "en", "counties": [ZHUJI]},
}


def total(database: Database, indicator_id: str, counties: tuple[str, ...] = ()) -> Row:
    values = indicators.values(database, "2024-09", counties, [indicator_id])
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
    for table in filter(None, (card.table, card.listing)):
        assert len(table.labelled()) > 0
        assert not table.labelled().columns.duplicated().any()


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_the_headline_can_be_said_for(context: MakeContext, view: dict[str, Any]) -> None:
    said = build_headline("tutoring", context(**view))
    assert "nan" not in said
    assert "{" not in said


def test_every_indicator_of_the_page_is_on_it(context: MakeContext, database: Database) -> None:
    page = (ROOT / "pages" / "subjects" / "tutoring.py").read_text("utf-8")
    shown: set[str] = set()
    for card_id in CARDS:
        assert f'"{card_id}"' in page
        shown |= set(build_card(card_id, context()).indicator_ids)
    assert shown == {i for i, d in database.catalogue.indicators.items() if d.page == "tutoring"}


# --- the three 100% -----------------------------------------------------------------------------


def test_the_whole_is_asked_of_the_pilot_alone(context: MakeContext, database: Database) -> None:
    card = build_card("tutoring.rates", context())
    for indicator_id, chart in zip(RATES, card.charts, strict=True):
        expected = total(database, indicator_id)
        rows = chart.frame.set_index("id")
        # 新昌 has not reported
        assert rows["text"][CITY] == f"{written(expected['value'], 1)}%（暂定）"
        assert rows["text"][ZHUJI] == "100.0%"
        assert rows["status"].dropna().to_dict() == {ZHUJI: "met"}
        assert f"{written(expected['value'], 1)}%" in card.finding
        assert chart.options["target"] == 100
    assert "还差" not in card.finding


def test_a_late_county_is_missing_and_never_zero(context: MakeContext) -> None:
    now = build_card("tutoring.rates", context())
    for chart in now.charts:
        row = chart.frame.set_index("id").loc[XINCHANG]
        assert pd.isna(row["value"])
        assert row["text"] == ""
    assert any("新昌县" in note for note in now.notes)

    months = build_card("tutoring.rates_by_month", context())
    frame = months.charts[0].frame
    gaps = frame[frame["value"].isna()]
    assert set(gaps["id"]) == {XINCHANG}
    assert set(gaps["x"]) == {"24-09"}
    assert any("新昌县2024年9月" in note for note in months.notes)


def test_the_last_month_is_the_indicators(context: MakeContext) -> None:
    view = context()
    frame = build_card("tutoring.rates_by_month", view).charts[0].frame
    for indicator_id in RATES:
        of_rate = frame[frame["series"] == view.text(indicator_id, "short")]
        last = of_rate[of_rate["x"] == "24-09"].set_index("id")["value"]
        expected = view.standings(indicator_id)["value"]
        for county, value in last.items():
            assert value == pytest.approx(expected[county], nan_ok=True)


def test_the_months_compare_only_counties_that_reported_both_ends(context: MakeContext) -> None:
    view = context()
    finding = build_card("tutoring.rates_by_month", view).finding
    for indicator_id in RATES:
        months = view.history(indicator_id).set_index(["period", "county_id"])
        sums = [
            months.loc[month]
            .drop([CITY, XINCHANG], errors="ignore")[["numerator", "denominator"]]
            .sum()
            for month in ("2023-09", "2024-09")
        ]
        before, now = (total["numerator"] / total["denominator"] * 100 for total in sums)
        assert f"{before:.1f}%→{now:.1f}%" in finding


def test_city_run_schools_answer_for_no_providers(context: MakeContext) -> None:
    view = context([CITY_RUN])
    assert build_card("tutoring.rates", view).finding == "市直没有校外培训机构"
    assert "纳管率" not in build_headline("tutoring", view)
    for chart in build_card("tutoring.rates", context()).charts:
        assert CITY_RUN not in set(chart.frame["id"])


# --- cases, classes, resources ------------------------------------------------------------------


def test_the_counties_with_a_case_are_those_counted(
    context: MakeContext, database: Database
) -> None:
    for counties in ((), (ZHUJI,)):
        card = build_card("tutoring.clean_cases", context(counties))
        assert card.listing is not None
        frame = card.listing.frame
        with_case = set(frame.loc[frame["case"] != "尚无", "county"])
        assert len(with_case) == total(database, "clean_case_counties")["value"]
        assert frame["county"].nunique() == 6
        assert (frame.loc[frame["county"] == "新昌县", "case"] == "尚无").all()
        assert "新昌县尚无案例" in card.finding


def test_the_classes_listed_are_those_counted(context: MakeContext, database: Database) -> None:
    card = build_card("tutoring.online_classes", context([ZHUJI]))
    expected = total(database, "online_master_classes")
    months = card.charts[0].frame.set_index("month")
    assert card.listing is not None
    assert len(card.listing.frame) == expected["value"] == months.loc["2024-09", "value"]
    assert months.loc["2024-09", "plan"] == pytest.approx(expected["expected"])
    assert months["amount"].sum() == expected["value"]


def test_before_the_first_class_there_is_no_list(context: MakeContext) -> None:
    card = build_card("tutoring.online_classes", context(as_of="2024-01"))
    assert card.listing is None
    assert card.charts[0].frame["value"].tolist()[0] == 0


def test_outside_resources_stand_beside_the_same_term(
    context: MakeContext, database: Database
) -> None:
    chart = build_card("tutoring.outside_resources", context()).charts[0]
    assert chart.options["series_text"] == "2024年春季学期"
    assert chart.options["comparison_text"] == "2023年春季学期"
    city = chart.frame.set_index("id").loc[CITY]
    expected = total(database, "external_resource_rate")
    assert city["value"] == pytest.approx(expected["value"])
    assert city["comparison"] == pytest.approx(expected["previous"])
    assert city["text"] == f"{expected['value']:.1f}% (309/438)"


def test_before_the_spring_report_the_autumn_terms_are_compared(context: MakeContext) -> None:
    options = build_card("tutoring.outside_resources", context(as_of="2024-05")).charts[0].options
    assert options["series_text"] == "2023年秋季学期"
    assert options["comparison_text"] == "2022年秋季学期"


# --- words --------------------------------------------------------------------------------------


def test_the_headline_keeps_the_citys_figures_with_the_city(context: MakeContext) -> None:
    own, city = build_headline("tutoring", context([ZHUJI])).split("；")
    assert own.startswith("诸暨市机构纳管率100.0%")
    assert city == "全市清朗案例县数5/6个和名师网上课堂4/6期"


def test_cards_in_english_have_no_chinese(context: MakeContext) -> None:
    for card_id in CARDS:
        card = build_card(card_id, context(lang="en"))
        words = [card.finding, card.subtitle, *card.notes, *(c.label for c in card.table.columns)]
        assert not [w for w in words if any("一" <= letter <= "鿿" for letter in w)], card_id
