"""Values on rows small enough to be worked out by hand, in a real DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import duckdb
import pandas as pd
import pytest

from dashboard import indicators, settings
from dashboard.catalogue import Catalogue, Indicator, load_catalogue
from dashboard.contract import load_package
from dashboard.data import Database
from dashboard.filters import months_between
from dashboard.indicators import Change, Obstacle, joint_change, unit_change

NORTH, SOUTH, CITY_RUN = "330602", "330603", "330600"
UNITS = (NORTH, SOUTH, CITY_RUN)

Row = tuple[str, str, float | None, float | None]
Return = tuple[str, str]  # a unit and a period
Make = Callable[..., Database]


def indicator(indicator_id: str, **fields: Any) -> Indicator:
    """A yearly rate measured in September, but for the fields given."""
    texts = {
        f"{field}_{code}": field
        for field in ("name", "short", "unit", "counted", "formula", "caveats")
        for code in ("zh", "en")
    }
    defaults: dict[str, Any] = {
        **texts,
        "subject": "subject",
        "indicator_id": indicator_id,
        "page": "quality",
        "scope": "county",
        "kind": "rate",
        "measure": "level",
        "denominator": "base",
        "scale": 100,
        "decimals": 1,
        "direction": "higher",
        "cadence": "yearly",
        "season": (9,),
        "trajectory": "seasonal",
        "office": "office",
        "sources": ("schools",),
        "certainty": "V",
        "people": True,
    }
    return Indicator(**{**defaults, **fields})


COVERAGE = indicator("coverage")
AWARDS = indicator(
    "awards",
    kind="count",
    measure="flow",
    denominator="none",
    scale=1,
    cadence="continuous",
    season=(),
    trajectory="linear",
)
TRAINING = indicator(
    "training",
    kind="count",
    measure="flow",
    denominator="none",
    scale=0.0001,
    cadence="monthly",
    season=(),
    trajectory="linear",
)
PROJECTS = indicator(
    "projects",
    kind="count",
    measure="flow",
    denominator="plan",
    scale=1,
    cadence="continuous",
    season=(),
    trajectory="planned",
)
MYOPIA = indicator("myopia", kind="change", direction="lower", cadence="half_yearly", season=(5, 9))
AWARDED = indicator(
    "awarded_share", measure="stock", cadence="continuous", season=(), trajectory="linear"
)
ENROLMENT = indicator("gross_enrolment", scope="city", season=(12,))
COUNTIES = indicator(
    "counties_done",
    scope="city",
    kind="county_count",
    measure="flow",
    denominator="none",
    scale=1,
    cadence="continuous",
    season=(),
    trajectory="linear",
)


@pytest.fixture
def make() -> Make:
    """A function that makes a database of one indicator out of its rows."""

    def database(
        definition: Indicator,
        rows: Sequence[Row],
        *,
        target: float | None = 95,
        comparator: str = ">=",
        split: dict[str, float] | None = None,
        counties: str = "",
        plan_kind: str = "",
        owed: Sequence[Return] = (),
        absent: Sequence[Return] = (),
        begins: str | None = None,
    ) -> Database:
        """``owed`` is what units owe, all in but for ``absent``; or a register that ``begins``."""
        connection = duckdb.connect(":memory:")
        thresholds = load_catalogue(settings.QUERIES_DIR / "indicators").thresholds
        catalogue = Catalogue({definition.indicator_id: definition}, thresholds, {})
        tables = {
            "counties": pd.DataFrame(
                {
                    "county_id": UNITS,
                    "name_zh": ["北区", "南区", "市直"],
                    "name_en": ["North", "South", "City-run"],
                    "short_zh": ["北", "南", "市直"],
                    "sort_order": [1, 2, 3],
                    "unit_kind": ["county", "county", "city_run"],
                }
            ),
            "plan_targets": pd.DataFrame(
                {
                    "indicator_id": [definition.indicator_id],
                    "plan_year": [2024],
                    "kind": [plan_kind or definition.kind],
                    "comparator": [comparator],
                    "scope": [definition.scope],
                    "basis": ["plan"],
                    "counties": [counties],
                    "target": pd.Series([target], dtype="float64"),
                    "due_month": ["2024-12"],
                }
            ),
            "plan_target_changes": pd.DataFrame(
                {"indicator_id": pd.Series(dtype=str), "plan_year": pd.Series(dtype=int)}
            ).assign(from_month=pd.Series(dtype=str), target=pd.Series(dtype="float64")),
            "plan_milestones": pd.DataFrame(
                {"indicator_id": pd.Series(dtype=str), "plan_year": pd.Series(dtype=int)}
            ).assign(county_id=pd.Series(dtype=str)),
            "county_targets": pd.DataFrame(
                [(2024, definition.indicator_id, c, t) for c, t in (split or {}).items()],
                columns=["year", "indicator_id", "county_id", "target"],
            ).astype({"target": "float64", "indicator_id": str, "county_id": str, "year": int}),
            "indicator_months": pd.DataFrame(
                [
                    {
                        "indicator_id": definition.indicator_id,
                        "county_id": county,
                        "period": period,
                        "numerator": numerator,
                        "denominator": denominator,
                    }
                    for county, period, numerator, denominator in rows
                ]
            )
            .astype({"numerator": "float64", "denominator": "float64"})
            .assign(is_withheld=False),
            **owed_frames(owed, absent, begins),
            **catalogue.frames(),
        }
        for name, frame in tables.items():
            connection.register("frame", frame)
            connection.execute(f'create table "{name}" as select * from frame')
            connection.unregister("frame")
        queries = {
            f"values/{path.stem}": path.read_text(encoding="utf-8")
            for path in (settings.QUERIES_DIR / "values").glob("*.sql")
        }
        return Database(
            connection,
            version="test",
            is_sample=True,
            sources={},
            package=load_package(settings.DATAPACKAGE),
            catalogue=catalogue,
            plans={},
            queries=queries,
        )

    return database


def owed_frames(
    owed: Sequence[Return], absent: Sequence[Return], begins: str | None
) -> dict[str, pd.DataFrame]:
    """What is owed of the export `schools`, of which every indicator here is made."""
    columns = ["resource", "county_id", "period"]
    frames = {
        "owed_periods": [("schools", *each) for each in owed],
        "missing_periods": [("schools", *each) for each in absent],
        "reported_periods": [("schools", NORTH, begins)] if begins else [],
    }
    tables = {
        name: pd.DataFrame(rows, columns=columns).astype("str") for name, rows in frames.items()
    }
    return {
        **tables,
        "owed_exports": pd.DataFrame({"resource": ["schools"] if owed else []}, dtype="str"),
    }


def months_of(*units: str, first: str = "2023-01", last: str = "2024-12") -> list[Return]:
    """Every month owed by some units."""
    return [(unit, month) for unit in units for month in months_between(first, last)]


def by_county(database: Database, as_of: str, counties: Sequence[str] = ()) -> pd.DataFrame:
    return indicators.values(database, as_of, counties).set_index("county_id")


def test_a_rate_is_the_ratio_of_the_sums_not_the_mean_of_rates(make: Make) -> None:
    database = make(
        COVERAGE,
        [(NORTH, "2024-09", 90, 100), (SOUTH, "2024-09", 990, 1000)],
    )
    frame = by_county(database, "2024-09")
    assert frame.loc[NORTH, "value"] == pytest.approx(90)
    assert frame.loc[SOUTH, "value"] == pytest.approx(99)
    assert frame.loc["all", "value"] == pytest.approx(1080 / 1100 * 100)
    assert frame.loc["all", "status"] == "met"
    assert frame.loc[NORTH, "status"] == "behind"


def test_city_run_schools_count_once_and_are_a_row_of_their_own(make: Make) -> None:
    database = make(
        COVERAGE,
        [(NORTH, "2024-09", 90, 100), (CITY_RUN, "2024-09", 10, 20)],
    )
    frame = by_county(database, "2024-09")
    assert frame.loc["all", "numerator"] == 100
    assert frame.loc["all", "denominator"] == 120
    assert frame.loc[CITY_RUN, "value"] == pytest.approx(50)


def test_chosen_counties_are_added_up_and_nobody_else(make: Make) -> None:
    database = make(
        COVERAGE,
        [
            (NORTH, "2024-09", 90, 100),
            (SOUTH, "2024-09", 50, 100),
            (CITY_RUN, "2024-09", 10, 20),
        ],
    )
    frame = by_county(database, "2024-09", [CITY_RUN, NORTH])
    assert list(frame.index) == [NORTH, CITY_RUN, "all"]
    assert frame.loc["all", "value"] == pytest.approx(100 / 120 * 100)


AUTUMNS = [(unit, f"{year}-09") for unit in UNITS for year in (2022, 2023, 2024)]


def test_missing_is_not_zero_and_the_total_is_provisional_and_says_what_is_missing(
    make: Make,
) -> None:
    database = make(
        COVERAGE,
        [
            (NORTH, "2023-09", 80, 100),
            (SOUTH, "2023-09", 10, 100),
            (CITY_RUN, "2023-09", 10, 100),
            (NORTH, "2024-09", 99, 100),
            (CITY_RUN, "2024-09", 99, 100),
        ],
        owed=AUTUMNS,
        absent=[(SOUTH, "2024-09")],
    )
    frame = by_county(database, "2024-09")
    south, city = frame.loc[SOUTH], frame.loc["all"]
    assert pd.isna(south["value"])
    assert (south["missing"], south["status"]) == ("x", None)
    assert south["missing_periods"] == (f"{SOUTH}:2024-09",)
    assert city["value"] == pytest.approx(99)
    assert (city["missing"], city["status"]) == ("p", None)  # a rate: the rest may lower it
    assert city["missing_periods"] == (f"{SOUTH}:2024-09",)
    assert city[["previous", "baseline", "forecast", "gap"]].isna().all()
    assert (frame.loc[NORTH, "missing"], frame.loc[NORTH, "missing_periods"]) == (None, ())
    assert frame.loc[NORTH, "previous"] == pytest.approx(80)
    # who has not chosen the county that is missing has a complete figure
    two = by_county(database, "2024-09", [NORTH, CITY_RUN]).loc["all"]
    assert (two["missing"], two["status"]) == (None, "met")
    assert two["previous"] == pytest.approx(45)


def test_a_figure_that_nobody_has_reported_yet_leaves_the_last_one_provisional(make: Make) -> None:
    absent = [(unit, "2024-09") for unit in UNITS]
    rows: list[Row] = [(unit, "2023-09", 96, 100) for unit in UNITS]
    database = make(COVERAGE, rows, owed=AUTUMNS, absent=absent)
    row = by_county(database, "2024-09").loc[NORTH]
    assert (row["period"], row["value"]) == ("2023-09", pytest.approx(96))
    assert (row["missing"], row["status"]) == ("p", None)
    assert row["missing_periods"] == (f"{NORTH}:2024-09",)
    assert by_county(database, "2024-08").loc[NORTH, "missing"] is None


def test_who_has_never_reported_owes_all_the_same_and_who_owes_nothing_does_not(make: Make) -> None:
    owed = [each for each in AUTUMNS if each[0] != CITY_RUN]
    absent = [each for each in owed if each[0] == SOUTH]
    database = make(COVERAGE, [(NORTH, "2024-09", 99, 100)], owed=owed, absent=absent)
    frame = by_county(database, "2024-09")
    assert frame.loc[SOUTH, "missing"] == "x"
    assert (frame.loc[CITY_RUN, "missing"], frame.loc[CITY_RUN, "missing_periods"]) == ("z", ())
    assert frame.loc["all", "missing_periods"] == (f"{SOUTH}:2024-09",)


def test_last_years_figure_is_not_compared_with_where_a_part_of_it_is_missing(make: Make) -> None:
    rows: list[Row] = [(unit, "2024-09", 90, 100) for unit in UNITS]
    rows += [(NORTH, "2023-09", 80, 100), (CITY_RUN, "2023-09", 80, 100)]
    database = make(COVERAGE, rows, owed=AUTUMNS, absent=[(SOUTH, "2023-09")])
    frame = by_county(database, "2024-09")
    assert (frame.loc["all", "missing"], frame.loc["all", "status"]) == (None, "behind")
    assert frame.loc[["all", SOUTH], ["previous", "baseline"]].isna().all(axis=None)
    assert frame.loc[NORTH, "previous"] == pytest.approx(80)
    found = change(database, "2023-09")
    assert found.obstacle is Obstacle.INCOMPLETE_THEN
    assert found.missing_periods == (f"{SOUTH}:2023-09",)


def test_before_its_season_the_last_figure_is_shown_and_not_judged(make: Make) -> None:
    database = make(COVERAGE, [(NORTH, "2023-09", 80, 100)])
    row = by_county(database, "2024-08").loc[NORTH]
    assert (row["period"], row["status"]) == ("2023-09", "not_due")
    assert row["value"] == pytest.approx(80)


def test_the_gap_of_a_rate_is_told_in_people(make: Make) -> None:
    database = make(COVERAGE, [(NORTH, "2024-09", 901, 1000)])
    row = by_county(database, "2024-09").loc[NORTH]
    assert row["gap"] == pytest.approx(4.9)
    assert row["gap_units"] == 49


def test_a_flow_starts_anew_each_january(make: Make) -> None:
    rows = [
        (NORTH, "2023-02", 4, None),
        (NORTH, "2023-12", 5, None),
        (NORTH, "2024-01", 1, None),
        (SOUTH, "2024-09", 2, None),
        (SOUTH, "2024-10", 9, None),
    ]
    frame = by_county(make(AWARDS, rows, target=4), "2024-09")
    assert frame.loc["all", "value"] == 3
    assert frame.loc["all", "previous"] == 4
    assert frame.loc["all", "expected"] == pytest.approx(3)
    assert frame.loc["all", "status"] == "on_track"
    assert frame.loc["all", "forecast"] == pytest.approx(4)


def test_in_a_register_of_events_no_row_means_none(make: Make) -> None:
    frame = by_county(make(AWARDS, [(NORTH, "2024-01", 1, None)], target=4), "2024-09")
    assert frame.loc[SOUTH, "value"] == 0


def test_last_years_nothing_in_a_register_is_none_as_far_back_as_it_reaches(make: Make) -> None:
    rows: list[Row] = [(NORTH, "2024-01", 1, None), (SOUTH, "2023-05", 2, None)]
    frame = by_county(make(AWARDS, rows, begins="2023-05"), "2024-09")
    assert frame.loc[NORTH, "previous"] == 0
    assert frame.loc[CITY_RUN, "previous"] == 0
    assert frame.loc["all", "previous"] == 2
    frame = by_county(make(AWARDS, rows[:1], begins="2024-01"), "2024-09")
    assert frame["previous"].isna().all()


def test_a_month_that_is_missing_leaves_the_years_sum_provisional(make: Make) -> None:
    rows: list[Row] = [
        (unit, month, 10_000, None)
        for unit, month in months_of(*UNITS, last="2024-09")
        if (unit, month) != (SOUTH, "2024-05")
    ]
    split = {NORTH: 12.0, SOUTH: 12.0, CITY_RUN: 12.0}
    database = make(
        TRAINING,
        rows,
        target=36,
        split=split,
        owed=months_of(*UNITS),
        absent=[(SOUTH, "2024-05"), *months_of(*UNITS, first="2024-10")],
    )
    frame = by_county(database, "2024-09")
    south, city = frame.loc[SOUTH], frame.loc["all"]
    assert (south["value"], south["missing"], south["status"]) == (pytest.approx(8), "p", None)
    assert (city["value"], city["missing"], city["status"]) == (pytest.approx(26), "p", None)
    assert city["missing_periods"] == south["missing_periods"] == (f"{SOUTH}:2024-05",)
    assert south[["previous", "forecast", "gap", "gap_units"]].isna().all()
    assert frame.loc[NORTH, "status"] == "on_track"
    # before the month there is nothing missing, after it always
    assert by_county(database, "2024-04").loc[SOUTH, "missing"] is None
    past = indicators.history(database, "training", "2024-09").set_index(["county_id", "period"])
    assert past.loc[(SOUTH, "2024-04"), "missing"] is None
    assert past.loc[(SOUTH, "2024-06"), "missing"] == "p"
    found = change(database, "2023-09", unit=SOUTH)
    assert (found.difference, found.obstacle) == (None, Obstacle.INCOMPLETE_NOW)
    assert found.missing_periods == (f"{SOUTH}:2024-05",)
    # nobody has sent October in: it is not a month without training
    october = by_county(database, "2024-10").loc[NORTH]
    assert (october["missing"], october["status"]) == ("p", None)


def test_what_is_reached_without_the_missing_part_is_reached(make: Make) -> None:
    rows: list[Row] = [(NORTH, "2024-01", 90_000, None), (SOUTH, "2024-02", 0, None)]
    owed = months_of(NORTH, SOUTH, first="2024-01", last="2024-02")
    row = by_county(
        make(TRAINING, rows, target=8, owed=owed, absent=[(SOUTH, "2024-01")]), "2024-02"
    ).loc["all"]
    assert (row["missing"], row["status"]) == ("p", "met")


def test_of_whom_nothing_is_in_there_is_no_value_and_the_sum_is_of_the_others(make: Make) -> None:
    owed = months_of(NORTH, SOUTH, first="2024-01", last="2024-02")
    absent = months_of(SOUTH, first="2024-01", last="2024-02")
    rows: list[Row] = [(NORTH, "2024-01", 10_000, None), (NORTH, "2024-02", 10_000, None)]
    frame = by_county(make(TRAINING, rows, target=8, owed=owed, absent=absent), "2024-02")
    assert (frame.loc[SOUTH, "missing"], frame.loc[CITY_RUN, "missing"]) == ("x", "z")
    assert frame.loc["all", "value"] == pytest.approx(2)
    assert frame.loc["all", "missing_periods"] == (f"{SOUTH}:2024-01", f"{SOUTH}:2024-02")


def test_counts_are_judged_by_county_only_where_the_bureau_has_split_the_target(make: Make) -> None:
    rows = [(NORTH, "2024-01", 3, None), (SOUTH, "2024-02", 1, None)]
    split = {NORTH: 4.0, SOUTH: 4.0}
    frame = by_county(make(AWARDS, rows, target=8, split=split), "2024-09")
    assert frame.loc[NORTH, "status"] == "on_track"
    assert frame.loc[SOUTH, "status"] == "behind"
    assert pd.isna(frame.loc[CITY_RUN, "target"])
    assert frame.loc["all", "target"] == 8


def test_targets_of_chosen_counties_add_up(make: Make) -> None:
    rows = [(NORTH, "2024-01", 3, None), (SOUTH, "2024-02", 1, None)]
    database = make(AWARDS, rows, target=9, split={NORTH: 5.0, SOUTH: 3.0, CITY_RUN: 1.0})
    assert by_county(database, "2024-09", [NORTH, SOUTH]).loc["all", "target"] == 8
    assert by_county(database, "2024-09").loc["all", "target"] == 9


def test_planned_indicators_are_expected_where_their_own_plans_are(make: Make) -> None:
    rows = [
        (NORTH, "2024-03", 0, 1),
        (NORTH, "2024-05", 1, 0),
        (NORTH, "2024-06", 0, 1),
        (NORTH, "2024-12", 0, 2),
    ]
    row = by_county(make(PROJECTS, rows, target=4), "2024-09").loc["all"]
    assert (row["value"], row["expected"], row["target"]) == (1, 2, 4)
    assert row["status"] == "behind"
    assert row["forecast"] == 3  # one done, two more planned
    assert row["gap_units"] == 3


def test_a_change_compares_the_same_season_over_the_same_counties(make: Make) -> None:
    rows = [
        (NORTH, "2023-05", 40, 100),
        (NORTH, "2023-09", 60, 100),
        (SOUTH, "2023-09", 90, 100),
        (NORTH, "2024-05", 55, 100),
        (NORTH, "2024-09", 58, 100),
    ]
    frame = by_county(make(MYOPIA, rows, target=-1, comparator="<="), "2024-09")
    assert frame.loc["all", "value"] == pytest.approx(-2)
    assert frame.loc["all", "status"] == "met"
    assert pd.isna(frame.loc[SOUTH, "value"])


def test_a_stock_runs_on_from_its_first_row(make: Make) -> None:
    rows = [
        (NORTH, "2019-01", 0, 10),
        (NORTH, "2022-04", 8, 0),
        (NORTH, "2023-07", -1, -2),
        (NORTH, "2024-03", 1, 0),
    ]
    row = by_county(make(AWARDED, rows, target=100), "2024-09").loc["all"]
    assert (row["numerator"], row["denominator"]) == (8, 8)
    assert row["baseline"] == pytest.approx(87.5)
    assert row["status"] == "met"


def test_city_figures_are_never_split(make: Make) -> None:
    database = make(ENROLMENT, [("all", "2023-12", 690, 1000)], target=70)
    frame = by_county(database, "2024-09")
    assert frame.loc["all", "value"] == pytest.approx(69)
    assert frame.loc["all", "status"] == "not_due"
    assert frame.loc[NORTH, "missing"] == "z"
    assert pd.isna(by_county(database, "2024-09", [NORTH]).loc["all", "value"])


def test_a_number_of_counties_counts_counties(make: Make) -> None:
    rows = [(NORTH, "2024-02", 1, None), (SOUTH, "2024-08", 1, None)]
    frame = by_county(make(COUNTIES, rows, target=2), "2024-09")
    assert frame.loc["all", "value"] == 2
    assert frame.loc["all", "status"] == "met"
    assert frame.loc[NORTH, "status"] is None


def test_history_adds_up_the_same_way_as_the_values(make: Make) -> None:
    rows = [
        (NORTH, "2023-09", 80, 100),
        (NORTH, "2024-09", 90, 100),
        (SOUTH, "2024-09", 990, 1000),
    ]
    database = make(COVERAGE, rows)
    history = indicators.history(database, "coverage", "2024-09").set_index(
        ["county_id", "period"]
    )["value"]
    assert history["all", "2024-09"] == by_county(database, "2024-09").loc["all", "value"]
    assert history[NORTH, "2023-09"] == pytest.approx(80)


def test_months_to_choose_run_from_the_plan_year_to_the_latest_data(make: Make) -> None:
    database = make(COVERAGE, [(NORTH, "2024-03", 80, 100)])
    assert indicators.months(database) == ["2024-01", "2024-02", "2024-03"]


def test_data_that_end_before_the_plan_leave_its_first_month_to_choose(make: Make) -> None:
    database = make(COVERAGE, [(NORTH, "2023-09", 80, 100)])
    assert indicators.months(database) == ["2024-01"]
    assert by_county(database, "2024-01").loc[NORTH, "status"] == "not_due"


def test_unknown_names_are_refused(make: Make) -> None:
    database = make(COVERAGE, [(NORTH, "2024-09", 80, 100)])
    with pytest.raises(KeyError, match="nowhere"):
        indicators.values(database, "2024-09", ["nowhere"])
    with pytest.raises(KeyError, match="nothing"):
        indicators.values(database, "2024-09", (), ["nothing"])


# --- two months ---------------------------------------------------------------------------------


def change(database: Database, month: str, as_of: str = "2024-09", unit: str = "all") -> Change:
    return unit_change(database, next(iter(database.catalogue.indicators)), as_of, month, unit)


def test_months_to_compare_with_lie_before_the_chosen_one_and_within_the_figures(
    make: Make,
) -> None:
    database = make(COVERAGE, [(NORTH, "2023-11", 80, 100), (NORTH, "2024-03", 81, 100)])
    assert indicators.compared_months(database, "2024-02") == ["2023-11", "2023-12", "2024-01"]
    long = make(COVERAGE, [(NORTH, "2019-09", 80, 100), (NORTH, "2024-03", 81, 100)])
    assert indicators.compared_months(long, "2024-02")[0] == "2023-01"
    assert indicators.compared_months(make(COVERAGE, [(NORTH, "2024-03", 0, 100)]), "2024-02") == []


def test_the_difference_is_to_the_value_that_stood_at_the_month(make: Make) -> None:
    database = make(COVERAGE, [(NORTH, "2023-09", 80, 100), (NORTH, "2024-09", 93, 100)])
    found = change(database, "2024-03", unit=NORTH)
    assert (found.compared, found.compared_period) == (pytest.approx(80), "2023-09")
    assert found.difference == pytest.approx(13)
    assert found == change(database, "2023-09", unit=NORTH)


def test_the_same_measurement_is_no_change(make: Make) -> None:
    database = make(COVERAGE, [(NORTH, "2023-09", 80, 100)])
    found = change(database, "2024-03", as_of="2024-08", unit=NORTH)
    assert found.obstacle is Obstacle.SAME_MEASUREMENT
    assert found.difference is None
    assert found.compared == pytest.approx(80)


def test_only_counties_with_both_values_are_compared(make: Make) -> None:
    database = make(
        COVERAGE,
        [
            (NORTH, "2023-09", 80, 100),
            (SOUTH, "2023-09", 10, 100),
            (NORTH, "2024-09", 90, 100),
            (CITY_RUN, "2024-09", 50, 100),
        ],
    )
    found = change(database, "2023-09")
    assert found.difference == pytest.approx(10)
    assert found.left_out == (SOUTH, CITY_RUN)
    # neither owed the figure that it does not have
    assert change(database, "2023-09", unit=SOUTH).obstacle is Obstacle.NOT_APPLICABLE
    assert change(database, "2023-09", unit=CITY_RUN).obstacle is Obstacle.NOT_APPLICABLE
    of_two = joint_change(database, "coverage", "2024-09", "2023-09", (NORTH, SOUTH))
    assert (of_two.compared, of_two.left_out) == (pytest.approx(80), (SOUTH,))


def test_a_count_that_begins_in_january_compares_only_with_like_parts_of_years(make: Make) -> None:
    database = make(AWARDS, [(NORTH, "2023-02", 5, None), (NORTH, "2024-02", 8, None)])
    assert change(database, "2023-12").obstacle is Obstacle.COUNTED_ANEW
    assert change(database, "2023-09").difference == 3
    assert change(database, "2024-01").difference == 8
    projects = make(PROJECTS, [(NORTH, "2023-02", 5, 6), (NORTH, "2024-02", 8, 9)])
    assert change(projects, "2023-09").obstacle is Obstacle.COUNTED_ANEW
    assert change(projects, "2024-01").difference == 8


def test_before_a_register_begins_nothing_is_known(make: Make) -> None:
    database = make(AWARDS, [(NORTH, "2024-02", 8, None)])
    assert change(database, "2023-09").obstacle is Obstacle.MISSING_THEN
    assert change(database, "2024-01").difference == 8


def test_a_change_shows_both_values_and_no_third(make: Make) -> None:
    database = make(
        MYOPIA,
        [
            (NORTH, "2022-09", 62, 100),
            (NORTH, "2023-09", 60, 100),
            (NORTH, "2024-09", 59, 100),
        ],
    )
    found = change(database, "2023-09", unit=NORTH)
    assert found.obstacle is Obstacle.IS_CHANGE
    assert (found.compared, found.difference) == (pytest.approx(-2), None)


# --- what the plan asks, and of whom ------------------------------------------------------------


def test_a_target_that_names_counties_is_asked_of_them_and_of_the_city_over_them(
    make: Make,
) -> None:
    rows = [(NORTH, "2024-09", 96, 100), (SOUTH, "2024-09", 60, 100), (CITY_RUN, "2024-09", 9, 10)]
    frame = by_county(make(COVERAGE, rows, counties=f"all {NORTH} {CITY_RUN}"), "2024-09")
    assert frame["status"].to_dict() == {
        NORTH: "met",
        SOUTH: None,
        CITY_RUN: "behind",  # 90 of 95: 2% less is 93.1
        "all": "met",
    }
    assert pd.isna(frame.loc[SOUTH, "target"])
    city = frame.loc["all"]
    assert city["value"] == pytest.approx(165 / 210 * 100)  # everybody's
    assert city["judged_counties"] == (NORTH, CITY_RUN)
    assert city["judged_value"] == pytest.approx(105 / 110 * 100)  # 95.45: theirs together


def test_a_target_of_one_pilot_is_nobody_elses_and_not_the_citys(make: Make) -> None:
    rows = [(NORTH, "2024-09", 96, 100), (SOUTH, "2024-09", 60, 100)]
    frame = by_county(make(COVERAGE, rows, counties=NORTH), "2024-09")
    assert frame["status"].to_dict() == {NORTH: "met", SOUTH: None, CITY_RUN: None, "all": None}
    assert frame.loc["all", "value"] == pytest.approx(78)


def test_batches_follow_the_years_before_in_the_whole_city(make: Make) -> None:
    batches = indicator(
        "batches",
        kind="count",
        measure="flow",
        denominator="none",
        scale=1,
        cadence="continuous",
        season=(),
        trajectory="batches",
        decimals=0,
    )
    rows = [
        (NORTH, "2022-02", 3, None),
        (SOUTH, "2022-10", 3, None),
        (SOUTH, "2023-04", 6, None),
        (SOUTH, "2023-11", 8, None),
        (NORTH, "2024-04", 4, None),
    ]
    database = make(batches, rows, target=20, split={NORTH: 9, SOUTH: 11})
    frame = by_county(database, "2024-09")
    # 9 of 20 had come by September in the two years before: 9 of 20, 4.05 of 9, 4.95 of 11
    assert frame["expected"].dropna().to_dict() == {NORTH: 4, SOUTH: 4, "all": 9}
    assert frame.loc[NORTH, "status"] == "on_track"
    assert frame.loc["all", "status"] == "behind"
    path = indicators.expected_path(database, "batches", "2024-09")
    assert path == [0, 3, 3, 9, 9, 9, 9, 9, 9, 12, 20, 20]


def test_an_export_that_began_in_the_middle_of_a_year_tells_nothing_of_that_year(
    make: Make,
) -> None:
    batches = indicator(
        "batches",
        kind="count",
        measure="flow",
        denominator="none",
        scale=1,
        cadence="continuous",
        season=(),
        trajectory="batches",
        decimals=0,
    )
    rows = [(NORTH, "2023-07", 3, None), (NORTH, "2024-04", 4, None)]
    row = by_county(make(batches, rows, target=20), "2024-09").loc["all"]
    assert row["status"] == "not_due"
    assert pd.isna(row["expected"])


def test_a_plan_that_limits_a_count_judges_the_city_and_not_each_county(make: Make) -> None:
    oversized = indicator(
        "oversized", kind="directional", denominator="none", scale=1, decimals=0, direction="lower"
    )
    rows = [(NORTH, "2024-09", 3, None), (SOUTH, "2024-09", 1, None)]
    database = make(oversized, rows, target=5, comparator="<=", plan_kind="count")
    assert by_county(database, "2024-09")["status"].to_dict() == {
        NORTH: None,
        SOUTH: None,
        CITY_RUN: None,
        "all": "met",
    }
