from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from dashboard import settings
from dashboard.data import Database, Inputs, UnknownQueryError, UnusableData, open_database
from tests.database.tiny_delivery import INDICATORS_SQL, STAGING_SCHOOLS, open_inputs, write

Ask = Callable[[str], Database]


def test_builds_staging_plan_catalogue_and_indicator_tables(ask: Ask) -> None:
    database = ask(
        "select (select count(*) from schools) as schools,"
        " (select plan_year from plan_targets) as plan_year,"
        " (select name_zh from indicator_definitions) as name_zh,"
        " (select value from thresholds where name = 'standard') as standard,"
        " (select count(*) from indicator_rows) as indicator_rows,"
        " (select count(*) from notes) as notes"
    )
    assert database.run_query("teachers/asked").iloc[0].to_dict() == {
        "schools": 3,
        "plan_year": 2024,
        "name_zh": "生师比",
        "standard": 19.0,
        "indicator_rows": 3,
        "notes": 0,
    }


def test_indicator_months_are_sums_over_the_units(inputs: Inputs, ask: Ask) -> None:
    exports = inputs.data_dir / "学校名录.csv"
    another = "0133060003,2024,城西小学,330602,小学,,100,9,,\n"
    write(exports, exports.read_text(encoding="utf-8") + another)
    months = ask("select * from indicator_months where county_id = '330602'").run_query(
        "teachers/asked"
    )
    assert months.to_dict("list") == {
        "indicator_id": ["pupil_teacher_ratio"] * 2,
        "county_id": ["330602"] * 2,
        "period": ["2023-09", "2024-09"],
        "numerator": [800.0, 920.0],
        "denominator": [40.0, 50.0],
        "is_withheld": [False, False],
    }


def test_knows_its_catalogue_plans_and_contract(database: Database) -> None:
    assert list(database.catalogue.indicators) == ["pupil_teacher_ratio"]
    assert database.plans[2024].title_zh == "工作要点"
    assert database.package.resource("schools").title == "学校名录"
    assert database.loaded_at.tzinfo is not None


def test_the_version_stands_for_the_content(inputs: Inputs) -> None:
    first = open_inputs(inputs).version
    exports = inputs.data_dir / "学校名录.csv"
    content = exports.read_text(encoding="utf-8")
    write(exports, content)
    assert open_inputs(inputs).version == first
    write(exports, content.replace("820", "821"))
    assert open_inputs(inputs).version != first


def test_a_marked_folder_is_a_sample(inputs: Inputs) -> None:
    assert not open_inputs(inputs).is_sample
    write(inputs.data_dir / "SYNTHETIC", "")
    assert open_inputs(inputs).is_sample


# ---- queries ------------------------------------------------------------------------------------


def test_binds_lists_and_single_values(database: Database) -> None:
    both = database.run_query("teachers/pupils", year=2024, counties=["330602", "330681"])
    one = database.run_query("teachers/pupils", year=2024, counties=("330681",))
    none = database.run_query("teachers/pupils", year=2024, counties=[])
    assert (len(both), len(one), len(none)) == (2, 1, 0)


def test_a_parameter_is_never_read_as_sql(database: Database) -> None:
    attack = "330602') or true or list_contains(['x"
    assert database.run_query("teachers/pupils", year=2024, counties=[attack]).empty
    assert len(database.run_query("teachers/pupils", year=2024, counties=["330602"])) == 1


@pytest.mark.parametrize("parameters", [{}, {"year": 2024}, {"year": 1, "counties": [], "x": 1}])
def test_lacking_or_extra_parameters_are_errors(
    database: Database, parameters: dict[str, Any]
) -> None:
    with pytest.raises(duckdb.Error):
        database.run_query("teachers/pupils", **parameters)


@pytest.mark.parametrize(
    "name", ["teachers/none", "../secret", "teachers/../../secret", "/etc/passwd", "teachers"]
)
def test_answers_only_questions_that_have_a_file(
    inputs: Inputs, database: Database, name: str
) -> None:
    write(inputs.queries_dir.parent / "secret.sql", "select 1")
    with pytest.raises(UnknownQueryError):
        database.run_query(name)


