"""区县画像 on the sample: every card for every view, and a second road to its numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from dashboard import charts, indicators
from dashboard.cards import Context, build_card, build_headline, ranking
from dashboard.cards.county import ColouredBy
from dashboard.cards.county.standings import strongest, weakest
from dashboard.cards.model import Selects
from dashboard.cards.overview.subjects import PAGES, county_indicators
from dashboard.contract import Problem
from dashboard.data import Database, open_database
from dashboard.filters import CITY, Comparison, Filters
from dashboard.pages import portrait_halves
from dashboard.settings import ROOT, SAMPLE_DIR
from dashboard.words.language import language

MakeContext = Callable[..., Context]

ZHUJI, XINCHANG, CITY_RUN = "330681", "330624", "330600"
LEFT = {"subjects": ("enrollment", "health", "skills", "tutoring")}
RIGHT = {"subjects": ("teachers", "construction", "quality")}
RATE = "inclusive_kindergarten_coverage"


def on_map(indicator_id: str, coloured_by: ColouredBy = ColouredBy.VALUE) -> dict[str, Any]:
    return {"indicator_id": indicator_id, "coloured_by": coloured_by}


CARDS: dict[str, tuple[str, dict[str, Any]]] = {
    "figures left": ("county.figures", LEFT),
    "figures right": ("county.figures", RIGHT),
    "strengths": ("county.strengths", {}),
    "projects": ("county.projects", {}),
    "open items": ("county.open_items", {}),
    "league": ("county.league", {}),
    "extremes": ("county.extremes", {}),
    "map by value": ("county.map", on_map(RATE)),
    "map by distance": ("county.map", on_map("modern_schools_created", ColouredBy.DISTANCE)),
    "map by status": ("county.map", on_map("myopia_decline", ColouredBy.STATUS)),
    "map of steps": ("county.map", on_map("balanced_development_stage")),
    "map of what stays stable": (
        "county.map",
        on_map("general_vocational_ratio", ColouredBy.DISTANCE),
    ),
}
VIEWS: dict[str, dict[str, Any]] = {
    "city": {},
    "one county": {"counties": [ZHUJI]},
    "two counties": {"counties": [ZHUJI, XINCHANG]},
    "three counties": {"counties": ["330602", ZHUJI, CITY_RUN]},
    "city-run": {"counties": [CITY_RUN]},
    "January": {"as_of": "2024-01", "counties": [ZHUJI]},
    "last month": {"comparison": Comparison.LAST_MONTH, "counties": [ZHUJI]},
    "English": {"lang": "en", "counties": [ZHUJI]},
    "English pair": {"lang": "en", "counties": [ZHUJI, XINCHANG]},
}


def value(database: Database, indicator_id: str, county: str, column: str = "value") -> Any:
    frame = indicators.values(database, "2024-09", (), [indicator_id])
    return frame.set_index("county_id").loc[county, column]


def lines(context: Context) -> pd.DataFrame:
    """Both halves of the chosen counties' figures, by indicator."""
    frames = []
    for half in (LEFT, RIGHT):
        listing = build_card("county.figures", context, **half).listing
        assert listing is not None
        frames.append(listing.frame.set_index("indicator_id"))
    return pd.concat(frames)


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
    if card.listing is not None:
        assert not card.listing.frame.isin(["nan", "nan%", "−nan"]).any(axis=None)


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_the_headline_can_be_said_for(context: MakeContext, view: dict[str, Any]) -> None:
    assert "nan" not in build_headline("county", context(**view))


def test_every_indicator_that_counties_have_is_on_the_page_once(context: MakeContext) -> None:
    assert sorted(LEFT["subjects"] + RIGHT["subjects"]) == sorted(PAGES)
    frame = lines(context(counties=["330602"]))
    assert sorted(frame.index) == sorted(county_indicators(context()))


def test_the_page_shows_the_same_halves_as_these_tests() -> None:
    assert portrait_halves() == (LEFT["subjects"], RIGHT["subjects"])


def test_a_county_s_counts_agree_with_those_of_the_overview(context: MakeContext) -> None:
    view = context(counties=[ZHUJI])
    numbers = [re.findall(r"(\d+)项", build_headline(p, view))[:5] for p in ("county", "overview")]
    assert numbers[0] == numbers[1]


def test_a_line_holds_the_county_s_numbers_against_target_city_and_past(
    context: MakeContext, database: Database
) -> None:
    view = context(counties=[ZHUJI])
    line = lines(view).loc[RATE]
    own, city = value(database, RATE, ZHUJI), value(database, RATE, CITY)

    assert line["当前/目标"].endswith(f"\N{NO-BREAK SPACE}{own:.1f}/95.0%")
    assert line["距目标"] == f"{own - 95:+.1f}".replace("-", "−")
    assert line["全市"] == f"{city:.1f}"
    assert line["比全市"] == f"{own - city:+.1f}".replace("-", "−")
    before = value(database, RATE, ZHUJI, "previous")
    assert line["变化"] == f"{own - before:+.1f}".replace("-", "−")


