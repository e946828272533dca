"""总览 on the sample: its counts, gaps and changes agree with the values."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd
import pytest

from dashboard import charts, indicators
from dashboard.cards import Context, build_card, build_headline
from dashboard.data import Database
from dashboard.indicators import count_targets
from dashboard.indicators.status import Status

MakeContext = Callable[..., Context]

CARDS = [
    "overview.status_counts",
    "overview.urgent_gaps",
    "overview.status_matrix",
    "overview.status_changes",
]
VIEWS = {
    "city": {},
    "one county": {"counties": ["330681"]},
    "city-run": {"counties": ["330600"]},
    "January": {"as_of": "2024-01"},
    "English": {"lang": "en"},
}
MARKS = {"x": ("missing",), "c": ("withheld",), "p": ("provisional",), "z": ("",), None: ("",)}


@pytest.mark.product
@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
@pytest.mark.parametrize("card_id", CARDS)
def test_card_can_be_shown_for(context: MakeContext, card_id: str, view: dict[str, object]) -> None:
    card = build_card(card_id, context(**view))
    assert card.finding
    for chart in card.charts:
        charts.figure(chart.shape, chart.frame, chart.options)
    card.table.labelled()


def test_the_headline_counts_every_target_once(context: MakeContext, database: Database) -> None:
    values = indicators.values(database, "2024-09")
    city = values[values["county_id"] == "all"]["status"].value_counts()
    numbers = [int(n) for n in re.findall(r"(\d+)项", build_headline("overview", context()))]
    total, *parts, unjudged = numbers
    assert parts == [int(city.get(status, 0)) for status in Status]
    assert total == len(count_targets(database, "2024-09")) == sum(parts) + unjudged


def test_urgent_targets_are_behind_and_say_what_is_missing_and_whose_they_are(
    context: MakeContext,
) -> None:
    card = build_card("overview.urgent_gaps", context())
    assert card.listing is not None
    frame = card.listing.frame
    assert (frame["gap"].str.len() > 0).all()
    assert (frame["office"].str.len() > 0).all()
    assert set(card.table.frame["status"]) == {"behind"}


def city_statuses(database: Database, month: str) -> pd.Series:
    values = indicators.values(database, month).set_index("county_id").loc["all"]
    return values.set_index("indicator_id")["status"]


@pytest.mark.parametrize(
    ("comparison", "month"),
    [("last_month", "2024-08"), ("2024-03", "2024-03"), ("last_year", "2024-08")],
    ids=["last month", "a month", "no plan then: last month"],
)
def test_changes_are_those_between_two_months_and_carry_both_numbers(
    context: MakeContext, database: Database, comparison: str, month: str
) -> None:
    card = build_card("overview.status_changes", context(comparison=comparison))
    now, before = (city_statuses(database, m) for m in ("2024-09", month))
    judged = ["behind", "near", "on_track", "met"]
    changed = {
        i: now[i] for i in now.index if now[i] != before[i] and {now[i], before[i]} & set(judged)
    }
    frame = card.table.frame
    assert set(frame["indicator_id"]) == set(changed)
    assert frame["numbers"].str.contains("→").all()
    kinds: dict[str, set[str]] = {word: set() for word in ("变差", "变好", "首次监测", "不再判断")}
    for indicator_id, status in changed.items():
        if before[indicator_id] not in judged:
            kinds["首次监测"].add(indicator_id)
        elif status not in judged:  # not complete now
            kinds["不再判断"].add(indicator_id)
        elif judged.index(status) < judged.index(before[indicator_id]):
            kinds["变差"].add(indicator_id)
        else:
            kinds["变好"].add(indicator_id)
    assert list(dict.fromkeys(frame["group"])) == [word for word, found in kinds.items() if found]
    for word, found in kinds.items():
        assert set(frame.loc[frame["group"] == word, "indicator_id"]) == found
        assert (f"{word}{len(found)}项" in card.finding) == bool(found)
    assert card.listing is not None
    assert len(card.listing.frame) == len(frame)  # all of each are shown


def test_a_change_names_the_line_that_was_met_or_missed(context: MakeContext) -> None:
    card = build_card("overview.status_changes", context(comparison="2024-03"))
    rows = card.table.frame.set_index("indicator_id")
    assert rows.loc["arts_club_bases", "numbers"] == "0个 → 30个"
    assert rows.loc["arts_club_bases", "cause"] == "目标30个"
    behind = rows.loc["projects_completed"] if "projects_completed" in rows.index else None
    assert behind is None or "→" in behind["cause"]
    missed = rows[rows["now"] == "▼ 滞后"]
    assert len(missed)
    assert (missed["cause"].str.len() > 0).all()


def test_tiles_count_the_month_compared_with(context: MakeContext, database: Database) -> None:
    card = build_card("overview.status_counts", context(comparison="2024-03"))
    before = city_statuses(database, "2024-03").value_counts()
    details = [tile.detail for tile in card.tiles]
    assert details == [f"2024年3月：{before.get(status, 0)}" for status in Status]


def test_without_a_plan_then_and_before_nothing_is_compared(context: MakeContext) -> None:
    for card_id in ("overview.status_counts", "overview.status_changes"):
        card = build_card(card_id, context(as_of="2024-01"))
        assert "2023年没有工作要点，当时没有状态。" in card.notes
        assert not re.search(r"\d", card.change or "")
        assert not any(tile.detail for tile in card.tiles)


def test_the_matrix_holds_every_county_and_every_indicator_that_counties_have(
    context: MakeContext, database: Database
) -> None:
    card = build_card("overview.status_matrix", context())
    cells = [
        cell
        for chart in card.charts
        for cell in zip(
            chart.frame["indicator_id"],
            chart.frame["county_id"],
            chart.frame["status"],
            strict=True,
        )
    ]
    values = indicators.values(database, "2024-09").set_index(["indicator_id", "county_id"])
    assert len(cells) == len({cell[:2] for cell in cells})
    for indicator_id, county_id, status in cells:
        expected, missing = values.loc[(indicator_id, county_id), ["status", "missing"]]
        if values.loc[(indicator_id, county_id), "target"] == 0:
            expected = None  # nothing to do, nothing met
        assert status == expected or (expected is None and status in MARKS[missing])


def test_the_matrix_is_the_same_whatever_counties_are_chosen_but_for_what_stands_out(
    context: MakeContext,
) -> None:
    city = build_card("overview.status_matrix", context())
    county = build_card("overview.status_matrix", context(counties=["330681"]))

    assert county.finding == city.finding
    for one, other in zip(city.charts, county.charts, strict=True):
        assert one.frame.equals(other.frame)
        assert (one.options["highlight"], other.options["highlight"]) == (None, ["330681"])
