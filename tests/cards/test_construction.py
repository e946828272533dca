"""The cards of the construction page and of one project, on the sample."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from dashboard import charts, indicators
from dashboard.cards import Context, build_card, build_headline, card_ids
from dashboard.cards.construction import project_choices
from dashboard.cards.construction.investment import required_per_month
from dashboard.cards.construction.lateness import late_projects, lateness, project_status
from dashboard.cards.construction.milestones import MILESTONES
from dashboard.cards.construction.portfolio import chosen_projects
from dashboard.cards.model import Card, Selects
from dashboard.cards.project import find_project, is_project
from dashboard.data import Database
from dashboard.filters import CITY, Comparison
from dashboard.indicators.status import Status

MakeContext = Callable[..., Context]

VIEWS: dict[str, dict[str, Any]] = {
    "city": {},
    "one county": {"counties": ["330681"]},
    "city-run": {"counties": ["330600"]},
    "three": {"counties": ["330602", "330603", "330600"]},
    "January": {"as_of": "2024-01"},
    "last month": {"comparison": Comparison.LAST_MONTH},
    "English": {"lang": "en"},
    "one county in January in English": {
        "counties": ["330624"],
        "as_of": "2024-01",
        "lang": "en",
    },
}
CARDS = [card_id for card_id in card_ids() if card_id.startswith("construction.")]
PROJECT_CARDS = [card_id for card_id in card_ids() if card_id.startswith("project.")]
INDICATORS = {
    "projects_underway",
    "project_investment",
    "projects_completed",
    "municipal_projects",
    "small_schools_merged",
}


def check(card: Card) -> None:
    """A card can be read and drawn."""
    words = [card.finding, card.subtitle, *card.notes]
    assert all(words)
    assert not any("nan" in text.lower().split() for text in words)
    for chart in card.charts:
        charts.figure(chart.shape, chart.frame, chart.options)
    for table in filter(None, (card.table, card.listing)):
        assert len(table.labelled().columns) == len(table.columns)


@pytest.mark.product
@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
@pytest.mark.parametrize("card_id", CARDS)
def test_every_card_can_be_shown_for(
    context: MakeContext, card_id: str, view: dict[str, Any]
) -> None:
    check(build_card(card_id, context(**view)))


@pytest.mark.product
@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
@pytest.mark.parametrize("card_id", PROJECT_CARDS)
def test_every_card_of_a_project_can_be_shown_for(
    context: MakeContext, card_id: str, view: dict[str, Any]
) -> None:
    reader = context(**view)
    for project_id in project_choices(reader):
        check(build_card(card_id, reader, project_id=project_id))
        assert build_headline("project", reader, project_id=project_id)


def test_every_indicator_of_the_page_is_on_a_card(context: MakeContext) -> None:
    reader = context()
    shown = {i for card_id in CARDS for i in build_card(card_id, reader).indicator_ids}

    on_page = {i.indicator_id for i in reader.database.catalogue.by_page("construction")}
    assert on_page == INDICATORS
    assert shown >= INDICATORS


def numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)]


def test_the_progress_card_shows_the_values_of_the_indicators(
    context: MakeContext, database: Database
) -> None:
    card = build_card("construction.progress", context())
    values = indicators.values(database, "2024-09", (), INDICATORS)
    values = values[values["county_id"] == CITY].set_index("indicator_id")

    shown = card.charts[0].frame.set_index("id")
    assert set(shown.index) == INDICATORS - {"small_schools_merged"}
    for column in ("value", "target"):
        assert list(shown[column]) == list(values.loc[shown.index, column])


@pytest.mark.parametrize("counties", [(), ("330681",), ("330602", "330600")])
def test_the_years_investment_adds_up_to_the_indicator(
    context: MakeContext, database: Database, counties: tuple[str, ...]
) -> None:
    frame = build_card("construction.investment", context(counties)).charts[0].frame
    values = indicators.values(database, "2024-09", counties, ["project_investment"])
    value = values.set_index("county_id").loc[CITY]

    known = frame[frame["value"].notna()]
    assert len(known) == 9
    assert known["value"].iloc[-1] == pytest.approx(value["value"])
    assert known["plan"].iloc[-1] == pytest.approx(value["expected"])
    assert known["amount"].sum() == pytest.approx(value["value"])


def test_the_investment_finding_says_numbers_of_its_chart(context: MakeContext) -> None:
    view = context(counties=["330602"])
    card = build_card("construction.investment", view)
    row = card.charts[0].frame[lambda frame: frame["value"].notna()].iloc[-1]
    target = view.chosen_value("project_investment")["target"]

    invested, planned, difference, rest, monthly = numbers(card.finding)
    assert invested == pytest.approx(row["value"], abs=0.005)
    assert planned == pytest.approx(row["plan"], abs=0.005)
    assert difference == pytest.approx(abs(row["value"] - row["plan"]), abs=0.005)
    assert rest == pytest.approx(target - row["value"], abs=0.005)
    assert monthly == pytest.approx((target - row["value"]) / 3, abs=0.005)


def test_an_investment_that_lacks_a_report_is_held_against_no_plan(context: MakeContext) -> None:
    finding = build_card("construction.investment", context()).finding
    assert finding == "全市完成投资13.60亿元（暂定）"


def test_nothing_is_needed_a_month_once_the_year_is_over_or_the_target_met(
    context: MakeContext,
) -> None:
    assert required_per_month(context(as_of="2024-12"), {"gap": 3.0}) is None
    assert required_per_month(context(as_of="2024-09"), {"gap": 0.0}) is None
    assert required_per_month(context(as_of="2024-09"), {"gap": None}) is None
    assert required_per_month(context(as_of="2024-09"), {"gap": 3.0}) == 1.0


def test_the_stages_add_up_to_what_is_under_way_and_completed(
    context: MakeContext, database: Database
) -> None:
    by_county, by_type = (
        chart.frame for chart in build_card("construction.stages", context()).charts
    )
    values = indicators.values(database, "2024-09", (), ["projects_underway"])
    begun = by_county[by_county["series"] != "前期"].groupby("id")["value"].sum()

    assert by_county["value"].sum() == by_type["value"].sum() == 52
    for county_id, value in values.set_index("county_id")["value"].items():
        assert value == (begun.sum() if county_id == CITY else begun[county_id])


def test_the_table_holds_all_projects_the_late_ones_first(context: MakeContext) -> None:
    reader = context()
    projects = build_card("construction.projects", reader).table.frame
    late = build_card("construction.late_projects", reader).listing
    assert late is not None

    assert len(projects) == 52
    names = list(late.frame["project_name"])
    assert names == list(projects["project_name"])[: len(names)]
    assert list(late.frame["late_days"]) == sorted(late.frame["late_days"], reverse=True)
    assert (late.frame["late_days"] > 0).all()


def test_the_late_finding_names_the_latest_project_and_counts_them(context: MakeContext) -> None:
    reader = context()
    late = late_projects(chosen_projects(reader))

    finding = build_card("construction.late_projects", reader).finding

    assert finding.startswith(f"52个项目中{len(late)}个晚于计划")
    assert late.iloc[0]["project_name"] in finding
    assert f"晚{late.iloc[0]['late_days']:.0f}天" in finding


def test_the_schedule_holds_the_chosen_counties_projects_and_opens_them(
    context: MakeContext,
) -> None:
    reader = context(["330681"])
    (chart,) = build_card("construction.schedule", reader).charts

    assert chart.selects is Selects.PROJECT
    assert list(chart.frame["id"]) == list(project_choices(reader))
    assert set(chosen_projects(reader)["county_id"]) == {"330681"}


def test_no_milestone_lies_after_the_chosen_month(context: MakeContext) -> None:
    projects = chosen_projects(context(as_of="2024-03"))

    for milestone in MILESTONES:
        assert (projects[f"actual_{milestone}_date"].dropna() < "2024-04-01").all()


def test_the_flagships_are_the_city_s_whatever_is_chosen(
    context: MakeContext, database: Database
) -> None:
    card = build_card("construction.flagships", context(["330681"]))
    values = indicators.values(database, "2024-09", (), ["municipal_projects"])
    value = values.set_index("county_id").loc[CITY, "value"]

    assert "全市" in card.subtitle
    assert card.table.frame["reached_date"].notna().sum() == value
    assert numbers(card.finding)[:2] == [4, value]


def test_merged_schools_are_listed_for_chosen_counties_as_often_as_they_are_counted(
    context: MakeContext, database: Database
) -> None:
    values = indicators.values(database, "2024-09", (), ["small_schools_merged"])
    for county_id, value in values.set_index("county_id")["value"].items():
        if county_id == CITY:
            continue
        listing = build_card("construction.small_schools", context([county_id])).listing
        assert (0 if listing is None else len(listing.frame)) == value


@pytest.mark.parametrize(
    ("days", "zh", "en"),
    [
        (31.0, "晚31天", "31 days late"),
        (1.0, "晚1天", "1 day late"),
        (0.0, "按期", "on the day"),
        (-1.0, "提前1天", "1 day early"),
        (float("nan"), "未到期", "to come"),
    ],
)
def test_lateness_in_words(context: MakeContext, days: float, zh: str, en: str) -> None:
    assert lateness(context(), days) == zh
    assert lateness(context(lang="en"), days) == en


@pytest.mark.parametrize(
    ("reached", "days", "status"),
    [
        (5, 40, Status.MET),
        (2, 1, Status.BEHIND),
        (2, 0, Status.ON_TRACK),
        (2, -7, Status.ON_TRACK),
        (0, None, Status.NOT_DUE),
    ],
)
def test_status_of_a_project(reached: int, days: float | None, status: Status) -> None:
    assert project_status({"milestones_reached": reached, "late_days": days}) is status


def test_a_project_that_does_not_exist_is_unknown(context: MakeContext) -> None:
    assert not is_project(context(), "nope")
    with pytest.raises(KeyError, match="unknown project"):
        find_project(context(), "nope")


def test_a_project_s_months_add_up_to_its_investment_of_the_year(context: MakeContext) -> None:
    reader = context()
    for project in chosen_projects(reader).head(10).to_dict("records"):
        frame = build_card("project.investment", reader, project_id=project["project_id"])
        months = frame.table.frame
        this_year = months[months["month"] >= "2024-01"]
        assert this_year["invested_yuan"].sum() == pytest.approx(project["invested_yuan"])


def test_a_month_without_a_report_is_named(context: MakeContext) -> None:
    reader = context()
    gaps = {
        project_id
        for project_id in project_choices(reader)
        if build_card("project.progress", reader, project_id=project_id)
        .charts[0]
        .frame["physical_progress_pct"]
        .isna()
        .any()
    }

    assert len(gaps) == 1
    table = build_card("project.reports", reader, project_id=gaps.pop()).table.frame
    missing = table[table["physical_progress_pct"].isna()]
    assert list(missing["progress_text"]) == ["x 未报"] * len(missing)
    assert pd.isna(missing["invested_yuan"]).all()