def test_a_rate_is_ranked_among_the_six_and_a_count_by_its_own_target(
    context: MakeContext, database: Database
) -> None:
    view = context(counties=[ZHUJI])
    frame = lines(view)
    for indicator_id, by_target in ((RATE, False), ("modern_schools_created", True)):
        rows = indicators.values(database, "2024-09", (), [indicator_id]).set_index("county_id")
        rows = rows.loc[list(view.ranked)]
        good = rows["value"] / rows["target"] * 100 if by_target else rows["value"]
        place = int((good > good[ZHUJI]).sum()) + 1
        assert frame.loc[indicator_id, "名次"] == f"{place}/6"
        distance = good.max() - good[ZHUJI]
        shown = frame.loc[indicator_id, "距最好"]
        assert shown.startswith("最好" if place == 1 else f"{distance:.{0 if by_target else 1}f} ")


def test_the_city_s_own_schools_have_no_place_and_no_county_is_behind_them(
    context: MakeContext,
) -> None:
    assert CITY_RUN not in context().ranked
    assert set(lines(context(counties=[CITY_RUN]))["名次"]) == {"–"}
    for county in context().ranked:
        for _name, place in (*strongest(context(), county), *weakest(context(), county)):
            assert place.best != CITY_RUN
            assert place.counties <= 6


def test_what_has_no_best_has_no_place(context: MakeContext) -> None:
    places = lines(context(counties=[ZHUJI]))["名次"]
    assert places["general_vocational_ratio"] == "–"  # to stay stable
    assert places["large_schools"] == "–"  # a number without a target of its own


def test_lower_is_better_where_the_plan_says_so(context: MakeContext, database: Database) -> None:
    rows = indicators.values(database, "2024-09", (), ["pupil_teacher_ratio"])
    rows = rows.set_index("county_id").loc[list(context().ranked)]
    standings = context().standings("pupil_teacher_ratio")
    place = ranking.place(context(), "pupil_teacher_ratio", standings, str(rows["value"].idxmin()))
    assert place is not None
    assert (place.place, place.distance) == (1, 0)


def test_equal_counties_share_a_place(context: MakeContext) -> None:
    found = {"330602": 100.0, "330603": 100.0, "330604": 90.0}
    places = {c: ranking.place_among(context(), RATE, found, c) for c in found}
    assert [p.place for p in places.values() if p is not None] == [1, 1, 3]
    assert [p.best for p in places.values() if p is not None] == ["330602"] * 3


def test_strong_is_where_most_counties_are_behind_and_weak_where_most_are_ahead(
    context: MakeContext,
) -> None:
    for county in context().ranked:
        strong, weak = strongest(context(), county), weakest(context(), county)
        assert all(place.worse > place.better for _name, place in strong)
        assert all(place.better > place.worse for _name, place in weak)
        assert [p.worse for _n, p in strong] == sorted((p.worse for _n, p in strong), reverse=True)
        assert not {name for name, _p in strong} & {name for name, _p in weak}


def test_two_counties_stand_side_by_side_with_their_difference(
    context: MakeContext, database: Database
) -> None:
    line = lines(context(counties=[ZHUJI, XINCHANG])).loc[RATE]
    one, other = value(database, RATE, ZHUJI), value(database, RATE, XINCHANG)
    assert line["诸暨"].endswith(f"\N{NO-BREAK SPACE}{one:.1f}/95.0%")
    assert line["新昌"].endswith(f"\N{NO-BREAK SPACE}{other:.1f}/95.0%")
    assert line["相差"] == f"{one - other:+.1f}".replace("-", "−")


def test_three_counties_have_a_column_each(context: MakeContext) -> None:
    frame = lines(context(counties=["330602", ZHUJI, CITY_RUN]))
    assert list(frame.columns) == ["indicator", "越城", "诸暨", "市直", "全市"]


def test_projects_add_up(context: MakeContext) -> None:
    card = build_card("county.projects", context(counties=[ZHUJI]))
    total, *parts = map(int, re.findall(r"\d+", card.finding))
    assert total == sum(parts) == len(card.table.frame)


def test_open_items_are_the_targets_behind_and_the_steps_not_taken(
    context: MakeContext, database: Database
) -> None:
    card = build_card("county.open_items", context(counties=[XINCHANG]))
    frame = card.table.frame
    rows = indicators.values(database, "2024-09", [XINCHANG]).query("county_id == @XINCHANG")
    steps = {"balanced_development_stage"}
    behind = set(rows.loc[rows["status"] == "behind", "indicator_id"]) - steps
    assert card.listing is not None
    assert set(card.listing.frame["indicator_id"]) - steps == behind
    then = indicators.values(database, "2024-08", [XINCHANG]).query("county_id == @XINCHANG")
    behind_then = set(then.loc[then["status"] == "behind", "indicator_id"]) - steps
    assert set(frame["indicator_id"]) - steps == behind | behind_then
    assert frame.iloc[0]["item"] == "新昌县通过优质均衡发展县国家级评估认定"
    assert (frame["office"].str.len() > 0).all()


