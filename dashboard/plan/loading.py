"""Reads a plan year: its tables as exports are read and checked, its heading and its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar

import duckdb
import msgspec
import yaml
from msgspec import Meta

from dashboard import settings
from dashboard.contract import Package, Problem, Words, load_package, problems, quoted, typed
from dashboard.loading import load_sources
from dashboard.plan.agreement import Known, disagreements
from dashboard.plan.checks import (
    change_problems,
    clause_problems,
    milestone_problems,
    quote_problems,
)
from dashboard.plan.problems import plan_problem
from dashboard.plan.rows import (
    TABLES,
    Clause,
    Heading,
    Milestone,
    Office,
    Plan,
    Row,
    Target,
    TargetChange,
    Task,
)

_RowT = TypeVar("_RowT", bound=Row)


class PlanError(Exception):
    """A plan folder that cannot be used; `problems` say where, and what to do about it."""

    def __init__(self, found: Sequence[Problem]) -> None:
        super().__init__("\n".join(problem.message_en for problem in found))
        self.problems = list(found)


def plan_years(root: Path) -> list[int]:
    """Return the plan years under `root`, oldest first: folders named by a number, sound or not."""
    return sorted(int(path.name) for path in root.glob("[0-9]*/") if path.name.isdecimal())


def load_plans(root: Path, known: Known) -> dict[int, Plan]:
    """Read and check every plan year under `root`. Raises `PlanError` with what is wrong in all."""
    plans: dict[int, Plan] = {}
    found: list[Problem] = []
    for year in plan_years(root):
        try:
            plans[year] = load_plan(root / str(year), known)
        except PlanError as error:
            found += error.problems
    _refuse(found)
    return plans


def load_plan(folder: Path, known: Known | None = None) -> Plan:
    """Read and check the plan year in `folder`, whose name is the year. Raises `PlanError`.

    `known` are the indicators and counties that the plan may name; without them nothing is said
    about these.
    """
    try:
        return _load(folder, known)
    except PlanError as error:
        raise PlanError([_in_folder(folder, problem) for problem in error.problems]) from None


def _load(folder: Path, known: Known | None) -> Plan:
    package = load_package(settings.PLAN_PACKAGE)
    heading = _read_heading(folder)
    text = _read_text(folder, "plan.txt")
    with duckdb.connect(":memory:", config={"threads": settings.THREADS}) as connection:
        _load_tables(connection, package, folder, known)
        offices = _rows(connection, package, "offices", Office)
        clauses = _rows(connection, package, "clauses", Clause)
        tasks = _rows(connection, package, "tasks", Task)
        targets = _rows(connection, package, "targets", Target)
        milestones = _rows(connection, package, "milestones", Milestone)
        changes = _rows(connection, package, "target_changes", TargetChange)
    _refuse(clause_problems(text, clauses))
    _refuse(
        [
            *quote_problems("tasks.csv", tasks, clauses),
            *quote_problems("targets.csv", targets, clauses),
            *milestone_problems(milestones, targets),
            *change_problems(heading.year, changes, targets),
            *(disagreements(targets, known.indicators) if known else ()),
        ]
    )
    return Plan(
        **msgspec.structs.asdict(heading),
        text=text,
        offices=tuple(offices.values()),
        clauses=tuple(clauses.values()),
        tasks=tuple(tasks.values()),
        targets=tuple(targets.values()),
        milestones=tuple(milestones.values()),
        target_changes=tuple(changes.values()),
    )


def _refuse(found: Iterable[Problem]) -> None:
    listed = list(found)
    if listed:
        raise PlanError(listed)


def _in_folder(folder: Path, problem: Problem) -> Problem:
    """Return the same problem with the year before the file's name."""
    file = f"{folder.name}/{problem.file}"
    return msgspec.structs.replace(
        problem,
        file=file,
        message_zh=problem.message_zh.replace(problem.file, file, 1),
        message_en=problem.message_en.replace(problem.file, file, 1),
    )


# ---- the tables ---------------------------------------------------------------------------------


def _load_tables(
    connection: duckdb.DuckDBPyConnection, package: Package, folder: Path, known: Known | None
) -> None:
    """Load the tables into schema `raw` and hold them against the contract. Raises PlanError."""
    _refuse(
        _missing_file(folder, resource.file_name)
        for resource in package.resources
        if not resource.optional and not (folder / resource.file_name).is_file()
    )
    loaded, found = load_sources(connection, package, folder)
    optional = {resource.name for resource in package.resources if resource.optional}
    unreadable = {problem.file for problem in found}
    there = {
        resource.name
        for resource in package.resources
        if resource.name in {*loaded, *optional} and resource.file_name not in unreadable
    }
    vocabularies = known.vocabularies() if known else {}
    _refuse([*found, *problems(connection, package, there, vocabularies=vocabularies)])


