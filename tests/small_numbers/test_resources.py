"""The teachers among the seven resources: per 100 pupils, from their lines, in coefficients."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Any

import pandas as pd
import pytest

from dashboard.cards import Context, build_card
from dashboard.data import Database
from dashboard.filters import Filters
from dashboard.settings import SAMPLE_DIR
from dashboard.ui.card import csv_bytes
from dashboard.words.language import language
from tests.indicators.rows import Row, school
from tests.queries.conftest import Ask, ask, catalogue, publish, staging, staging_schema
from tests.small_numbers.conftest import FEWEST

__all__ = ["ask", "catalogue", "publish", "staging", "staging_schema"]

A = "330602"
BACKBONE = "backbone_teachers_per_100_pupils"  # one is asked for 100 pupils, 0.85 are near enough
IN_2024 = {"as_of": "2024-09"}


def delivered(**schools: tuple[int, int]) -> dict[str, list[Row]]:
    """Primary schools of one county with their pupils and backbone teachers."""
    return {
        "schools": [school(name, "primary", A, school_name=name) for name in schools],
        "enrolment": [
            {"school_id": name, "school_year": 2024, "stage": "primary", "pupils": pupils}
            for name, (pupils, _) in schools.items()
        ],
        "school_conditions": [
            {"school_id": name, "school_year": 2024, "backbone_teachers": teachers}
            for name, (_, teachers) in schools.items()
        ],
    }


def withheld(ask: Ask, **schools: tuple[int, int]) -> set[str]:
    """The schools of which the backbone teachers are withheld."""
    rows = ask("school/choices", {"school_year": 2024}, **delivered(**schools))
    return {
        row["school_id"]
        for row in rows
        for figure in ask("school/figures", {"school_id": row["school_id"], **IN_2024})
        if figure["figure"] == "backbone_teachers"
        and figure["scope"] == "school"
        and figure["is_withheld"]
    }


LARGE = {f"L{n}": (2000 + n, 30) for n in range(6)}


def test_a_small_number_of_teachers_is_withheld_and_nobody_is_not(ask: Ask) -> None:
    assert withheld(ask, few=(900, 4), five=(900, 5), none=(3001, 0), **LARGE) == {"few"}


def test_where_few_would_reach_the_line_the_number_is_withheld_whatever_it_is(ask: Ask) -> None:
    # 470 pupils ask for 4.7 teachers, and 85% of that is four: reached and withheld would be four
    small = {f"S{n}": (470, teachers) for n, teachers in enumerate((0, 4, 5, 9, 20))}
    assert withheld(ask, **small, **LARGE) == set(small)


def test_where_few_would_not_do_an_ordinary_number_is_shown(ask: Ask) -> None:
    # 480 pupils: 85% is more than four; a withheld number is then below the line, 1 to 4
    assert withheld(ask, S=(480, 5), **LARGE) == set()


def spread(ask: Ask, **schools: tuple[int, int]) -> dict[str, Any]:
    rows = ask("quality/resource_variation", IN_2024, **delivered(**schools))
    keys = (A, "primary", BACKBONE)
    return next(r for r in rows if (r["county_id"], r["stage"], r["resource"]) == keys)


def test_of_a_coefficient_with_a_withheld_school_only_the_verdict_is_told(ask: Ask) -> None:
    # amounts 0.4 and 1.2 with equal pupils: mean 0.8, deviation 0.4, coefficient 0.5 = the limit
    row = spread(ask, few=(1000, 4), other=(1000, 12))
    assert row["is_withheld"]
    assert (row["schools"], row["mean_amount"], row["variation"]) == (2, None, None)
    assert row["is_within"]


def test_a_coefficient_without_one_is_as_it_is(ask: Ask) -> None:
    row = spread(ask, one=(1000, 5), other=(1000, 20))
    assert (row["mean_amount"], row["variation"]) == (1.25, pytest.approx(0.6))
    assert not row["is_withheld"] and not row["is_within"]


# --- the sample ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Held:
    """An assessed school's teachers of one resource."""

    school_id: str
    people: float
    asked: float
    is_withheld: bool
    passes: bool
    missed_lines: int

    @property
    def nearly_asked(self) -> float:
        return self.asked * 0.85

    def may_have(self, people: float) -> bool:
        """Whether a reader may hold a number possible, of what the school passes and misses.

        A failing school is listed with each line it misses; where that is one, it is missed by far.
        A passing school misses one at the most, and reaches that nearly.
        """
        misses = self.people < self.asked
        if self.passes:
            is_nearly = misses or not self.missed_lines
            return people >= (self.nearly_asked if is_nearly else self.asked)
        if not misses:
            return people >= self.asked
        return people < (self.nearly_asked if self.missed_lines == 1 else self.asked)