def test_a_column_has_the_same_type_whatever_its_rows(ask: Ask) -> None:
    database = ask(
        "select sum(pupils) as pupils, sum(area_m2) as area_m2, count(*) as schools,"
        " min(school_name) as school_name, avg(pupils)::decimal(18, 2) as mean_pupils,"
        " max(if(pupils > $least, teachers, null)) as teachers, max(opened_date) as opened_date,"
        " bool_or(pupils > 1000) as is_large"
        " from schools where pupils > $least group by county_id having count(*) > $schools"
    )
    some = database.run_query("teachers/asked", least=0, schools=0)
    blank = database.run_query("teachers/asked", least=1_000, schools=0)
    nothing = database.run_query("teachers/asked", least=9_999, schools=9)
    numbers = ["pupils", "area_m2", "mean_pupils"]
    for frame in (some, blank, nothing):
        assert [frame[column].dtype for column in numbers] == [np.dtype("float64")] * 3
        assert frame["schools"].dtype == np.dtype("int64")
        assert frame["school_name"].dtype == "str"
        assert frame["opened_date"].dtype.kind == "M"
    assert (len(some), len(nothing)) == (2, 0)


def test_integers_with_gaps_are_floats_and_text_with_gaps_is_text(ask: Ask) -> None:
    frame = ask(
        "select * from (values (1, null::integer, 'a', null::varchar), (2, 5, null, null))"
        " as rows (whole, gaps, text, nothing)"
    ).run_query("teachers/asked")
    assert frame.dtypes.astype(str).to_dict() == {
        "whole": "int32",
        "gaps": "float64",
        "text": "str",
        "nothing": "str",
    }
    assert frame["gaps"].isna().tolist() == [True, False]


def test_a_rate_without_denominator_is_missing(ask: Ask) -> None:
    frame = ask("select 1.0::double / nullif(0, 0) as rate_pct").run_query("teachers/asked")
    assert frame["rate_pct"].dtype == np.dtype("float64")
    assert frame["rate_pct"].isna().all()


def changes(frame: pd.DataFrame) -> None:
    frame.loc[0, "pupils"] = -1


def new_column(frame: pd.DataFrame) -> None:
    frame["new"] = 1


def resorted(frame: pd.DataFrame) -> None:
    frame["pupils"] = sorted(frame["pupils"], reverse=True)


def renamed(frame: pd.DataFrame) -> None:
    frame.columns = [column.upper() for column in frame.columns]


def index_named(frame: pd.DataFrame) -> None:
    frame.index.name = "row"
    frame.columns.name = "field"


def attributes(frame: pd.DataFrame) -> None:
    frame.attrs["changed"] = True


@pytest.mark.parametrize(
    "change", [changes, new_column, resorted, renamed, index_named, attributes]
)
def test_a_caller_cannot_alter_the_cached_result(
    database: Database, change: Callable[[pd.DataFrame], None]
) -> None:
    parameters = {"year": 2024, "counties": ["330602", "330681"]}
    expected = database.run_query("teachers/pupils", **parameters).copy(deep=True)
    change(database.run_query("teachers/pupils", **parameters))
    again = database.run_query("teachers/pupils", **parameters)
    pd.testing.assert_frame_equal(again, expected)
    assert again.attrs == {}
    assert again.index.name is None
    assert again.columns.name is None


def test_the_buffer_of_a_cached_result_is_read_only(database: Database) -> None:
    frame = database.run_query("teachers/pupils", year=2024, counties=["330602"])
    with pytest.raises(ValueError, match="read-only"):
        frame["pupils"].to_numpy()[0] = -1


def test_remembers_no_more_than_fits(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.data.database.CACHED_VALUES", 10_000)
    database = ask("select range as number from range(1000) where range <> $but")
    for number in range(50):
        assert len(database.run_query("teachers/asked", but=number)) == 999
    assert database._results._weights <= 10_000
    assert len(database._results._results) == 9


def test_eight_threads_get_their_own_rows(ask: Ask) -> None:
    database = ask("select range + $start as number from range(5000) order by number")

    def numbers(start: int) -> bool:
        frame = database.run_query("teachers/asked", start=start)
        return frame["number"].tolist() == list(range(start, start + 5000))

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(numbers, range(400)))


