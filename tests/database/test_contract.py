from __future__ import annotations

import csv
import itertools
from collections.abc import Callable
from pathlib import Path

import duckdb
import frictionless
import msgspec
import pytest
import yaml

from dashboard import settings
from dashboard.contract import Problem, load_package, problems
from dashboard.data import Inputs
from dashboard.loading import load_sources
from tests.database.tiny_delivery import SCHOOLS, SCHOOLS_HEADER, open_inputs, write

ProblemsOf = Callable[[str, str | bytes], list[Problem]]

GOOD = "0133060009,2024,新校,330602,小学,是,100,10,5.5,2024-09-01"


def row_with(column: int, value: str) -> str:
    values = GOOD.split(",")
    values[column] = value
    return SCHOOLS + ",".join(values) + "\n"


def test_reads_fields_keys_and_rules(inputs: Inputs) -> None:
    package = load_package(inputs.package_path)
    schools = package.resource("schools")
    assert [resource.name for resource in package.resources] == ["counties", "schools", "notes"]
    assert schools.file_name == "学校名录.csv"
    assert schools.fields[0].header == "学校标识码"
    assert schools.fields[0].column == "school_id"
    assert schools.primary_key == ("学校标识码", "学年")
    assert schools.foreign_keys[0].target == "counties"
    assert schools.source_system.en == "统计系统"
    assert package.resource("counties").source_system.en == "Divisions"
    assert package.resource("notes").optional


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("resources:", "sources:"),
        ("type: boolean", "type: yes-or-no"),
        ("type: date,", 'type: date, format: "%d.%m.%Y",'),
        ("constraints: {required: true, maxLength: 4}", "constraints: required"),
        ("primaryKey: 区县代码", "primaryKey: 代码"),
        ("fields: 区县代码,", "fields: 县,"),
        ("resource: counties", "resource: county"),
        ("reference: {", "target: {"),
        ("        message_en: there are more teachers than pupils", ""),
        ("name: tiny", "- name: tiny"),
        ("name: tiny", "name: tiny\nversion: 1.1"),
        ("name: tiny", "name: tiny\nversion: 1.1-beta"),
        ("title: area_m2,", "title: area_m2, since: 1.0,"),
        ("title: area_m2,", "title: area_m2, since: spring,"),
        ("title: area_m2,", "title: area_m2, since: 1.0.1,"),
    ],
)
def test_refuses_a_descriptor_it_does_not_understand(inputs: Inputs, good: str, bad: str) -> None:
    content = inputs.package_path.read_text(encoding="utf-8")
    assert good in content
    write(inputs.package_path, content.replace(good, bad))
    with pytest.raises((msgspec.ValidationError, yaml.YAMLError)):
        load_package(inputs.package_path)


@pytest.mark.parametrize(
    ("owed", "why"),
    [
        ("{by: month, since: 2022-01}", "by"),
        ("{by: county, since: 2022}", "since"),
        ("{by: county, since: 2022-13, months: [9]}", "since"),
        ("{by: county, since: 2022-01, months: [13]}", "months"),
        ("{by: county, since: 2022-01, months: [5, 9]}", "names 2 months of a year; .* ask for 1"),
        ("{by: county, since: 2022-01, units: most, months: [9]}", "units"),
        ("{by: project, since: 2022-01}", "has no column project_id"),
        ("{by: county, since: 2022-01, months: [9], enough_pct: 95}", "are for schools"),
        ("{by: county, since: 2022-01, months: [9], until: 2024-01}", "until"),
    ],
)
def test_refuses_what_cannot_be_owed(inputs: Inputs, owed: str, why: str) -> None:
    content = inputs.package_path.read_text(encoding="utf-8")
    place = "  - name: schools\n"
    assert place in content
    write(inputs.package_path, content.replace(place, f"{place}    owed: {owed}\n"))
    with pytest.raises(msgspec.ValidationError, match=why):
        load_package(inputs.package_path)


def test_who_owes_which_export_is_in_the_contract() -> None:
    package = load_package(settings.DATAPACKAGE)
    owed = {r.name: r.owed for r in package.resources if r.owed is not None}
    registers = {r.name for r in package.resources if r.cadence == "continuous"}
    assert registers and not registers & set(owed)
    tutoring, vision = owed["tutoring_months"], owed["vision"]
    assert (tutoring.by, tutoring.units, tutoring.months) == ("county", "counties", ())
    assert (vision.by, vision.months, vision.enough_pct) == ("school", (5, 9), 95)
    assert owed["project_months"].by == "project"


def test_versions_are_compared_as_numbers(inputs: Inputs) -> None:
    content = inputs.package_path.read_text(encoding="utf-8")
    content = content.replace("name: tiny", "name: tiny\nversion: 1.10.0", 1)
    write(inputs.package_path, content.replace("title: pupils,", "title: pupils, since: 1.9.0,"))
    package = load_package(inputs.package_path)
    assert package.version == "1.10.0"
    for written, later in (("1.8.9", {"在校生数"}), ("1.9.0", set()), ("1.10.0", set())):
        schools = package.for_files({"学校名录.csv": written}).resource("schools")
        assert schools.later == later
    assert package.resource("schools").later == set()
    assert load_package(settings.DATAPACKAGE).version > "1.0.0"


