"""The synthetic figures have the published orders of magnitude, and the stories are in them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
MIGRANT_PUBLIC = "100.0 * sum(migrants_in_public) / sum(migrants)"
GOOD = "100.0 * sum(excellent + good) / sum(tested)"
MYOPIC = "100.0 * sum(myopic) / sum(examined)"


@pytest.fixture(scope="module")
def database() -> duckdb.DuckDBPyConnection:
    """The staged sample, and `school_counties (school_id, county_id)`."""
    connection = duckdb.connect()
    connection.execute("create schema raw")
    package = yaml.safe_load((ROOT / "data" / "datapackage.yaml").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        name = resource["name"]
        connection.execute(
            f"create table raw.{name} as select * from "
            "read_csv($path, header = true, all_varchar = true)",
            {"path": str(ROOT / "data" / "sample" / resource["path"])},
        )
        query = (ROOT / "queries" / "staging" / f"{name}.sql").read_text(encoding="utf-8")
        connection.execute(f"create table {name} as {query}")
    connection.execute(
        "create table school_counties as select distinct school_id, county_id from schools"
    )
    return connection


def number(database: duckdb.DuckDBPyConnection, query: str) -> float:
    row = database.execute(query).fetchone()
    return float(row[0]) if row is not None else float("nan")


def by_key(database: duckdb.DuckDBPyConnection, query: str) -> dict[str, float]:
    return {str(key): float(value) for key, value in database.execute(query).fetchall()}


@pytest.mark.parametrize(
    ("stage", "school_year", "pupils"),
    [
        ("kindergarten", 2022, 141_491),
        ("kindergarten", 2023, 130_000),
        ("kindergarten", 2024, 118_000),
        ("primary", 2019, 261_900),
        ("primary", 2020, 268_000),
        ("primary", 2022, 287_195),
        ("junior", 2022, 127_188),
        ("senior", 2022, 86_708),
        ("vocational", 2022, 41_816),
    ],
)
def test_pupils_follow_the_published_figures(
    database: duckdb.DuckDBPyConnection, stage: str, school_year: int, pupils: int
) -> None:
    counted = number(
        database,
        f"""
        select sum(pupils) from enrolment
        where stage = '{stage}' and school_year = {school_year}
        """,
    )
    assert counted == pytest.approx(pupils, rel=0.002)


@pytest.mark.parametrize(
    ("types", "school_year", "schools"),
    [
        ("'kindergarten'", 2022, 573),
        ("'kindergarten'", 2023, 550),
        ("'primary'", 2022, 302),
        ("'junior', 'nine_year'", 2022, 140),
        ("'senior'", 2022, 55),
        ("'vocational'", 2022, 18),
    ],
)
def test_schools_follow_the_published_figures(
    database: duckdb.DuckDBPyConnection, types: str, school_year: int, schools: int
) -> None:
    counted = number(
        database,
        f"""
        select count(*) from schools
        where school_type in ({types}) and school_year = {school_year} and school_status = 'open'
        """,
    )
    assert counted == schools


def test_kindergartens_have_as_many_teachers_as_published(
    database: duckdb.DuckDBPyConnection,
) -> None:
    counted = number(
        database,
        """
        select sum(full_time) from teachers join schools using (school_id, school_year)
        where school_type = 'kindergarten' and school_year = 2022
        """,
    )
    assert counted == pytest.approx(10_948, rel=0.005)


def test_the_birth_cohort_falls(database: duckdb.DuckDBPyConnection) -> None:
    intake = by_key(
        database,
        """
        select school_year, sum(intake) from enrolment where stage = 'kindergarten'
        group by school_year order by school_year
        """,
    )
    values = list(intake.values())
    assert values == sorted(values, reverse=True)
    assert values[-1] < 0.75 * values[0]


def test_kindergarten_coverages_of_2024(database: duckdb.DuckDBPyConnection) -> None:
    def coverage(condition: str) -> dict[str, float]:
        return by_key(
            database,
            f"""
            select
                coalesce(county_id, 'all'),
                100.0 * sum(pupils) filter (where {condition}) / sum(pupils)
            from enrolment join schools using (school_id, school_year)
            where stage = 'kindergarten' and school_year = 2024
            group by rollup (county_id)
            """,
        )

    inclusive = coverage("is_inclusive")
    assert inclusive["all"] == pytest.approx(95.6, abs=0.3)
    assert [county for county, value in inclusive.items() if value < 95] == ["330624"]
    assert 79 <= coverage("is_public")["all"] < 80
    quality = coverage("kindergarten_grade <= 2")
    assert 84.3 <= quality["all"] < 85
    assert [county for county, value in quality.items() if value >= 95 and county != "330600"] == [
        "330603"
    ]


def test_keqiao_and_zhuji_have_the_lowest_shares_of_migrants_in_public_schools(
    database: duckdb.DuckDBPyConnection,
) -> None:
    shares = by_key(
        database,
        f"""
        select coalesce(county_id, 'all'), {MIGRANT_PUBLIC}
        from enrolment join schools using (school_id, school_year)
        where school_year = 2024 and migrants > 0
        group by rollup (county_id)
        """,
    )
    assert shares["all"] == pytest.approx(90.4, abs=0.3)
    assert sorted(shares, key=shares.__getitem__)[:2] == ["330603", "330681"]
    assert shares["330603"] == pytest.approx(88.2, abs=0.3)


def test_zhuji_is_lowest_and_keqiao_highest_on_fitness(
    database: duckdb.DuckDBPyConnection,
) -> None:
    good = by_key(
        database,
        f"""
        select county_id, {GOOD} from fitness join school_counties using (school_id)
        where year = 2023 group by county_id
        """,
    )
    assert min(good, key=good.__getitem__) == "330681"
    assert max(good, key=good.__getitem__) == "330603"
    assert good["330681"] == pytest.approx(68.1, abs=0.1)
    passing = number(
        database, "select 100.0 * sum(tested - fail) / sum(tested) from fitness where year = 2023"
    )
    assert 97.8 <= passing < 98.55


@pytest.mark.parametrize(
    ("stage", "low", "high"), [("primary", 35, 40), ("junior", 70, 76), ("senior", 82, 86)]
)
def test_myopia_by_stage_lies_in_the_assumed_range(
    database: duckdb.DuckDBPyConnection, stage: str, low: float, high: float
) -> None:
    rate = number(
        database,
        f"""
        select {MYOPIC} from vision
        where year = 2023 and season = 'autumn' and stage = '{stage}'
        """,
    )
    assert low <= rate <= high


def test_myopia_declines_but_for_shengzhou(database: duckdb.DuckDBPyConnection) -> None:
    changes = by_key(
        database,
        f"""
        with rates as (
            select coalesce(county_id, 'all') as county_id, year, {MYOPIC} as rate
            from vision join school_counties using (school_id)
            where season = 'spring' and year >= 2023
            group by grouping sets ((county_id, year), (year))
        )

        select
            county_id,
            max(rate) filter (where year = 2024) - max(rate) filter (where year = 2023)
        from rates group by county_id
        """,
    )
    assert changes["all"] == pytest.approx(-1.1, abs=0.2)
    assert [county for county, change in changes.items() if change > -0.5] == ["330683"]


def test_shengzhou_has_not_reported_the_last_vision_round(
    database: duckdb.DuckDBPyConnection,
) -> None:
    counties = database.execute(
        """
        select distinct county_id from vision join school_counties using (school_id)
        where year = 2024 and season = 'autumn'
        """
    ).fetchall()
    assert len(counties) == 6
    assert ("330683",) not in counties


def test_xinchang_has_not_reported_the_last_tutoring_month(
    database: duckdb.DuckDBPyConnection,
) -> None:
    counties = database.execute(
        "select county_id from tutoring_months where month = '2024-09'"
    ).fetchall()
    assert len(counties) == 5
    assert ("330624",) not in counties


def test_more_schools_merge_every_year(database: duckdb.DuckDBPyConnection) -> None:
    closed = by_key(
        database,
        """
        select year(closed_date), count(*) from schools where school_status <> 'open'
        group by 1 order by 1
        """,
    )
    values = list(closed.values())
    assert values == sorted(values)
    assert list(closed) == ["2020", "2021", "2022", "2023", "2024"]


def test_a_closed_school_has_no_rows_from_that_school_year_on(
    database: duckdb.DuckDBPyConnection,
) -> None:
    for table in ("enrolment", "teachers", "school_conditions"):
        late = number(
            database,
            f"""
            select count(*) from {table} as reported
            join schools using (school_id)
            where school_status <> 'open' and reported.school_year >= schools.school_year
            """,
        )
        assert late == 0, table


def test_the_projects_are_those_of_the_plan(database: duckdb.DuckDBPyConnection) -> None:
    row = database.execute(
        """
        select
            count(*),
            sum(year_investment_yuan),
            count(*) filter (where year(planned_completion_date) = 2024),
            count(*) filter (where planned_completion_date between '2024-01-01' and '2024-09-30'),
            count(*) filter (where year(actual_completion_date) = 2024)
        from projects where plan_year = 2024
        """
    ).fetchone()
    assert row == (52, 2_000_000_000, 24, 17, 15)


def test_projects_named_in_the_plan_are_city_run(database: duckdb.DuckDBPyConnection) -> None:
    named = database.execute(
        """
        select project_name from projects where county_id = '330600' and project_name in (
            '稽山中学改扩建工程', '高级中学西校门及校舍提升工程',
            '阳明中学排羽训练中心项目', '越州中学校园整体提升工程'
        )
        """
    ).fetchall()
    assert len(named) == 4


def test_eight_projects_have_missed_a_milestone_and_say_why(
    database: duckdb.DuckDBPyConnection,
) -> None:
    late = """
        (actual_approval_date is null and planned_approval_date <= '2024-09-30')
        or (actual_start_date is null and planned_start_date <= '2024-09-30')
        or (actual_topping_date is null and planned_topping_date <= '2024-09-30')
        or (actual_completion_date is null and planned_completion_date <= '2024-09-30')
    """
    assert number(database, f"select count(*) from projects where {late}") == 8
    silent = number(
        database,
        f"""
        select count(*) from projects join project_months using (project_id)
        where month = '2024-09' and problem is null and ({late})
        """,
    )
    assert silent == 0


def test_investment_lies_a_little_behind_the_plan(database: duckdb.DuckDBPyConnection) -> None:
    invested = number(
        database, "select sum(invested_yuan) / 1e8 from project_months where month >= '2024-01'"
    )
    assert invested == pytest.approx(13.6, abs=0.05)
    planned = number(
        database,
        """
        with spans as (
            select
                year_investment_yuan,
                greatest(date_trunc('month', planned_start_date), date '2024-01-01') as first_month,
                least(date_trunc('month', planned_completion_date), date '2024-12-01') as last_month
            from projects
        )

        select sum(
            year_investment_yuan
            * greatest(0, datediff('month', first_month, least(last_month, date '2024-09-01')) + 1)
            / (datediff('month', first_month, last_month) + 1)
        ) / 1e8
        from spans
        """,
    )
    assert planned == pytest.approx(14.5, abs=0.05)


def test_project_months_run_without_a_gap_but_for_one(
    database: duckdb.DuckDBPyConnection,
) -> None:
    gaps = database.execute(
        """
        with reported as (
            select project_id, strptime(month, '%Y-%m') as month_start from project_months
        )

        select project_id,
            datediff('month', min(month_start), timestamp '2024-09-01') + 1 - count(*) as missing
        from reported group by project_id having missing > 0
        """
    ).fetchall()
    assert [missing for _, missing in gaps] == [1]


def test_progress_never_falls_and_ends_at_completion(
    database: duckdb.DuckDBPyConnection,
) -> None:
    falling = number(
        database,
        """
        with steps as (
            select
                physical_progress_pct as now_pct,
                lag(physical_progress_pct) over months as before_pct
            from project_months
            window months as (partition by project_id order by month)
        )

        select count(*) from steps where now_pct < before_pct
        """,
    )
    assert falling == 0
    assert (
        number(
            database,
            """
            select count(*) from project_months
            where (stage in ('completed', 'in_use')) <> (physical_progress_pct = 100)
            """,
        )
        == 0
    )


@pytest.mark.parametrize(
    ("category", "named"),
    [
        ("modern_schools_created", 24),
        ("tiered_class_schools", 6),
        ("sports_schools", 41),
        ("baseball_schools", 18),
        ("arts_bases", 22),
        ("arts_club_bases", 30),
        ("study_travel_courses", 8),
        ("smart_campuses", 15),
        ("clean_cases", 5),
        ("clean_schools", 8),
        ("civilised_campuses", 3),
        ("study_travel_bases", 4),
        ("national_double_excellence", 1),
        ("myopia_model_schools", 6),
        ("model_canteens", 12),
        ("campus_in_use", 1),
    ],
)
def test_accreditations_of_2024(
    database: duckdb.DuckDBPyConnection, category: str, named: int
) -> None:
    counted = number(
        database,
        f"""
        select count(*) from accreditations
        where category = '{category}' and event_date between '2024-01-01' and '2024-09-30'
        """,
    )
    assert counted == named


def test_six_arts_bases_of_2024_are_rural(database: duckdb.DuckDBPyConnection) -> None:
    counted = number(
        database,
        """
        select count(*) from accreditations
        where category = 'arts_bases' and is_rural and year(event_date) = 2024
        """,
    )
    assert counted == 6


def test_a_school_is_named_once_in_a_category(database: duckdb.DuckDBPyConnection) -> None:
    twice = database.execute(
        """
        select category, name from accreditations
        where category not like 'balanced_%' and category <> 'clean_cases'
        group by category, name having count(*) > 1
        """
    ).fetchall()
    assert twice == []


def test_promotions_to_gold_and_silver_follow_the_level_before(
    database: duckdb.DuckDBPyConnection,
) -> None:
    awards = by_key(
        database,
        "select level, count(*) from health_schools where year(award_date) = 2024 group by level",
    )
    assert (awards["gold"], awards["silver"]) == (8, 24)
    skipped = number(
        database,
        """
        with dates as (
            select
                school_id,
                max(award_date) filter (where level = 'bronze') as bronze_date,
                max(award_date) filter (where level = 'silver') as silver_date,
                max(award_date) filter (where level = 'gold') as gold_date
            from health_schools group by school_id
        )

        select count(*) from dates
        where bronze_date is null or silver_date < bronze_date
            or (gold_date is not null and (silver_date is null or gold_date < silver_date))
        """,
    )
    assert skipped == 0


def test_training_reached_6_3_wan_by_september(database: duckdb.DuckDBPyConnection) -> None:
    total = number(
        database, "select sum(person_times) from training_months where month like '2024-%'"
    )
    assert total == pytest.approx(63_000, abs=50)


def test_the_split_by_county_adds_up_to_the_plan(database: duckdb.DuckDBPyConnection) -> None:
    plan = {
        "modern_schools_created": 30, "tiered_class_schools": 10, "sports_schools": 50,
        "baseball_schools": 30, "arts_bases": 30, "rural_arts_bases": 10, "arts_club_bases": 30,
        "study_travel_courses": 10, "scientist_lectures": 50, "smart_campuses": 15,
        "vocational_training": 8, "gold_health_schools": 10, "silver_health_schools": 30,
        "projects_underway": 52, "project_investment": 20, "projects_completed": 24,
    }  # fmt: skip
    split = by_key(
        database, "select indicator_id, sum(target) from county_targets group by indicator_id"
    )
    assert split == pytest.approx(plan)


def test_nothing_is_dated_after_the_last_month(database: duckdb.DuckDBPyConnection) -> None:
    for table, column in (
        ("accreditations", "event_date"),
        ("activities", "event_date"),
        ("health_schools", "award_date"),
        ("vision_stations", "award_date"),
        ("city_figures", "cut_off_date"),
        ("schools", "closed_date"),
        ("projects", "actual_use_date"),
        ("project_months", "month"),
        ("training_months", "month"),
    ):
        latest = database.execute(f"select max({column})::varchar from {table}").fetchone()
        assert latest is not None and latest[0] <= "2024-09-30", table
