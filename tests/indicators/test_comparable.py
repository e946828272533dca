"""可比口径 by hand: schools that move, open, close, are not measured, or are lost from a register.

Every school of these tests has 100 pupils; a county's rate is the mean of its schools' percents.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import pytest

from dashboard import indicators, settings
from dashboard.catalogue import Indicator
from dashboard.data import Database
from dashboard.indicators import Obstacle, Schools, unit_change
from tests.test_indicators import Make, indicator, make

__all__ = ["make"]

NORTH, SOUTH = "330602", "330603"
MYOPIA = indicator(
    "myopia",
    kind="change",
    direction="lower",
    people=False,
    compared="same_schools",
)
RATE = indicator("rate", people=False, compared="same_schools")
WHOLE = indicator("coverage", kind="directional", people=False, compared="whole")

# By school: the county in the register of each year (None: not listed), and who is myopic of 100
# in each autumn (None: not examined).
Lives = Mapping[str, tuple[str | None, str | None, int | None, int | None]]


Build = Callable[..., Database]


@pytest.fixture
def build(make: Make) -> Build:
    """A function that makes a database of one indicator out of schools' lives.

    ``closed`` and ``opened`` are what the register of 2024 says of schools, ``withheld`` schools
    with a year.
    """

    def built(
        definition: Indicator,
        lives: Lives,
        closed: Sequence[str] = (),
        opened: Sequence[str] = (),
        withheld: Sequence[tuple[str, str]] = (),
    ) -> Database:
        database = make(definition, [(NORTH, "2024-09", 0, 1)], target=None, comparator="increase")
        listed, measured = [], []
        for school, (county_2023, county_2024, then, now) in lives.items():
            opening = pd.Timestamp("2024-08-20") if school in opened else pd.NaT
            for year, county, count in (("2023", county_2023, then), ("2024", county_2024, now)):
                if county is None:
                    continue
                status = "closed" if year == "2024" and school in closed else "open"
                listed.append((school, int(year), county, status, opening))
                if count is not None and status == "open":
                    is_withheld = (school, year) in withheld
                    measured.append((county, school, f"{year}-09", float(count), is_withheld))
        connection = database._connection
        for name, frame in (
            (
                "schools",
                pd.DataFrame(
                    listed,
                    columns=[
                        *("school_id", "school_year", "county_id", "school_status", "opened_date"),
                    ],
                ).astype({"opened_date": "datetime64[us]"}),
            ),
            (
                "measured",
                pd.DataFrame(
                    measured,
                    columns=["county_id", "unit_id", "period", "numerator", "is_withheld"],
                ),
            ),
        ):
            connection.register("frame", frame)
            connection.execute(f'create table "{name}" as select * from frame')
            connection.unregister("frame")
        connection.execute(
            "create table indicator_rows as select $id as indicator_id, county_id, unit_id, period,"
            " if(is_withheld, null, numerator) as numerator,"
            " if(is_withheld, null, 100.0) as denominator, is_withheld from measured"
            " union all select $id, county_id, 'withheld', period, sum(numerator),"
            " sum(100.0), false from measured where is_withheld group by county_id, period",
            {"id": definition.indicator_id},
        )
        months = (settings.QUERIES_DIR / "suppression" / "indicator_months.sql").read_text()
        connection.execute(f"create or replace table indicator_months as {months}")
        return database

    return built


def rows(database: Database, as_of: str = "2024-09") -> pd.DataFrame:
    return indicators.values(database, as_of).set_index("county_id")


# Two schools stay in each county; M moves from the north to the south, and is far worse off.
STAYING: Lives = {
    "N1": (NORTH, NORTH, 50, 48),
    "N2": (NORTH, NORTH, 54, 52),
    "S1": (SOUTH, SOUTH, 40, 39),
    "S2": (SOUTH, SOUTH, 44, 43),
}
MOVING: Lives = {**STAYING, "M": (NORTH, SOUTH, 80, 77)}


def test_a_school_that_moves_is_its_new_countys_in_both_years(build: Build) -> None:
    found = rows(build(MYOPIA, MOVING))
    # North: N1 and N2, 52 to 50. South with M: (40 + 44 + 80) / 3 to (39 + 43 + 77) / 3.
    assert found.loc[NORTH, "value"] == pytest.approx(-2)
    assert found.loc[SOUTH, "value"] == pytest.approx((39 + 43 + 77) / 3 - (40 + 44 + 80) / 3)
    # The city has them all: 268 / 500 to 259 / 500.
    assert found.loc["all", "value"] == pytest.approx(25.9 * 2 - 26.8 * 2)
    assert list(found.loc[[NORTH, SOUTH, "all"], "compared_schools"]) == [2, 3, 5]
    assert list(found.loc[[NORTH, SOUTH, "all"], "left_out_schools"]) == [0, 0, 0]


def test_a_county_changes_by_nothing_when_only_the_register_changes(build: Build) -> None:
    stays = {school: (c, d, then, then) for school, (c, d, then, _now) in MOVING.items()}
    found = rows(build(MYOPIA, stays))
    assert list(found.loc[[NORTH, SOUTH, "all"], "value"]) == pytest.approx([0, 0, 0])
    whole = rows(build(WHOLE, stays)).loc[[NORTH, SOUTH, "all"]]
    assert list(whole["comparable"]) == pytest.approx(list(whole["previous"]))


def test_schools_lost_from_the_register_are_left_out_at_both_moments(build: Build) -> None:
    # Seven schools of the south at 10 % are not in this year's register; its own fell by one point.
    lost: Lives = {f"L{i}": (SOUTH, None, 10, None) for i in range(7)}
    database = build(MYOPIA, {**STAYING, **lost})
    found = rows(database)
    assert found.loc[SOUTH, "value"] == pytest.approx(-1)
    assert found.loc["all", "value"] == pytest.approx(-1.5)
    assert list(found.loc[[NORTH, SOUTH, "all"], "left_out_schools"]) == [0, 7, 7]
    change = unit_change(database, "myopia", "2024-09", "2023-09", SOUTH)
    assert change.schools == Schools(compared=2, unlisted=7)


def test_a_lost_school_is_no_closing_where_opening_and_closing_are_the_change(
    build: Build,
) -> None:
    # C closes by the register: the coverage rises from (50 + 54 + 20) / 3 to (50 + 54) / 2.
    # L is lost without a word, and changes nothing.
    lives: Lives = {
        "N1": (NORTH, NORTH, 50, 50),
        "N2": (NORTH, NORTH, 54, 54),
        "C": (NORTH, NORTH, 20, None),
        "L": (NORTH, None, 90, None),
    }
    found = rows(build(WHOLE, lives, closed=["C"]))
    assert found.loc[NORTH, "previous"] == pytest.approx((50 + 54 + 20) / 3)
    assert found.loc[NORTH, "comparable"] == pytest.approx(52)
    assert found.loc[NORTH, "left_out_schools"] == 1


def test_what_opens_closes_or_is_not_examined_is_left_out_and_counted(build: Build) -> None:
    lives: Lives = {
        **STAYING,
        "O": (None, NORTH, None, 5),
        "C": (NORTH, NORTH, 95, None),
        "U": (NORTH, NORTH, 90, None),
    }
    database = build(RATE, lives, closed=["C"], opened=["O"])
    change = unit_change(database, "rate", "2024-09", "2023-09", NORTH)
    assert change.schools == Schools(compared=2, opened=1, closed=1, unmeasured=1)
    assert (change.compared, change.difference) == (pytest.approx(52), pytest.approx(-2))
    # What stands now is of all schools: (48 + 52 + 5) / 3.
    assert rows(database).loc[NORTH, "value"] == pytest.approx(35)


def test_a_school_found_again_is_left_out_and_one_that_opens_is_the_change(build: Build) -> None:
    lives: Lives = {"N1": (NORTH, NORTH, 50, 50), "A": (None, NORTH, None, 90)}
    is_new = rows(build(WHOLE, lives, opened=["A"]))
    assert is_new.loc[NORTH, "comparable"] == pytest.approx(70)
    assert is_new.loc[NORTH, "left_out_schools"] == 0


def test_what_a_withheld_school_would_tell_is_not_compared(build: Build) -> None:
    # M moves and is withheld in 2023: the north's change less N1's and N2's would tell its number.
    hidden = [("M", "2023"), ("N2", "2023")]
    database = build(WHOLE, MOVING, withheld=hidden)
    found = rows(database)
    assert found.loc[[NORTH, SOUTH, "all"], "previous"].isna().tolist() == [True, True, False]
    assert [found.loc[c, "status"] for c in (NORTH, SOUTH)] == [None, None]
    assert found.loc["all", "previous"] == pytest.approx(268 / 5)
    change = unit_change(database, "coverage", "2024-09", "2023-09", NORTH)
    assert change.obstacle is Obstacle.WITHHELD


def test_withheld_schools_that_stay_are_compared_together(build: Build) -> None:
    found = rows(build(MYOPIA, STAYING, withheld=[("N1", "2023"), ("N2", "2023")]))
    assert found.loc[NORTH, "value"] == pytest.approx(-2)


def test_a_withheld_school_that_closes_stays_in(build: Build) -> None:
    lives: Lives = {**STAYING, "C": (NORTH, NORTH, 94, None)}
    database = build(RATE, lives, closed=["C"], withheld=[("C", "2023"), ("N1", "2023")])
    change = unit_change(database, "rate", "2024-09", "2023-09", NORTH)
    assert change.schools == Schools(compared=3, inseparable=1)
    assert change.compared == pytest.approx(66)
