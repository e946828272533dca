"""What counts, and what a change of status is, on the sample and on goals made by hand."""

from __future__ import annotations

import pytest

from dashboard import indicators
from dashboard.data import Database
from dashboard.indicators import CountedTarget, Counts, Move, count_targets, move
from dashboard.indicators.status import Status

AS_OF = "2024-09"
ZHUJI, SHENGZHOU, CITY_RUN = "330681", "330683", "330600"


def test_every_target_of_the_plan_counts_once_for_the_city(database: Database) -> None:
    counts = count_targets(database, AS_OF)
    plan = database.plans[2024]
    of_one_county = {  # the three 100% are asked of a pilot: the city has no verdict
        *("tutoring_managed_rate", "tutoring_platform_rate", "tutoring_registration_rate"),
    }
    asked = {target.indicator_id for target in plan.targets} - of_one_county
    assert sorted(counts.statuses) == sorted(asked)
    assert sum(counts.by_status.values()) + counts.unjudged == len(counts)
    by_clause = [len(counts.of_clause(clause.clause)) for clause in plan.clauses]
    by_office = [len(counts.of_office(office.office_id)) for office in plan.offices]
    pages = {target.page for target in counts.targets}
    by_page = [len(counts.of_pages(page)) for page in pages]
    assert sum(by_clause) == sum(by_office) == sum(by_page) == len(counts)


def test_a_county_s_targets_are_those_that_are_asked_of_it(database: Database) -> None:
    # Second road: the rows of values, one by one.
    frame = indicators.values(database, AS_OF, [ZHUJI])
    own = frame[frame["county_id"] == ZHUJI].set_index("indicator_id")
    judged = {i: row["status"] for i, row in own.iterrows() if row["status"] is not None}
    judged = {i: status for i, status in judged.items() if own.at[i, "target"] != 0}
    counts = count_targets(database, AS_OF, [ZHUJI])
    assert {i: str(s) for i, s in counts.statuses.items() if s} == judged
    assert "graduate_retention" not in counts.statuses  # the city's alone
    assert "balanced_development_stage" not in counts.statuses  # asked of other counties


def test_a_share_of_nothing_is_not_met(database: Database) -> None:
    rows = indicators.unit_rows(database, AS_OF)
    nothing = [i for i, units in rows.items() if units[CITY_RUN]["target"] == 0]
    assert nothing  # 市直 has no share of some of the year's selections
    assert not set(nothing) & set(count_targets(database, AS_OF, [CITY_RUN]).statuses)


def test_what_is_not_reported_counts_without_a_status(database: Database) -> None:
    counts = count_targets(database, AS_OF, [SHENGZHOU])
    assert counts.statuses["myopia_decline"] is None  # not in yet
    assert counts.statuses["vision_screening_rounds"] is None  # provisional
    # What a county can never have does not count: no provider is under the city itself.
    assert "tutoring_managed_rate" not in count_targets(database, AS_OF, [CITY_RUN]).statuses


def test_counties_together_count_as_one(database: Database) -> None:
    all_seven = indicators.county_ids(database)
    assert count_targets(database, AS_OF, all_seven) == count_targets(database, AS_OF)
    two = count_targets(database, AS_OF, [ZHUJI, SHENGZHOU])
    rows = indicators.together(database, AS_OF, [ZHUJI, SHENGZHOU])
    assert all(two.statuses[i] == rows[i]["status"] for i in two.statuses)


def test_a_year_without_a_plan_has_no_targets(database: Database) -> None:
    assert len(count_targets(database, "2023-09")) == 0
    with pytest.raises(KeyError):
        count_targets(database, AS_OF, ["000000"])


def test_counts_name_every_status_and_the_readings() -> None:
    counts = Counts(
        (
            CountedTarget("one", Status.NEAR, "plan", "health", 12, "health"),
            CountedTarget("two", Status.NEAR, "reading", "health", 12, "health"),
            CountedTarget("three", None, "plan", "skills", 14, "skills"),
        )
    )
    assert list(counts.by_status) == list(Status)
    assert counts.by_status[Status.NEAR] == 2
    assert counts.unjudged == 1
    assert counts.at(Status.NEAR) == ("one", "two")
    assert counts.readings == ("two",)
    assert len(counts.of_office("skills")) == len(counts.among({"three"})) == 1


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("met", "on_track", Move.FALL),
        ("on_track", "near", Move.FALL),
        ("near", "behind", Move.FALL),
        ("behind", "near", Move.GAIN),
        ("near", "met", Move.GAIN),
        ("not_due", "behind", Move.FIRST),  # nothing has fallen
        (None, "met", Move.FIRST),
        ("behind", "not_due", Move.LAPSED),
        ("met", None, Move.LAPSED),
        ("not_due", None, None),
        (None, None, None),
        ("near", "near", None),
    ],
)
def test_a_first_judgement_is_neither_a_fall_nor_a_gain(
    before: str | None, after: str | None, expected: Move | None
) -> None:
    assert move(before, after) is expected
