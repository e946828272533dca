"""Which cells are withheld, on numbers small enough to be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import duckdb
import pytest

from dashboard import settings
from tests.small_numbers.bounds import told_by_sums

A, B, C = "330602", "330603", "330604"
PERIOD = "2024-09"
Withheld = set[tuple[str, str]]  # table and unit
Judge = Callable[..., Withheld]


@pytest.fixture
def judge() -> Iterator[Judge]:
    """Ask which cells are withheld: units of the made tables, by table."""
    connection = duckdb.connect()
    connection.execute(
        "create schema computed;"
        "create table thresholds as select 'suppressed_below_people' as name, 5.0 as value;"
        "create table indicator_definitions (indicator_id varchar, within varchar, scale integer,"
        " shared_numerator varchar, shared_denominator varchar, people boolean,"
        " denominator varchar);"
        "create table computed.indicator_rows (indicator_id varchar, county_id varchar,"
        " unit_id varchar, period varchar, numerator double, denominator double);"
        "create table computed.breakdown_rows (breakdown varchar, level varchar,"
        " county_id varchar, period varchar, people double, among double);"
        "create table computed.school_people (breakdown varchar, figure varchar, part varchar,"
        " number_name varchar, county_id varchar, school_id varchar, period varchar,"
        " people double);"
        "insert into indicator_definitions values"
        " ('titles', null, 1, null, null, true, 'none'),"
        " ('aided', null, 100, null, null, true, 'base'),"
        " ('ratio', null, 1, null, 'staff', true, 'base'),"
        " ('classes', null, 1, null, 'staff', true, 'base')"
    )
    query = (settings.QUERIES_DIR / "suppression" / "withheld_cells.sql").read_text("utf-8")

    def run(
        indicators: Sequence[tuple[Any, ...]] = (),
        breakdowns: Sequence[tuple[Any, ...]] = (),
        schools: Sequence[tuple[Any, ...]] = (),
    ) -> Withheld:
        for indicator_id, county, unit, counted, base in indicators:
            connection.execute(
                "insert into computed.indicator_rows values (?, ?, ?, ?, ?, ?)",
                [indicator_id, county, unit, PERIOD, counted, base],
            )
        for breakdown, level, county, people, among in breakdowns:
            connection.execute(
                "insert into computed.breakdown_rows values (?, ?, ?, ?, ?, ?)",
                [breakdown, level, county, PERIOD, people, among],
            )
        for part, county, school, people in schools:
            connection.execute(
                "insert into computed.school_people values"
                " ('staffing', 'teachers', ?, 'staff', ?, ?, ?, ?)",
                [part, county, school, PERIOD, people],
            )
        rows = connection.execute(query).fetchall()
        return {(table, unit) for table, _county, unit, _period in rows}

    yield run
    connection.close()


def titles(*people: int, county: str = A) -> list[tuple[Any, ...]]:
    """Schools S1, S2 … of a county, and one of another with enough for both counties to show."""
    own = [("titles", county, f"S{n}", count, None) for n, count in enumerate(people, 1)]
    return [*own, ("titles", "330699", "far", 50, None)]


def units(withheld: Withheld, table: str = "titles") -> set[str]:
    return {unit for of, unit in withheld if of == table}


def test_one_small_number_takes_the_smallest_larger_one_with_it(judge: Judge) -> None:
    assert units(judge(titles(1, 40, 7, 30, 0))) == {"S1", "S3"}


def test_small_numbers_with_four_more_than_one_each_need_no_other(judge: Judge) -> None:
    # 3 + 3 = 6 people in two schools: 4 beyond one each, so that each may be any of 1 to 5
    assert units(judge(titles(3, 3, 20, 0))) == {"S1", "S2"}


def test_small_numbers_that_add_up_but_leave_no_room_take_another(judge: Judge) -> None:
    # 2 + 3 = 5 people in two schools: each could only be 1 to 4
    assert units(judge(titles(2, 3, 20, 30))) == {"S1", "S2", "S3"}


def test_as_many_schools_as_people_take_as_many_without_anybody(judge: Judge) -> None:
    # six schools with one each: six people in six schools would be one in each
    withheld = judge(titles(*[1] * 6, *[0] * 10))
    assert units(withheld) >= {f"S{n}" for n in range(1, 7)}
    assert len(units(withheld)) == 12


def test_where_too_few_are_without_anybody_all_are_withheld(judge: Judge) -> None:
    assert units(judge(titles(1, 1, 1, 1, 1, 0, 0))) == {f"S{n}" for n in range(1, 8)}


def test_nobody_is_shown_where_nothing_is_small(judge: Judge) -> None:
    assert units(judge(titles(0, 0, 5, 12))) == set()


def test_of_a_share_those_not_counted_are_a_number_as_well(judge: Judge) -> None:
    rows = [("aided", A, "S1", 97, 100), ("aided", A, "S2", 80, 90), ("aided", A, "S3", 50, 90)]
    assert units(judge([*rows, ("aided", B, "far", 50, 99)]), "aided") == {"S1", "S2"}


def test_a_withheld_county_takes_its_schools_along(judge: Judge) -> None:
    rows = [("titles", A, "S1", 2, None), ("titles", A, "S2", 0, None)]
    rows += [("titles", B, "S3", 9, None), ("titles", C, "S4", 20, None)]
    assert units(judge(rows)) == {A, "S1", "S2", B, "S3"}


def of_staff(indicator_id: str, county: str, **staff: int) -> list[tuple[Any, ...]]:
    """Rows of an indicator of which the denominator is the staff of each school."""
    return [(indicator_id, county, school, 100, count) for school, count in staff.items()]


def test_a_number_withheld_in_one_table_is_withheld_in_every_other(judge: Judge) -> None:
    rows = [
        row
        for indicator_id in ("ratio", "classes")
        for row in (
            *of_staff(indicator_id, A, S1=3, S2=20, S3=30),
            *of_staff(indicator_id, B, far=90),
        )
    ]
    withheld = judge(rows)
    assert units(withheld, "ratio") == units(withheld, "classes") == {"S1", "S2"}


def test_the_difference_of_two_tables_is_a_number_of_the_county(judge: Judge) -> None:
    # the staff in ratio less the staff in classes are the three of S1, which has no classes
    rows = [
        *of_staff("ratio", A, S1=3, S2=20, S3=30),
        *of_staff("classes", A, S2=20, S3=30),
        *(row for i in ("ratio", "classes") for row in of_staff(i, B, S4=40)),
        *(row for i in ("ratio", "classes") for row in of_staff(i, C, S5=50)),
    ]
    withheld = judge(rows)
    # so the county is withheld, and one in which nobody is in ratio alone
    assert units(withheld, "ratio") == {A, "S1", "S2", "S3", B, "S4"}
    assert units(withheld, "classes") == set()


def test_a_school_of_a_type_is_stood_in_for_by_one_of_its_type(judge: Judge) -> None:
    staff = [("primary", A, "P1", 3), ("junior", A, "J1", 8), ("primary", A, "P2", 20)]
    rows = of_staff("ratio", A, P1=3, J1=8, P2=20)
    levels = [
        ("staffing", "primary teachers", A, 23, None),
        ("staffing", "junior teachers", A, 8, None),
    ]
    withheld = judge(rows, levels, staff)
    assert units(withheld, "ratio") == units(withheld, "staffing") == {"P1", "P2"}


def test_a_breakdown_is_withheld_for_a_county_as_a_whole(judge: Judge) -> None:
    rows = [
        ("sexes", level, county, people, 100)
        for county, both in ((A, (2, 30)), (B, (20, 40)), (C, (25, 10)))
        for level, people in zip(("boys", "girls"), both, strict=True)
    ]
    assert units(judge(breakdowns=rows), "sexes") == {A, B}


def test_a_county_of_one_level_does_not_stand_in_for_one_of_several(judge: Judge) -> None:
    people = {(A, "primary"): 2, (A, "junior"): 30, (B, "primary"): 6}
    people |= {(C, "primary"): 9, (C, "junior"): 40, (C, "senior"): 50, (A, "senior"): 60}
    rows = [("stages", level, county, count, None) for (county, level), count in people.items()]
    hidden = units(judge(breakdowns=rows), "stages")
    assert hidden == {A, C}
    assert told_by_sums(people, hidden) == set()
    # B has the fewest of the larger ones, and all of it in primary schools: that would tell A's two
    assert (A, "primary") in told_by_sums(people, {A, B})