def _rows(
    connection: duckdb.DuckDBPyConnection, package: Package, table: str, row_type: type[_RowT]
) -> dict[int, _RowT]:
    """Return the rows of a table by line, so that a later check can still say where."""
    fields = msgspec.structs.fields(TABLES[table])
    types = {field.column: field for field in package.resource(table).fields}
    columns = ", ".join(f"{typed(types[field.name])} as {field.name}" for field in fields)
    result = connection.execute(f"select _row, {columns} from raw.{quoted(table)} order by _row")
    blank = ["" if _is_text(field.type) else None for field in fields]
    return {
        int(line): msgspec.convert(
            {
                field.name: nothing if cell is None else cell
                for field, cell, nothing in zip(fields, cells, blank, strict=True)
            },
            row_type,
        )
        for line, *cells in result.fetchall()
    }


def _is_text(kind: Any) -> bool:
    return kind not in (int, float, float | None)


# ---- heading and text ---------------------------------------------------------------------------


def _rule(en: str, zh: str, **constraints: Any) -> Meta:
    """Return a constraint together with what to tell whoever broke it."""
    return Meta(extra={"en": en, "zh": zh}, **constraints)


_WORDS = Annotated[str, _rule("some text", "文字，不能留空", pattern=r"\S")]
_HEADING: Mapping[str, Any] = {
    "year": Annotated[int, _rule("a year, such as 2030", "年份，例如 2030", ge=1949, le=2999)],
    "title_zh": _WORDS,
    "title_en": _WORDS,
    "published": Annotated[date, _rule("a date, such as 2030-03-25", "日期，例如 2030-03-25")],
    "source_zh": _WORDS,
    "source_en": _WORDS,
}
_HEADING_FILE = "plan.yaml"


def _read_heading(folder: Path) -> Heading:
    try:
        found = yaml.safe_load(_read_text(folder, _HEADING_FILE))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        wrong = Words(
            "不是有效的 YAML。请每行写一个“键: 值”。",
            "this is not YAML. Write one 'key: value' on each line.",
        )
        row = mark.line + 1 if mark else None
        raise PlanError([plan_problem(_HEADING_FILE, wrong, row=row)]) from error
    values = {str(key): value for key, value in (found or {}).items()} if _is_map(found) else {}
    _refuse(_key_problems(values))
    heading = Heading(**{key: _convert(key, values[key]) for key in _HEADING})
    if str(heading.year) != folder.name:
        wrong = Words(
            f"年份是 {heading.year}，文件夹名却是 {folder.name}。请改为一致。",
            f"the year is {heading.year} but the folder is named {folder.name}."
            " Make them the same.",
        )
        raise PlanError([plan_problem(_HEADING_FILE, wrong, column="year")])
    return heading


def _is_map(found: object) -> bool:
    return isinstance(found, dict)


def _key_problems(values: Mapping[str, object]) -> Iterator[Problem]:
    for key in values:
        if key not in _HEADING:
            known = Words("、".join(_HEADING), ", ".join(_HEADING))
            wrong = Words(
                f"没有这一项。可用的项：{known.zh}。", f"this is not a known key. Use: {known.en}."
            )
            yield plan_problem(_HEADING_FILE, wrong, column=key)
    for key in _HEADING:
        if key not in values:
            wrong = Words("缺少这一项。请补上。", "this is missing. Add it.")
            yield plan_problem(_HEADING_FILE, wrong, column=key)


def _convert(key: str, value: object) -> Any:
    annotation = _HEADING[key]
    try:
        return msgspec.convert(value, annotation, strict=False)
    except msgspec.ValidationError:
        rule = annotation.__metadata__[-1].extra
        wrong = Words(
            f"“{value}”不能用。应填：{rule['zh']}。",
            f"“{value}” cannot be used. Write {rule['en']}.",
        )
        raise PlanError([plan_problem(_HEADING_FILE, wrong, column=key)]) from None


def _read_text(folder: Path, file: str) -> str:
    try:
        return (folder / file).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise PlanError([_missing_file(folder, file)]) from None
    except UnicodeDecodeError:
        wrong = Words(
            "文件不是 UTF-8 编码。请另存为 UTF-8 文本。",
            "the file is not UTF-8. Save it again as UTF-8 text.",
        )
        raise PlanError([plan_problem(file, wrong)]) from None


def _missing_file(folder: Path, file: str) -> Problem:
    wrong = Words(
        f"文件夹 {folder.name} 中缺少这个文件。请补上，内容可参照其他年份的文件夹。",
        f"the file is missing from {folder.name}. Add it; the plan folder of another year shows"
        " what it holds.",
    )
    return plan_problem(file, wrong)
