"""育人与创建 on the sample: every card for every view, and a second road to its numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from dashboard import charts, indicators
from dashboard.cards import Context, build_card, build_headline
from dashboard.cards.model import Selects
from dashboard.cards.quality.resources import own_and_line
from dashboard.cards.quality.targets import TARGETS
from dashboard.data import Database
from dashboard.filters import CITY
from dashboard.settings import ROOT, SAMPLE_DIR

MakeContext = Callable[..., Context]

LABOUR, SHARE = "labour_classroom_coverage", "education_community_share"
STAGE, SEVEN = "balanced_development_stage", "balanced_seven_indicators"
COUNTS = [target for target in TARGETS if target != LABOUR]
CARDS: dict[str, tuple[str, dict[str, Any]]] = {
    "board": ("quality.board", {}),
    "names of a count": ("quality.named", {"indicator_id": "sports_schools"}),
    "schools without": ("quality.named", {"indicator_id": LABOUR}),
    "balanced track": ("quality.balanced_track", {}),
    "variation": ("quality.variation", {}),
    "failing schools": ("quality.failing_schools", {}),
    "communities": ("quality.communities", {}),
    "olympiads": ("quality.olympiads", {}),
}
THREE = ("330602", "330604", "330624")
ZHUJI, SHENGZHOU, XINCHANG, CITY_RUN = "330681", "330683", "330624", "330600"
VIEWS: dict[str, dict[str, Any]] = {
    "city": {},
    "one county": {"counties": [ZHUJI]},
    "three counties": {"counties": THREE},
    "city-run": {"counties": [CITY_RUN]},
    "May": {"as_of": "2024-05"},
    "January": {"as_of": "2024-01"},
    "English": {"lang": "en", "counties": [ZHUJI]},
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
    assert "nan" not in card.finding
    for chart in card.charts:
        charts.figure(chart.shape, chart.frame, chart.options)
    for table in filter(None, (card.table, card.listing)):
        assert not table.labelled().columns.duplicated().any()


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_the_headline_can_be_said_for(context: MakeContext, view: dict[str, Any]) -> None:
    assert "nan" not in build_headline("quality", context(**view))


def test_every_indicator_of_the_page_is_on_it(context: MakeContext, database: Database) -> None:
    page = (ROOT / "pages" / "subjects" / "quality.py").read_text("utf-8")
    shown = {
        i
        for name, arguments in CARDS.values()
        for i in build_card(name, context(), **arguments).indicator_ids
        if name in page
    }
    of_page = {i for i, d in database.catalogue.indicators.items() if d.page == "quality"}
    assert of_page == shown | {i for i in of_page if f'"{i}"' in page}
    assert shown <= of_page


# --- a second road to the numbers ---------------------------------------------------------------


@pytest.mark.parametrize("counties", [(), THREE, (ZHUJI,)], ids=["city", "three", "one"])
@pytest.mark.parametrize("indicator_id", COUNTS)
def test_there_are_as_many_names_as_the_number_says(
    context: MakeContext, database: Database, indicator_id: str, counties: tuple[str, ...]
) -> None:
    names = build_card("quality.named", context(counties=counties), indicator_id=indicator_id)
    assert len(names.table.frame) == total(database, indicator_id, counties)["value"]
    assert names.table.frame["event_id"].is_unique


@pytest.mark.parametrize("counties", [(), THREE], ids=["city", "three"])
@pytest.mark.parametrize("indicator_id", [LABOUR, SHARE])
def test_the_schools_without_are_what_is_missing_to_all(
    context: MakeContext, database: Database, indicator_id: str, counties: tuple[str, ...]
) -> None:
    names = build_card("quality.named", context(counties=counties), indicator_id=indicator_id)
    expected = total(database, indicator_id, counties)
    assert len(names.table.frame) == expected["denominator"] - expected["numerator"]


def test_the_board_shows_the_indicators_own_numbers(
    context: MakeContext, database: Database
) -> None:
    progress, counties = build_card("quality.board", context()).charts
    assert progress.frame["id"].tolist() == list(TARGETS)
    for bar in progress.frame.itertuples():
        expected = total(database, bar.id)
        assert (bar.value, bar.target, bar.pace) == (
            expected["value"],
            expected["target"],
            expected["expected"],
        )
    cells = counties.frame
    for indicator_id in COUNTS:
        texts = cells.loc[cells["indicator_id"] == indicator_id, "text"]
        reached = sum(int(text.split("/")[0]) for text in texts)
        assert reached == total(database, indicator_id)["value"], indicator_id


def test_the_board_of_a_county_is_its_own(context: MakeContext, database: Database) -> None:
    progress, counties = build_card("quality.board", context(counties=[ZHUJI])).charts
    bar = progress.frame.set_index("id").loc["sports_schools"]
    assert bar["target"] == total(database, "sports_schools", (ZHUJI,))["target"]
    assert counties.frame["county_id"].nunique() == 7
    assert counties.options["highlight"] == [ZHUJI]


def test_the_steps_taken_and_due_are_the_indicators(
    context: MakeContext, database: Database
) -> None:
    steps = build_card("quality.balanced_track", context()).table.frame
    expected = total(database, STAGE)
    assert (steps["state"] == "met").sum() == expected["value"]
    assert (steps["due"] != "").sum() == expected["target"]
    overdue = steps["state"] == "behind"
    assert steps.loc[overdue, ["id", "step_id"]].values.tolist() == [
        [SHENGZHOU, "provincial_recheck"]
    ]


def test_steps_taken_later_are_not_taken_yet(context: MakeContext) -> None:
    steps = build_card("quality.balanced_track", context(as_of="2024-05")).table.frame
    states = steps.set_index(["id", "step_id"])["state"]
    assert states["330602", "provincial_assessment"] == "not_due"
    assert states["330603", "national_recognition"] == "reached"
    assert states[SHENGZHOU, "provincial_recheck"] == "not_due"


@pytest.mark.parametrize("counties", [(), THREE], ids=["city", "three"])
def test_the_failing_schools_are_those_the_rate_lacks(
    context: MakeContext, database: Database, counties: tuple[str, ...]
) -> None:
    card = build_card("quality.failing_schools", context(counties=counties))
    expected = total(database, SEVEN, counties)
    failing = int(expected["denominator"] - expected["numerator"])
    assert card.table.frame["school_id"].nunique() == failing
    assert card.listing is not None
    assert len(card.listing.frame) == failing
    assert f"{failing}所不达标" in card.finding
    assert card.charts[0].frame["value"].sum() == len(card.table.frame)


def test_a_failing_school_misses_two_lines_or_one_by_far(context: MakeContext) -> None:
    missed = build_card("quality.failing_schools", context()).table.frame
    single = missed[missed["missed_lines"] == 1]
    shown = single[~single["is_withheld"]]
    assert (shown["attainment_pct"] < 85).all()
    assert single.loc[single["is_withheld"], ["amount", "attainment_pct"]].isna().all(axis=None)


def export(name: str) -> pd.DataFrame:
    """The rows of 2024 of one of the sample's exports, as the bureau would open it."""
    frame = pd.read_csv(SAMPLE_DIR / f"{name}.csv", dtype={"学校标识码": str, "区县代码": str})
    return frame[frame["学年"] == 2024].set_index("学校标识码")