@pytest.mark.parametrize(
    ("column", "value", "kind", "header"),
    [
        (1, "", "required", "学年"),
        (2, "　", "required", "学校名称"),
        (1, "2024.5", "type", "学年"),
        (6, "1,000", "type", "在校生数"),
        (6, "九百", "type", "在校生数"),
        (8, "nan", "type", "面积"),
        (8, "inf", "type", "面积"),
        (9, "2024/9/1", "type", "开办日期"),
        (9, "2024-02-30", "type", "开办日期"),
        (5, "对", "type", "普惠性"),
        (1, "1999", "bounds", "学年"),
        (7, "-1", "bounds", "教师数"),
        (9, "1066-10-14", "bounds", "开办日期"),
        (4, "小學", "enum", "学段"),
        (3, "999999", "reference", "区县代码"),
        (7, "101", "rule", "在校生数、教师数"),
    ],
)
def test_names_file_row_column_and_value(
    problems_of: ProblemsOf, column: int, value: str, kind: str, header: str | None
) -> None:
    content = row_with(column, f'"{value}"')
    (problem,) = problems_of("学校名录.csv", content)
    assert (problem.file, problem.row, problem.column) == ("学校名录.csv", 5, header)
    assert problem.kind == kind
    assert "学校名录.csv 第 5 行" in problem.message_zh
    assert "学校名录.csv row 5" in problem.message_en
    if kind not in ("required", "rule"):
        assert problem.value == value
        assert value in problem.message_zh


@pytest.mark.parametrize(
    ("file", "content", "kind", "row"),
    [
        ("区县.csv", "区县代码,名称,排序\n330602,越城区,1\n330681,诸暨市,1\n", "duplicate", 3),
        ("区县.csv", "区县代码,名称,排序\n330602,越城区,1\n330681,很长很长的名称,2\n", "length", 3),
        ("区县.csv", "区县代码,名称,排序\n330602,越城区,1\n33068,诸暨市,2\n", "pattern", 3),
        ("备注.csv", "月份,备注\n2024-09,早\n2024-13,晚\n", "type", 3),
    ],
)
def test_checks_uniqueness_length_pattern_and_months(
    problems_of: ProblemsOf, file: str, content: str, kind: str, row: int
) -> None:
    found = [problem for problem in problems_of(file, content) if problem.file == file]
    assert [(problem.kind, problem.row) for problem in found] == [(kind, row)]


def test_every_part_of_a_key_must_be_filled_in(problems_of: ProblemsOf) -> None:
    (problem,) = problems_of("学校名录.csv", row_with(0, ""))
    assert (problem.kind, problem.row, problem.column) == ("required", 5, "学校标识码")


def test_suggests_the_nearest_allowed_value(problems_of: ProblemsOf) -> None:
    (problem,) = problems_of("学校名录.csv", row_with(4, "普高中"))
    assert "是不是“普通高中”？" in problem.message_zh
    assert "Is it “普通高中”?" in problem.message_en


def test_names_the_row_that_a_duplicate_repeats(problems_of: ProblemsOf) -> None:
    first = SCHOOLS.splitlines(keepends=True)[1]
    (problem,) = problems_of("学校名录.csv", SCHOOLS + first)
    assert (problem.kind, problem.row) == ("duplicate", 5)
    assert problem.value == "0133060001 / 2023"
    assert "第 2 行" in problem.message_zh


def test_says_what_should_stand_there(problems_of: ProblemsOf) -> None:
    (problem,) = problems_of("学校名录.csv", row_with(4, "普高中"))
    assert (problem.expected_zh, problem.expected_en) == ("普通高中", "普通高中")
    (problem,) = problems_of("学校名录.csv", row_with(7, "-1"))
    assert (problem.expected_zh, problem.expected_en) == ("不小于 0", "at least 0")
    assert problem.wrong_zh == "“-1”超出范围。应不小于 0，请核对。"


def test_says_every_pattern_in_words() -> None:
    package = load_package(settings.DATAPACKAGE)
    for resource in package.resources:
        for field in resource.fields:
            if field.pattern:
                assert field.pattern_words, (resource.name, field.header)


def test_gives_the_words_of_a_broken_rule(problems_of: ProblemsOf) -> None:
    (problem,) = problems_of("学校名录.csv", row_with(7, "101"))
    assert problem.message_zh == "学校名录.csv 第 5 行「在校生数、教师数」：教师数不得多于在校生数"
    assert (
        problem.message_en
        == "学校名录.csv row 5, 在校生数、教师数: there are more teachers than pupils"
    )