def test_what_has_changed_is_counted_like_what_stands(context: MakeContext) -> None:
    cards = {
        month: build_card(
            "county.open_items", context((ZHUJI, XINCHANG), month, "zh", "last_month")
        )
        for month in ("2024-08", "2024-09")
    }
    now, then = (int(re.findall(r"\d+", card.finding)[0]) for card in reversed(cards.values()))
    assert cards["2024-09"].change == f"比上月：滞后增加{now - then}项"


def test_the_league_counts_every_target_of_every_county(
    context: MakeContext, database: Database
) -> None:
    frame = build_card("county.league", context()).table.frame.set_index("county")
    rows = indicators.values(database, "2024-09")
    rows = rows[rows["indicator_id"].isin(county_indicators(context()))]
    found = rows[rows["county_id"] == ZHUJI]["status"].value_counts()
    assert {status: frame.loc["诸暨市", status] for status in found.index} == found.to_dict()


def test_the_league_names_who_has_gained_most_and_adds_no_counties_up(
    context: MakeContext, database: Database
) -> None:
    view = context(comparison="last_month")
    met = {}
    for month in ("2024-08", "2024-09"):
        rows = indicators.values(database, month)
        rows = rows[rows["indicator_id"].isin(county_indicators(view)) & (rows["status"] == "met")]
        met[month] = rows.groupby("county_id").size()
    rises = (met["2024-09"] - met["2024-08"])[list(view.ranked)]
    names = view.language.listed([view.county(c) for c in rises[rises == rises.max()].index])
    change = build_card("county.league", view).change
    assert change == f"比上月：{names}已达成增加最多，{rises.max():.0f}项"


# --- map ------------------------------------------------------------------------------------


def map_frame(view: Context, indicator_id: str, coloured_by: ColouredBy) -> pd.DataFrame:
    chart = build_card("county.map", view, **on_map(indicator_id, coloured_by)).charts[0]
    assert chart.shape == "county_map"
    assert chart.selects is Selects.COUNTY
    return chart.frame.set_index("id")


def test_the_map_s_levels_are_equal_steps_from_the_lowest_to_the_highest(
    context: MakeContext,
) -> None:
    frame = map_frame(context(), RATE, ColouredBy.VALUE)
    low, high = frame["value"].min(), frame["value"].max()
    expected = ((frame["value"] - low) / (high - low) * 4).clip(upper=3.999).astype(int)
    assert frame["level"].tolist() == expected.tolist()


def test_the_map_by_distance_sets_reached_targets_apart(context: MakeContext) -> None:
    frame = map_frame(context(), RATE, ColouredBy.DISTANCE)
    reached = frame["value"] == 0
    assert (frame.loc[reached, "level"] == 0).all()
    assert (frame.loc[~reached, "level"] > 0).all()
    assert set(frame.loc[reached, "text"]) <= {"已达目标"}


def test_a_county_that_has_not_reported_has_no_colour(context: MakeContext) -> None:
    frame = map_frame(context(), "myopia_decline", ColouredBy.VALUE)
    assert pd.isna(frame.loc["330683", "value"])
    assert frame.loc["330683", "text"] == "x 未报"


def test_the_ranking_beside_the_map_begins_with_the_best(context: MakeContext) -> None:
    card = build_card("county.map", context(), **on_map(RATE))
    frame = card.charts[1].frame
    assert frame["label"].str[0].tolist()[:6] == ["1", "2", "3", "4", "5", "6"]
    assert frame["value"].tolist()[:6] == sorted(frame["value"].tolist()[:6], reverse=True)
    assert frame["id"].tolist()[-1] == CITY


def test_the_map_can_be_read_aloud(context: MakeContext, database: Database) -> None:
    alt = build_card("county.map", context(), **on_map(RATE)).charts[0].alt
    assert "示意图" in alt
    assert f"诸暨市 {value(database, RATE, ZHUJI):.1f}%" in alt


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_usable_outlines_the_ranking_stays_and_the_reason_is_told(lang: str) -> None:
    database = open_database(SAMPLE_DIR, outlines_path=ROOT / "README.md")
    assert isinstance(database.outlines_problem, Problem)
    view = Context(database, Filters("2024-09"), language(lang))
    card = build_card("county.map", view, **on_map(RATE))
    assert [chart.shape for chart in card.charts] == ["county_dot"]
    assert "README.md" in card.notes[0]


@pytest.mark.slow
def test_outlines_without_one_of_the_counties_make_no_map(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    fewer = {c: o for c, o in database.outlines.items() if c != ZHUJI}
    other = open_database(SAMPLE_DIR)
    monkeypatch.setattr(other, "outlines", fewer)
    card = build_card(
        "county.map", Context(other, Filters("2024-09"), language("zh")), **on_map(RATE)
    )
    assert [chart.shape for chart in card.charts] == ["county_dot"]
    assert "诸暨市" in card.notes[0]