# ---- the locked door ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "attack",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/passwd')",
        "select * from '/etc/passwd'",
        "select * from glob('/etc/*')",
        "attach '/tmp/other.db' as other",
        "copy counties to '/tmp/counties.csv'",
        "export database '/tmp/exported'",
        "install excel",
        "install httpfs from community",
        "load excel",
        "select * from read_csv('https://example.invalid/x.csv')",
        "set memory_limit = '100GB'",
        "set threads = 64",
        "set enable_external_access = true",
        "reset lock_configuration",
        "select * from python_variable",
        "select * from raw.schools",
    ],
)
def test_a_query_reaches_nothing_but_the_tables(ask: Ask, attack: str) -> None:
    database = ask(attack)
    python_variable = pd.DataFrame({"secret": [1]})
    with pytest.raises(duckdb.Error):
        database.run_query("teachers/asked")
    assert len(python_variable) == 1


# ---- files that make no version -----------------------------------------------------------------


def problem_of(inputs: Inputs) -> tuple[str, str]:
    with pytest.raises(UnusableData) as unusable:
        open_inputs(inputs)
    (problem,) = unusable.value.problems
    assert problem.message_zh and problem.message_en
    return problem.kind, problem.file


def test_a_staging_query_that_fails_is_named(inputs: Inputs) -> None:
    write(inputs.queries_dir / "staging/schools.sql", STAGING_SCHOOLS.replace("教师数", "无"))
    assert problem_of(inputs) == ("query", "queries/staging/schools.sql")


@pytest.mark.parametrize(
    "sql",
    [
        INDICATORS_SQL.replace("from schools", "from schulen"),
        INDICATORS_SQL.replace("school_id as unit_id", "null as unit_id"),
        INDICATORS_SQL.replace("as numerator", "as above"),
        "select",
    ],
)
def test_an_indicator_query_that_fails_is_named(inputs: Inputs, sql: str) -> None:
    write(inputs.queries_dir / "indicators/teachers.sql", sql)
    assert problem_of(inputs) == ("query", "queries/indicators/teachers.sql")


def test_a_plan_that_is_wrong_is_named(inputs: Inputs) -> None:
    write(inputs.plan_dir / "2024/plan.txt", "2.稳定生师比。保持稳定。\n")
    with pytest.raises(UnusableData) as unusable:
        open_inputs(inputs)
    assert [problem.file for problem in unusable.value.problems] == [
        "2024/clauses.csv",
        "2024/plan.txt",
    ]


def test_a_plan_is_held_to_the_catalogue_and_the_counties(inputs: Inputs) -> None:
    targets = inputs.plan_dir / "2024/targets.csv"
    write(targets, targets.read_text().replace("pupil_teacher_ratio", "pupil_teachers_ratio"))
    with pytest.raises(UnusableData, match=r"Is it “pupil_teacher_ratio”\?") as unusable:
        open_inputs(inputs)
    (problem,) = unusable.value.problems
    assert (problem.file, problem.row, problem.column) == ("2024/targets.csv", 2, "indicator_id")
    assert "是不是“pupil_teacher_ratio”？" in problem.message_zh


def test_a_catalogue_that_is_wrong_is_named(inputs: Inputs) -> None:
    write(inputs.queries_dir / "indicators/teachers.yml", "subject: [")
    assert problem_of(inputs) == ("definition", "teachers.yml")


@pytest.mark.parametrize("content", ["resources: [", "resources: [{name: x}]", "text"])
def test_a_contract_that_is_wrong_is_named(inputs: Inputs, content: str) -> None:
    write(inputs.package_path, content)
    assert problem_of(inputs) == ("definition", "datapackage.yaml")


# ---- the shipped sample -------------------------------------------------------------------------


def test_importing_it_loads_no_page_nor_chart_library() -> None:
    code = (
        "import sys, dashboard.data;"
        "print([name for name in ('streamlit', 'plotly', 'frictionless') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_committed_sample_is_usable_and_marked_as_made_up() -> None:
    database = open_database(settings.SAMPLE_DIR)
    assert database.is_sample
    assert set(database.sources) == {resource.name for resource in database.package.resources}