def assessed(sample: Database, raw: Database) -> Iterator[Held]:
    """The schools of every year and resource that counts teachers."""
    enrolment = pd.read_csv(SAMPLE_DIR / "在校生统计.csv", dtype={"学校标识码": str})
    pupils = enrolment.set_index(["学校标识码", "学年", "学段"])["在校生数"].to_dict()
    question = (
        "select *, round(amount, 9) as per_100 from resource_rows"
        " where resource like '%teachers%' order by school_id"
    )
    true = raw._ask(question, {}).set_index(["school_id", "school_year", "resource"])["per_100"]
    rows = sample._ask(question, {})
    seven = "select * from indicator_rows where indicator_id = 'balanced_seven_indicators'"
    passing = {
        (row.unit_id, int(row.period[:4])): row.numerator == 1
        for row in sample._ask(seven, {}).itertuples()
    }
    every_line = sample._ask("select * from resource_rows", {})
    missed = every_line.groupby(["school_id", "school_year"])["is_missed"].sum().to_dict()
    for row in rows.itertuples():
        own = (row.school_id, row.school_year)
        roll = sum(pupils.get((*own, stage), 0) for stage in ("小学", "初中"))
        amount = true[row.school_id, row.school_year, row.resource]
        yield Held(
            school_id=row.school_id,
            people=round(amount * roll / 100),
            asked=row.line * roll / 100,
            is_withheld=row.is_withheld,
            passes=passing[own],
            missed_lines=missed[own],
        )


def test_no_number_of_teachers_follows_from_its_line(
    sample: Database, raw_sample: Database
) -> None:
    attacks, told = 0, []
    for held in assessed(sample, raw_sample):
        if 0 < held.people < FEWEST:
            attacks += 1
            # a withheld number may be larger where few would reach the line, else it is small
            least = ceil(held.nearly_asked - 1e-9)
            possible = range(20) if least < FEWEST else range(1, FEWEST)
            if not held.is_withheld or sum(held.may_have(people) for people in possible) < 2:
                told.append(held)
    assert attacks > 100
    assert not told


def test_a_listed_school_s_few_teachers_are_in_no_cell_and_no_download(
    sample: Database, raw_sample: Database
) -> None:
    def card_of(database: Database) -> tuple[Any, Context]:
        context = Context(database, Filters("2024-09", ()), language("en"))
        return build_card("quality.failing_schools", context), context

    card, context = card_of(sample)
    true, _ = card_of(raw_sample)
    frame = card.table.frame.set_index(["school_id", "resource"])
    amounts = true.table.frame.set_index(["school_id", "resource"])["amount"]
    hidden = frame[frame["is_withheld"]]
    assert len(hidden) > 3
    assert hidden[["amount", "attainment_pct"]].isna().all(axis=None)
    csv = csv_bytes(card, context).decode("utf-8-sig")
    for (school_id, resource), _row in hidden.iterrows():
        cell = card.listing.frame.set_index("school_id")[resource][school_id]
        assert cell.startswith("c/")
        assert f"{amounts[school_id, resource]:.4f}"[:6] not in csv
    assert "c suppressed" in csv