def test_the_variation_of_a_county_worked_out_from_the_exports(context: MakeContext) -> None:
    register, enrolment = export("学校名录"), export("在校生统计")
    kinds, junior = ["初中", "九年一贯"], enrolment[enrolment["学段"] == "初中"]["在校生数"]
    all_pupils = enrolment[enrolment["学段"].isin(["小学", "初中"])].groupby(level=0)["在校生数"]
    schools = register[(register["区县代码"] == ZHUJI) & register["学校类型"].isin(kinds)].index
    weights = junior.loc[schools]
    amounts = export("办学条件").loc[schools, "体育运动场馆面积"] / all_pupils.sum().loc[schools]
    mean = (weights * amounts).sum() / weights.sum()
    variance = (weights * (amounts - mean) ** 2).sum() / weights.sum()

    asked = context().query("quality/resource_variation", as_of="2024-09")
    row = asked.set_index(["county_id", "stage", "resource"]).loc[
        (ZHUJI, "junior", "sports_area_m2_per_pupil")
    ]
    assert row["schools"] == len(schools)
    assert row["variation"] == pytest.approx(math.sqrt(variance) / mean)


@pytest.mark.parametrize("counties", [(), THREE], ids=["city", "three"])
def test_the_communities_hold_the_schools_that_share(
    context: MakeContext, database: Database, counties: tuple[str, ...]
) -> None:
    card = build_card("quality.communities", context(counties=counties))
    assert card.table.frame["schools"].sum() == total(database, SHARE, counties)["numerator"]