def test_a_rule_does_not_take_an_unreadable_value_for_an_empty_one(
    inputs: Inputs, problems_of: ProblemsOf
) -> None:
    package = inputs.package_path.read_text(encoding="utf-8")
    rule = '"教师数" <= "在校生数"'
    write(inputs.package_path, package.replace(rule, '"在校生数" is not null'))
    (problem,) = problems_of("学校名录.csv", row_with(6, "九百"))
    assert problem.kind == "type"


def test_lists_twenty_problems_and_counts_the_rest(problems_of: ProblemsOf) -> None:
    rows = [f"{code:010},2024,新校,330602,大学,是,x,10,5.5,2024-09-01" for code in range(30)]
    found = problems_of("学校名录.csv", SCHOOLS_HEADER + "\n".join(rows))
    assert len(found) == 21
    assert [problem.row for problem in found[:4]] == [2, 2, 3, 3]
    assert (found[-1].kind, found[-1].value) == ("more", "40")


def test_collects_the_problems_of_all_files(inputs: Inputs, problems_of: ProblemsOf) -> None:
    write(inputs.data_dir / "区县.csv", "区县代码,名称,排序\n330602,越城区,一\n330681,诸暨市,2\n")
    found = problems_of("学校名录.csv", row_with(4, "大学"))
    assert [(problem.file, problem.row) for problem in found] == [
        ("区县.csv", 2),
        ("学校名录.csv", 5),
    ]


def test_a_rule_that_does_not_run_is_a_problem_of_the_contract(inputs: Inputs) -> None:
    package = inputs.package_path.read_text(encoding="utf-8")
    write(inputs.package_path, package.replace('"教师数" <=', '"教师" <='))
    with pytest.raises(Exception, match=r"a rule in datapackage\.yaml does not run"):
        open_inputs(inputs)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (1, "2024.5"),
        (1, "1999"),
        (2, ""),
        (3, "999999"),
        (4, "大学"),
        (5, "对"),
        (6, "九百"),
        (7, "-1"),
        (8, "12.5亩"),
        (9, "2024-02-30"),
        (9, "1066-10-14"),
    ],
)
def test_finds_what_frictionless_finds(
    inputs: Inputs, problems_of: ProblemsOf, column: int, value: str
) -> None:
    found = problems_of("学校名录.csv", row_with(column, value))
    theirs = frictionless_report(inputs).flatten(["rowNumber"])
    assert {problem.row for problem in found} == {row for (row,) in theirs} == {5}


def test_accepts_what_frictionless_accepts(inputs: Inputs) -> None:
    write(inputs.data_dir / "备注.csv", "月份,备注\n2024-09,好\n")
    open_inputs(inputs)
    assert frictionless_report(inputs).valid


@pytest.mark.parametrize("garbage", ["", "x", "-1", "1.5", "2024-13-01", "330699"])
def test_both_find_the_same_rows_when_any_field_of_any_export_is_spoilt(
    tmp_path: Path, garbage: str
) -> None:
    """Row n of every export holds the garbage in its nth field."""
    package = load_package(settings.DATAPACKAGE)
    for resource in package.resources:
        with (settings.SAMPLE_DIR / resource.file_name).open(encoding="utf-8", newline="") as file:
            header, *records = itertools.islice(csv.reader(file), 1 + len(resource.fields))
        for position, record in enumerate(records):
            record[position] = garbage
        with (tmp_path / resource.file_name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *records])

    connection = duckdb.connect()
    _, unreadable = load_sources(connection, package, tmp_path)
    ours = {
        (problem.file, problem.row)
        for problem in unreadable + problems(connection, package, listed=None)
        if problem.kind != "rule"  # the standard knows no rules
    }
    assert ours
    assert ours == rows_frictionless_finds(settings.DATAPACKAGE, tmp_path)


def rows_frictionless_finds(descriptor: Path, folder: Path) -> set[tuple[str, int]]:
    package = frictionless.Package.from_descriptor(
        frictionless.Package(str(descriptor)).to_descriptor(), basepath=str(folder)
    )
    return {
        (task.place, row)
        for task in package.validate().tasks
        for (row,) in task.flatten(["rowNumber"])
    }


def test_the_descriptor_in_use_is_a_data_package_frictionless_accepts() -> None:
    package = frictionless.Package(str(settings.DATAPACKAGE))
    assert {resource.name for resource in package.resources} == {
        resource.name for resource in load_package(settings.DATAPACKAGE).resources
    }


def frictionless_report(inputs: Inputs) -> frictionless.Report:
    """A second opinion on the files, by the standard's own implementation."""
    descriptor = inputs.package_path.read_text(encoding="utf-8").replace("sample/", "exports/")
    path = inputs.package_path.with_name("second-opinion.yaml")
    write(path, descriptor)
    package = frictionless.Package(str(path))
    if not (inputs.data_dir / "备注.csv").exists():
        package.remove_resource("notes")
    return package.validate()
