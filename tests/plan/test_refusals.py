"""A plan folder that is wrong is refused with file, row, column and, for an id, the nearest one."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from dashboard import settings
from dashboard.catalogue import load_catalogue
from dashboard.contract import Problem
from dashboard.plan import TABLES, Known, PlanError, load_plan

PLANS = settings.PLAN_DIR
COUNTIES = ("330600", "330602", "330603", "330604", "330624", "330681", "330683")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the committed plan that a test may spoil."""
    return shutil.copytree(PLANS / "2024", tmp_path / "2024")


@pytest.fixture(scope="module")
def known() -> Known:
    return Known(load_catalogue(settings.QUERIES_DIR / "indicators").indicators, COUNTIES)


def refusal(folder: Path, known: Known | None = None) -> Problem:
    """The first thing that is wrong with a folder."""
    with pytest.raises(PlanError) as caught:
        load_plan(folder, known)
    return caught.value.problems[0]


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def line_of(path: Path, words: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def spoil(path: Path, row_id: str, changes: dict[str, str]) -> int:
    """Change cells of the row that has `row_id` among its cells; returns the row's line number."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    line = next(number for number, row in enumerate(rows, start=1) if row_id in row)
    for column, value in changes.items():
        rows[line - 1][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return line


# Within the folder

DIRECTIONAL = {"kind": "directional", "comparator": "increase"}
MILESTONE = {"kind": "milestone", "comparator": "reach", "target": ""}
RULE = "kind、comparator"


@pytest.mark.parametrize(
    ("table", "row_id", "changes", "column", "message"),
    [
        ("offices", "safety", {"name_zh": ""}, "name_zh", "must not be empty"),
        ("offices", "safety", {"office_id": "office"}, "office_id", "repeats row 2"),
        ("offices", "safety", {"certainty": "?"}, "certainty", "Allowed: V, M, R"),
        ("clauses", "7", {"clause": "6"}, "clause", "repeats row 7"),
        ("clauses", "7", {"clause": "seven"}, "clause", "a whole number"),
        ("clauses", "7", {"text_zh": "深化开放合作。"}, "text_zh", "differs from row"),
        ("clauses", "7", {"title_zh": "开放合作"}, "title_zh", "not the clause's first sentence"),
        ("tasks", "c06-08", {"task_id": "c06-07"}, "task_id", "repeats row"),
        ("tasks", "c06-08", {"clause": "7"}, "quote_zh", "not in clause 7"),
        ("tasks", "c06-08", {"clause": "99"}, "clause", "“99” is not in clauses.csv. Is it “9”?"),
        ("tasks", "c06-08", {"office_id": "safty"}, "office_id", "offices.csv. Is it “safety”?"),
        ("tasks", "c06-08", {"due_month": "2024-13"}, "due_month", "a month such as"),
        ("targets", "projects_completed", {"clause": "66"}, "clause", "clauses.csv. Is it “6”?"),
        ("targets", "projects_completed", {"indicator_id": "A b"}, "indicator_id", "lower-case"),
        ("targets", "projects_completed", {"quote_zh": "完工24所"}, "quote_zh", "not in clause 6"),
        ("targets", "projects_completed", {"quote_zh": "完工……投资"}, "quote_zh", "not in clause"),
        ("targets", "projects_completed", {"kind": "number"}, "kind", "Allowed: count, rate"),
        ("targets", "projects_completed", {"comparator": "="}, "comparator", "Allowed: >=, <="),
        ("targets", "projects_completed", {"comparator": "reach"}, RULE, "does not suit"),
        ("targets", "projects_completed", {"target": ""}, "comparator、target", "need a number"),
        ("targets", "projects_completed", {"target": "nan"}, "target", "Write a number"),
        ("targets", "projects_completed", {"target": "24所"}, "target", "Write a number"),
        ("targets", "projects_completed", DIRECTIONAL, "comparator、target", "others take none"),
        ("targets", "projects_completed", MILESTONE, "indicator_id", "has no milestones"),
        ("targets", "projects_completed", {"scope": "town"}, "scope", "Allowed: county, city"),
        ("targets", "projects_completed", {"office_id": "teacher"}, "office_id", "“teachers”?"),
        (
            "targets",
            "projects_completed",
            {"indicator_id": "projects_underway"},
            "indicator_id",
            "repeats row",
        ),
        (
            "milestones",
            "yuezhou_approval",
            {"milestone_id": "jishan_topping"},
            "milestone_id",
            "repeats row",
        ),
        ("milestones", "yuezhou_approval", {"county_id": "3306"}, "county_id", "six-digit"),
        (
            "milestones",
            "yuezhou_approval",
            {"indicator_id": "municipal_project"},
            "indicator_id",
            "targets.csv. Is it “municipal_projects”?",
        ),
        (
            "milestones",
            "yuezhou_approval",
            {"indicator_id": "large_schools"},
            "indicator_id",
            "is of kind directional",
        ),
        ("milestones", "yuezhou_approval", {"source": "report"}, "source", "Allowed"),
        ("milestones", "yuezhou_approval", {"step": ""}, "source、step", "needs the step"),
        ("milestones", "yuezhou_approval", {"step": "opening"}, "step", "Allowed: approval"),
        ("milestones", "xinchang_national_assessment", {"step": "use"}, "source、step", "has none"),
    ],
)
def test_a_spoilt_cell_is_named_with_its_row_and_column(
    folder: Path,
    table: str,
    row_id: str,
    changes: dict[str, str],
    column: str,
    message: str,
) -> None:
    file = f"2024/{table}.csv"
    line = spoil(folder / f"{table}.csv", row_id, changes)

    found = refusal(folder)

    assert (found.file, found.row, found.column) == (file, line, column)
    assert found.message_en.startswith(f"{file} row {line}, {column}: ")
    assert found.message_zh.startswith(f"{file} 第 {line} 行「{column}」：")
    assert message in found.message_en


def test_everything_that_is_wrong_is_said_at_once(folder: Path) -> None:
    spoil(folder / "offices.csv", "safety", {"certainty": "?"})
    spoil(folder / "tasks.csv", "c06-08", {"office_id": "safty", "clause": "99"})
    with pytest.raises(PlanError) as caught:
        load_plan(folder)
    places = [(problem.file, problem.column) for problem in caught.value.problems]
    assert places == [
        ("2024/offices.csv", "certainty"),
        ("2024/tasks.csv", "clause"),
        ("2024/tasks.csv", "office_id"),
    ]


OPTIONAL = ("milestones", "target_changes")


@pytest.mark.parametrize(
    "file",
    ["plan.yaml", "plan.txt", *(f"{name}.csv" for name in TABLES if name not in OPTIONAL)],
)
def test_a_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    found = refusal(folder)
    assert (found.file, found.row, found.column) == (f"2024/{file}", None, None)
    assert "the file is missing" in found.message_en
    assert "缺少这个文件" in found.message_zh


def test_unknown_and_missing_columns_are_named(folder: Path) -> None:
    path = folder / "targets.csv"
    text = path.read_text(encoding="utf-8")

    path.write_text(text.replace("comparator", "comparater", 1), encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        load_plan(folder)
    columns = {problem.column for problem in caught.value.problems}
    assert {"comparater", "comparator"} <= columns
    assert "Is it comparator? Rename it" in str(caught.value)


def test_a_row_with_a_cell_too_many_is_named(folder: Path) -> None:
    replace(folder / "offices.csv", "Safety Office", "Safety, Office")
    found = refusal(folder)
    assert found.row == line_of(folder / "offices.csv", "Safety, Office")
    assert "5 columns, expected 4" in found.message_en


def test_tables_come_in_any_encoding_that_exports_come_in(folder: Path) -> None:
    before = load_plan(folder)
    path = folder / "tasks.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert load_plan(folder) == before


def test_a_text_in_another_encoding_is_named(folder: Path) -> None:
    path = folder / "plan.txt"
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    found = refusal(folder)
    assert found.file == "2024/plan.txt"
    assert "not UTF-8" in found.message_en


def test_a_heading_that_is_no_yaml_is_named(folder: Path) -> None:
    (folder / "plan.yaml").write_text("year: [2024\ntitle_zh: 要点\n", encoding="utf-8")
    found = refusal(folder)
    assert found.file == "2024/plan.yaml"
    assert "not YAML" in found.message_en


@pytest.mark.parametrize(
    ("old", "new", "column", "message"),
    [
        ("year: 2024", "year: this", "year", "a year, such as"),
        ("year: 2024\n", "", "year", "this is missing"),
        ("year: 2024", "year: 2025", "year", "the folder is named 2024"),
        ("published: 2024-03-25", "published: March", "published", "a date, such as"),
        ("source_en:", "origin_en:", "origin_en", "not a known key"),
    ],
)
def test_a_spoilt_heading_is_named_with_its_key(
    folder: Path, old: str, new: str, column: str, message: str
) -> None:
    replace(folder / "plan.yaml", old, new)
    found = refusal(folder)
    assert (found.file, found.column) == ("2024/plan.yaml", column)
    assert message in found.message_en


def test_a_clause_missing_from_either_file_is_named(folder: Path) -> None:
    path = folder / "plan.txt"
    text = path.read_text(encoding="utf-8")

    path.write_text(f"{text}\n27.新增条目。内容。\n", encoding="utf-8")
    found = refusal(folder)
    assert "clause 27 is not in clauses.csv" in found.message_en
    assert found.row == line_of(path, "27.新增条目")

    path.write_text(text.replace("\n26.", "\n"), encoding="utf-8")
    found = refusal(folder)
    assert found.file == "2024/clauses.csv"
    assert "no line that begins '26.'" in found.message_en

    path.write_text(text.replace("\n26.", "\n25."), encoding="utf-8")
    found = refusal(folder)
    assert found.file == "2024/plan.txt"
    assert "clause 25 already begins" in found.message_en


CHANGES = "indicator_id,from_month,target,reason_zh,reason_en\n"


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        ("modern_school_created,2024-07,26,调整,Changed", "indicator_id", "modern_schools_created"),
        ("modern_schools_created,2025-07,26,调整,Changed", "from_month", "within its plan year"),
        ("modern_schools_created,2024-7,26,调整,Changed", "from_month", "a month such as"),
        ("modern_schools_created,2024-07,,调整,Changed", "target", "must not be empty"),
        ("modern_schools_created,2024-07,26,,Changed", "reason_zh", "must not be empty"),
        ("large_schools,2024-07,26,调整,Changed", "indicator_id", "no number in targets.csv"),
    ],
)
def test_a_change_of_a_target_names_target_month_and_reason(
    folder: Path, row: str, column: str, message: str
) -> None:
    (folder / "target_changes.csv").write_text(f"{CHANGES}{row}\n", encoding="utf-8")
    found = refusal(folder)
    assert (found.file, found.row, found.column) == ("2024/target_changes.csv", 2, column)
    assert message in found.message_en


# Against the catalogue and the counties


def test_the_committed_plan_agrees_with_the_catalogue(known: Known) -> None:
    assert load_plan(PLANS / "2024", known) == load_plan(PLANS / "2024")


@pytest.mark.parametrize(
    ("table", "row_id", "changes", "column", "message"),
    [
        (
            "targets",
            "arts_bases",
            {"indicator_id": "art_bases"},
            "indicator_id",
            "“art_bases” is not in the indicator catalogue. Is it “arts_bases”?",
        ),
        (
            "milestones",
            "shengzhou_provincial_recheck",
            {"county_id": "330682"},
            "county_id",
            "Is it “3306",
        ),
        # A share of pupils is no number of anything, and a number of schools no share.
        (
            "targets",
            "fitness_pass_rate",
            {"kind": "count"},
            "kind",
            "kind rate in the catalogue and cannot have a target of kind count."
            " Write rate or directional.",
        ),
        ("targets", "arts_bases", {"kind": "rate"}, "kind", "Write count or directional."),
        ("targets", "myopia_decline", {"kind": "rate"}, "kind", "Write change."),
        ("targets", "clean_case_counties", {"kind": "count"}, "kind", "Write county_count or"),
        ("targets", "olympiad_awards", {"scope": "county"}, "scope", "counties cannot be asked"),
        # 80 000 person-times are not 80 000 × 10 000.
        ("targets", "vocational_training", {"unit_zh": "人次"}, "unit_zh", "in “万人次”"),
        ("targets", "large_schools", {"comparator": "stable"}, "comparator", "(tolerance)"),
    ],
)
def test_what_the_catalogue_cannot_answer_is_refused(
    folder: Path,
    known: Known,
    table: str,
    row_id: str,
    changes: dict[str, str],
    column: str,
    message: str,
) -> None:
    line = spoil(folder / f"{table}.csv", row_id, changes)
    found = refusal(folder, known)
    assert (found.file, found.row, found.column) == (f"2024/{table}.csv", line, column)
    assert message in found.message_en
    assert found.message_zh


@pytest.mark.parametrize(
    ("row_id", "changes"),
    [
        ("large_schools", {"kind": "count", "comparator": "<=", "target": "5"}),
        ("arts_bases", {"kind": "directional", "comparator": "increase", "target": ""}),
        ("group_kindergarten_coverage", {"kind": "rate", "comparator": ">=", "target": "60"}),
        ("arts_bases", {"scope": "city"}),
    ],
)
def test_what_the_plan_may_ask_otherwise_than_the_catalogue_expects(
    folder: Path, known: Known, row_id: str, changes: dict[str, str]
) -> None:
    spoil(folder / "targets.csv", row_id, changes)
    target = next(row for row in load_plan(folder, known).targets if row.indicator_id == row_id)
    assert target.comparator == changes.get("comparator", ">=")