# --- what the findings say ----------------------------------------------------------------------


def test_the_board_counts_statuses_of_its_bars(context: MakeContext) -> None:
    card = build_card("quality.board", context())
    statuses = card.charts[0].frame["status"].value_counts()
    for status, word in (("met", "已达成"), ("on_track", "正常"), ("behind", "滞后")):
        assert f"{word}{statuses[status]}项" in card.finding


def test_the_coefficient_nearest_to_its_limit_is_on_the_chart(context: MakeContext) -> None:
    card = build_card("quality.variation", context())
    table = card.table.frame
    nearest = table.loc[(table["variation"] / table["limit_value"]).idxmax()]
    value = f"{nearest['variation']:.2f}"
    assert f"{nearest['county']}{nearest['stage_name']}{nearest['resource_name']}" in card.finding
    assert value in card.finding
    assert any(text.startswith(value) for text in card.charts[1].frame["text"])


def test_the_city_run_schools_have_no_coefficient(context: MakeContext) -> None:
    card = build_card("quality.variation", context(counties=[CITY_RUN]))
    assert card.finding == "市直不计差异系数（按区县评价）"


def test_a_county_without_a_target_of_its_own_has_no_status(context: MakeContext) -> None:
    cells = build_card("quality.board", context()).charts[1].frame
    rural = cells[(cells["indicator_id"] == "rural_arts_bases") & (cells["county_id"] == CITY_RUN)]
    assert rural[["status", "text"]].to_numpy().tolist() == [["", "0"]]


def test_clicks_lead_to_names_and_to_counties(context: MakeContext) -> None:
    selects = [chart.selects for chart in build_card("quality.board", context()).charts]
    assert selects == [Selects.TARGET, Selects.COUNTY]


@pytest.mark.parametrize("name", ["schools without", "failing schools"])
def test_a_listed_school_leads_to_its_page(context: MakeContext, name: str) -> None:
    card_id, arguments = CARDS[name]
    listing = build_card(card_id, context(counties=[XINCHANG]), **arguments).listing
    assert listing is not None
    assert listing.columns[0].leads_to is Selects.SCHOOL
    assert listing.frame[listing.columns[0].id_column].is_unique


@pytest.mark.parametrize(
    ("resource", "amount", "line", "text"),
    [
        ("sports_area_m2_per_pupil", 6.24, 7.5, "6.2/7.5"),
        ("backbone_teachers_per_100_pupils", 0.998, 1.0, "0.998/1.000"),
        ("equipment_yuan_per_pupil", 2086.4, 2500.0, "2,086/2,500"),
    ],
)
def test_an_amount_never_reads_as_the_line_it_misses(
    context: MakeContext, resource: str, amount: float, line: float, text: str
) -> None:
    assert own_and_line(context(), resource, amount, line) == text


def test_olympiad_awards_are_the_citys_whatever_is_chosen(context: MakeContext) -> None:
    of_city = build_card("quality.olympiads", context())
    of_county = build_card("quality.olympiads", context(counties=[ZHUJI]))
    assert of_county.finding == of_city.finding
    assert of_county.table.frame["value"].tolist() == of_city.table.frame["value"].tolist()


def test_cards_in_english_have_no_chinese(context: MakeContext) -> None:
    for card_id, arguments in CARDS.values():
        card = build_card(card_id, context(lang="en"), **arguments)
        words = [card.finding, card.subtitle, *card.notes, *(c.label for c in card.table.columns)]
        assert not [w for w in words if any("一" <= letter <= "鿿" for letter in w)], card_id
