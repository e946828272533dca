"""Nobody who knows that people come in whole numbers can tell a withheld one from its bounds."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from dashboard.data import Database
from tests.small_numbers.bounds import attacked, intervals, told_by_sums
from tests.small_numbers.conftest import FEWEST
from tests.small_numbers.delivery import open_sample_with
from tests.small_numbers.numbers import CITY, Truth, withheld

pytestmark = pytest.mark.slow

RULE = "small_people - small_cells < fewest - 1"
NO_CAP = math.inf


def ranges(people: list[int], caps: list[float], floor: int) -> list[tuple[float, float]]:
    cells = {("A", f"S{n}"): float(count) for n, count in enumerate(people)}
    return list(intervals(cells, dict(zip(cells, caps, strict=True)), floor).values())


@pytest.mark.parametrize(
    ("people", "caps", "floor", "expected"),
    [
        ([1, 1, 1], [NO_CAP] * 3, 1, [(1, 1)] * 3),  # three people in three schools
        ([1, 1, 1, 0, 0, 0], [NO_CAP] * 6, 0, [(0, 3)] * 6),
        ([2, 3], [NO_CAP] * 2, 1, [(1, 4)] * 2),
        ([3, 3], [NO_CAP] * 2, 1, [(1, 5)] * 2),
        ([2, 6], [4, 6], 1, [(2, 4), (4, 6)]),  # the other is six at the most
        ([4, 6], [4, 6], 0, [(4, 4), (6, 6)]),  # everybody of both schools
    ],
)
def test_what_a_sum_leaves_to_each_of_its_parts(
    people: list[int], caps: list[float], floor: int, expected: list[tuple[int, int]]
) -> None:
    assert ranges(people, caps, floor) == expected


def test_every_small_number_of_the_sample_may_be_any_of_one_to_five(
    sample: Database, true_sample: Truth
) -> None:
    known = list(attacked(true_sample, withheld(sample), FEWEST))
    assert len(known) > 10_000
    assert not [number for number in known if number.is_determined]
    narrow = [number for number in known if number.most - number.least < FEWEST - 1]
    assert not narrow


def test_the_small_numbers_of_a_made_delivery_are_not_determined(
    made: tuple[Database, Truth],
) -> None:
    read, truth = made
    known = list(attacked(truth, withheld(read), FEWEST))
    assert len(known) > 20
    assert not [number for number in known if number.is_determined]


def test_with_nothing_withheld_every_small_number_is_known(
    raw_sample: Database, true_sample: Truth
) -> None:
    known = list(attacked(true_sample, withheld(raw_sample), FEWEST))
    assert all(number.is_determined for number in known)


def test_that_withheld_numbers_add_up_to_five_is_not_enough(
    true_sample: Truth, tmp_path: Path
) -> None:
    """As many hidden schools as hidden people: eleven county-years of new top titles."""
    read = open_sample_with(tmp_path, "withheld_cells.sql", RULE, "small_people < fewest")
    known = attacked(true_sample, withheld(read), FEWEST)
    told = [number for number in known if number.is_determined]
    assert {number.number for number in told} == {"senior_title_teachers counted"}
    assert {number.people for number in told} == {1}
    assert len({(number.total, number.period) for number in told}) == 11


def test_without_a_cell_that_stands_in_many_are_told(true_sample: Truth, tmp_path: Path) -> None:
    read = open_sample_with(tmp_path, "withheld_cells.sql", RULE, "false")
    told = {n.number for n in attacked(true_sample, withheld(read), FEWEST) if n.is_determined}
    assert len(told) > 3


def test_no_level_of_a_breakdown_follows_from_its_sums(
    sample: Database, raw_sample: Database
) -> None:
    hidden = [place for place in withheld(sample) if place[1] == CITY]
    rows = raw_sample._ask("select * from breakdown_rows", {})
    attacks = 0
    for (breakdown, period), of_one in rows.groupby(["breakdown", "period"]):
        counties = {unit for table, _, unit, when in hidden if (table, when) == (breakdown, period)}
        people = {(row.county_id, row.level): row.people for row in of_one.itertuples()}
        attacks += bool(counties)
        assert not told_by_sums(people, counties)
    assert attacks


def test_the_city_s_own_figures_are_about_nobody(sample: Database, raw_sample: Database) -> None:
    question = (
        "select indicator_id, period, sum(numerator) as numerator, sum(denominator) as denominator"
        " from indicator_rows group by all order by all"
    )
    assert sample._ask(question, {}).equals(raw_sample._ask(question, {}))
