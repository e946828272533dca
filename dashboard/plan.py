"""One year's work plan as data: its clauses, tasks, targets, milestones and offices.

A plan year is a folder named after the year. `load_plan` reads it whole or raises a `PlanError`
that says, in both languages, which file, row and column to mend. Everything after that may rely on
it: numbers are numbers, ids are unique, references lead somewhere, and every quote stands word for
word in the clause it names.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar, get_args

import msgspec
import pandas as pd
import yaml
from msgspec import Meta, Struct

ELLIPSIS = "……"
"""Stands in a quote for words of the clause that are left out."""

_NUMBERED_CLAUSE = re.compile(r"^(\d+)[.．](.+)$")
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*[”’』」》）)]*")


def _rule(en: str, zh: str, **constraints: Any) -> Meta:
    """A constraint on a cell together with what to tell whoever filled it in."""
    return Meta(extra={"en": en, "zh": zh}, **constraints)


_Id = Annotated[
    str,
    _rule(
        "lower-case letters, digits, '-' and '_'",
        "小写字母、数字、“-”和“_”",
        pattern=r"^[a-z][a-z0-9_-]*$",
    ),
]
_Words = Annotated[str, _rule("some text", "文字，不能留空", pattern=r"\S")]
_ClauseNumber = Annotated[
    int, _rule("the number of a clause, such as 8", "条目的序号，例如 8", ge=1)
]
_Year = Annotated[int, _rule("a year, such as 2030", "年份，例如 2030", ge=1949, le=2999)]
_Day = Annotated[date, _rule("a date, such as 2030-03-25", "日期，例如 2030-03-25")]
_Month = Annotated[
    str,
    _rule("a month, such as 2030-09", "月份，例如 2030-09", pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$"),
]
_Number = Annotated[
    # The bounds also refuse 'nan' and 'inf', which Python would take for numbers.
    Annotated[float, Meta(ge=-1e12, le=1e12)] | None,
    _rule("a number, or nothing", "数字；没有数字时留空"),
]
_Unit = Annotated[str, _rule("the unit, or nothing", "单位；没有单位时留空")]
_CountyIds = Annotated[
    str,
    _rule(
        "six-digit county codes and all, separated by blanks, or nothing",
        "六位区划代码和 all，以空格分隔；也可留空",
        pattern=r"^(([0-9]{6}|all)( ([0-9]{6}|all))*)?$",
    ),
]
_CountyId = Annotated[
    str,
    _rule("a six-digit county code, or all", "六位区划代码，或 all", pattern=r"^([0-9]{6}|all)$"),
]


def _one_of(literal: Any) -> Meta:
    allowed = [value for value in get_args(literal) if value]
    blank = "" in get_args(literal)
    return _rule(
        f"one of: {', '.join(allowed)}" + (" (or nothing)" if blank else ""),
        f"以下之一：{'、'.join(allowed)}" + ("（也可留空）" if blank else ""),
    )


Kind = Literal["count", "rate", "change", "county_count", "milestone", "directional"]
Comparator = Literal[">=", "<=", "reach", "increase", "decrease", "stable"]
Scope = Literal["county", "city"]
Certainty = Literal["V", "M", "R"]
Basis = Literal["plan", "reading"]
MilestoneSource = Literal["accreditation", "project"]
MilestoneStep = Literal["", "approval", "start", "topping", "completion", "use"]

COMPARATORS: Mapping[Kind, frozenset[Comparator]] = {
    "count": frozenset({">=", "<="}),
    "rate": frozenset({">=", "<="}),
    "change": frozenset({">=", "<="}),
    "county_count": frozenset({">=", "<="}),
    "milestone": frozenset({"reach"}),
    "directional": frozenset({"increase", "decrease", "stable"}),
}
"""The comparators that suit each kind of target; `>=` and `<=` need a number beside them."""


class Office(Struct, frozen=True):
    """An office (处室) of the bureau. `certainty` R: the bureau has yet to confirm it."""

    office_id: _Id
    name_zh: _Words
    name_en: _Words
    certainty: Annotated[Certainty, _one_of(Certainty)]


class Clause(Struct, frozen=True):
    """A numbered clause. `text_zh` is all of it after the number, its title included."""

    clause: _ClauseNumber
    section_zh: _Words
    section_en: _Words
    title_zh: _Words
    title_en: _Words
    text_zh: _Words


class Task(Struct, frozen=True):
    """Something the plan asks for, in its own words, due by the end of `due_month` (YYYY-MM)."""

    task_id: _Id
    clause: _ClauseNumber
    quote_zh: _Words
    office_id: _Id
    due_month: _Month


class Target(Struct, frozen=True):
    """What the plan asks of one indicator: `target` in `unit_zh`, or None where it gives no number.

    An indicator of `scope` city is known only for the whole city, never for a county. `basis` says
    whether the plan itself gives what is asked (plan) or it is our reading of its words (reading).
    `counties` are those that it is asked of, where not of everybody; with `all` among them the city
    is judged too, over them together.
    """

    indicator_id: _Id
    clause: _ClauseNumber
    quote_zh: _Words
    kind: Annotated[Kind, _one_of(Kind)]
    comparator: Annotated[Comparator, _one_of(Comparator)]
    target: _Number
    unit_zh: _Unit
    scope: Annotated[Scope, _one_of(Scope)]
    office_id: _Id
    due_month: _Month
    basis: Annotated[Basis, _one_of(Basis)]
    counties: _CountyIds = ""


class Milestone(Struct, frozen=True):
    """One step of a milestone target, and the export whose record shows that it was taken.

    `key` is what to look for there: the category of an accreditation in `county_id`, or the name of
    a building project, which then has to reach `step`.
    """

    indicator_id: _Id
    milestone_id: _Id
    county_id: _CountyId
    name_zh: _Words
    name_en: _Words
    source: Annotated[MilestoneSource, _one_of(MilestoneSource)]
    key: _Words
    step: Annotated[MilestoneStep, _one_of(MilestoneStep)]
    due_month: _Month


Row = Office | Clause | Task | Target | Milestone
RowT = TypeVar("RowT", bound=Row)

TABLES: Mapping[str, type[Row]] = {
    "offices": Office,
    "clauses": Clause,
    "tasks": Task,
    "targets": Target,
    "milestones": Milestone,
}
"""Each table of a plan folder: `<name>.csv`, and the columns it must have."""


class PlanError(Exception):
    """A plan folder that cannot be used, and what to do about it.

    `file` is the file's name, `row` its line (the header is line 1) or None, `column` the column or
    key or None. `message_en` and `message_zh` are complete: they name the place themselves.
    """

    def __init__(
        self, file: str, row: int | None, column: str | None, problem_en: str, problem_zh: str
    ) -> None:
        place_en, place_zh = [file], [file]
        if row is not None:
            place_en.append(f"row {row}")
            place_zh.append(f"第 {row} 行")
        if column is not None:
            place_en.append(f"column {column}")
            place_zh.append(f"{column} 列")
        self.file = file
        self.row = row
        self.column = column
        self.message_en = f"{', '.join(place_en)}: {problem_en}"
        self.message_zh = f"{'，'.join(place_zh)}：{problem_zh}"
        super().__init__(self.message_en)


class _Heading(Struct, frozen=True):
    """What plan.yaml holds."""

    year: _Year
    title_zh: _Words
    title_en: _Words
    published: _Day
    source_zh: _Words
    source_en: _Words


class Plan(_Heading, frozen=True):
    """A plan year, checked. `text` is the plan as published; the tables keep their files' order."""

    text: str
    offices: tuple[Office, ...]
    clauses: tuple[Clause, ...]
    tasks: tuple[Task, ...]
    targets: tuple[Target, ...]
    milestones: tuple[Milestone, ...]

    def frame(self, table: str) -> pd.DataFrame:
        """One of `TABLES` as a frame: its columns in the file's order; int64, float64 or str.

        Raises KeyError for a name that is not in `TABLES`.
        """
        fields = msgspec.structs.fields(TABLES[table])
        rows = [msgspec.structs.astuple(row) for row in getattr(self, table)]
        frame = pd.DataFrame(rows, columns=[field.name for field in fields])
        return frame.astype({field.name: _dtype(field.type) for field in fields})


def plan_years(root: Path) -> list[int]:
    """The plan years under `root`, oldest first: every folder named by a number, sound or not."""
    return sorted(int(path.name) for path in root.glob("[0-9]*/") if path.name.isdecimal())


def load_plan(folder: Path) -> Plan:
    """Read and check the plan year in `folder`, whose name is the year. Raises `PlanError`."""
    heading = _read_heading(folder / "plan.yaml")
    text = _read_text(folder / "plan.txt")
    offices = _read_table(folder / "offices.csv", Office)
    clauses = _read_table(folder / "clauses.csv", Clause)
    tasks = _read_table(folder / "tasks.csv", Task)
    targets = _read_table(folder / "targets.csv", Target)
    milestones = _read_table(folder / "milestones.csv", Milestone)

    if str(heading["year"]) != folder.name:
        raise PlanError(
            "plan.yaml",
            None,
            "year",
            f"the year is {heading['year']} but the folder is named {folder.name}."
            " Make them the same.",
            f"年份是 {heading['year']}，文件夹名却是 {folder.name}。请改为一致。",
        )
    offices.require_unique("office_id")
    clauses.require_unique("clause")
    tasks.require_unique("task_id")
    targets.require_unique("indicator_id")
    milestones.require_unique("milestone_id")
    _check_clauses(clauses, _clause_texts(text))
    for table in (tasks, targets):
        table.require_reference("clause", clauses)
        table.require_reference("office_id", offices)
        _check_quotes(table, {row.clause: row.text_zh for row in clauses.rows.values()})
    _check_targets(targets)
    milestones.require_reference("indicator_id", targets)
    _check_milestones(milestones, targets)

    return Plan(
        **heading,
        text=text,
        offices=tuple(offices.rows.values()),
        clauses=tuple(clauses.rows.values()),
        tasks=tuple(tasks.rows.values()),
        targets=tuple(targets.rows.values()),
        milestones=tuple(milestones.rows.values()),
    )


def sentences(text: str) -> list[str]:
    """The sentences of `text`, each with the mark that ends it and any quotation mark it closes."""
    return [match[0].strip() for match in _SENTENCE.finditer(text)]


def passages(quote: str, text: str) -> list[tuple[int, int]]:
    """Where `quote` stands in `text`, as [start, end) offsets: one for each part between ellipses.

    The parts stand in the quote's order. Where the text offers several ways, the shortest stretch
    of text wins, then the first. An empty list when a part is missing.
    """
    parts = [part for part in quote.split(ELLIPSIS) if part]
    best: list[tuple[int, int]] = []
    for first in _occurrences(parts[0], text) if parts else ():
        spans = [(first, first + len(parts[0]))]
        for part in parts[1:]:
            start = text.find(part, spans[-1][1])
            if start < 0:
                return best  # nor will it follow a later occurrence of the first part
            spans.append((start, start + len(part)))
        if not best or spans[-1][1] - first < best[-1][1] - best[0][0]:
            best = spans
    return best


def uncovered_sentences(plan: Plan) -> list[tuple[int, str]]:
    """Sentences of the published text, by clause, that tasks and targets leave partly unquoted.

    Every letter, digit and Chinese character counts; punctuation does not. A clause's title needs
    no quote: it names the clause.
    """
    quotes: dict[int, list[str]] = {clause.clause: [clause.title_zh] for clause in plan.clauses}
    quoting: tuple[Task | Target, ...] = (*plan.tasks, *plan.targets)
    for row in quoting:
        quotes[row.clause].append(row.quote_zh)
    uncovered: list[tuple[int, str]] = []
    for number, (_, text) in _clause_texts(plan.text).items():
        covered = _covered_offsets(quotes[number], text)
        for sentence in _SENTENCE.finditer(text):
            if any(_is_word(text[i]) and i not in covered for i in range(*sentence.span())):
                uncovered.append((number, sentence[0].strip()))
    return uncovered


def _occurrences(part: str, text: str) -> list[int]:
    return [match.start() for match in re.finditer(f"(?={re.escape(part)})", text)]


def _covered_offsets(quotes: Iterable[str], text: str) -> set[int]:
    return {
        offset
        for quote in quotes
        for start, end in passages(quote, text)
        for offset in range(start, end)
    }


def _is_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN"


class _Table(Generic[RowT]):
    """The rows of one file by their line numbers, so that a later check can still say where."""

    def __init__(self, file: str, rows: dict[int, RowT]) -> None:
        self.file = file
        self.rows = rows

    def require_unique(self, column: str) -> None:
        first_line: dict[object, int] = {}
        for line, row in self.rows.items():
            value = getattr(row, column)
            if value in first_line:
                raise PlanError(
                    self.file,
                    line,
                    column,
                    f"'{value}' is already in row {first_line[value]}."
                    " Give this row its own, or delete one of the two.",
                    f"“{value}”与第 {first_line[value]} 行重复。请改用新的编号，或删去其中一行。",
                )
            first_line[value] = line

    def require_reference(self, column: str, table: _Table[Any]) -> None:
        known = {getattr(row, column) for row in table.rows.values()}
        for line, row in self.rows.items():
            value = getattr(row, column)
            if value not in known:
                raise PlanError(
                    self.file,
                    line,
                    column,
                    f"'{value}' is not in {table.file}. Correct it, or add it there.",
                    f"{table.file} 中没有“{value}”。请改正，或在该文件中补上。",
                )


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise PlanError(
            path.name,
            None,
            None,
            f"the file is missing from {path.parent.name}. Add it; the plan folder of another year"
            " shows what it holds.",
            f"文件夹 {path.parent.name} 中缺少这个文件。请补上，内容可参照其他年份的文件夹。",
        ) from None
    except UnicodeDecodeError:
        raise PlanError(
            path.name,
            None,
            None,
            "the file is not UTF-8. Save it again as 'CSV UTF-8' or as UTF-8 text.",
            "文件不是 UTF-8 编码。请另存为“CSV UTF-8”或 UTF-8 文本。",
        ) from None


def _read_heading(path: Path) -> dict[str, Any]:
    try:
        found = yaml.safe_load(_read_text(path))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise PlanError(
            path.name,
            mark.line + 1 if mark else None,
            None,
            "this is not YAML. Write one 'key: value' on each line.",
            "不是有效的 YAML。请每行写一个“键: 值”。",
        ) from error
    heading = found if isinstance(found, dict) else {}
    fields = msgspec.structs.fields(_Heading)
    _check_columns(path.name, None, [str(key) for key in heading], [f.name for f in fields])
    return {
        field.name: _convert(heading[field.name], field.type, path.name, None, field.name)
        for field in fields
    }


def _read_table(path: Path, row_type: type[RowT]) -> _Table[RowT]:
    reader = csv.reader(io.StringIO(_read_text(path)))
    fields = msgspec.structs.fields(row_type)
    columns = next(reader, [])
    required = [field.name for field in fields if field.required]
    _check_columns(path.name, 1, columns, [field.name for field in fields], required)
    rows: dict[int, RowT] = {}
    for cells in reader:
        line = reader.line_num
        if not cells:
            continue
        if len(cells) != len(columns):
            raise PlanError(
                path.name,
                line,
                None,
                f"the row has {len(cells)} cells and the header {len(columns)}."
                " Put a text that contains a comma in double quotes.",
                f"本行有 {len(cells)} 格，表头有 {len(columns)} 格。含逗号的文字请用双引号括起来。",
            )
        record = dict(zip(columns, cells, strict=True))
        rows[line] = row_type(
            **{
                field.name: _convert(record[field.name], field.type, path.name, line, field.name)
                for field in fields
                if field.name in record
            }
        )
    return _Table(path.name, rows)


def _check_columns(
    file: str,
    row: int | None,
    found: Sequence[str],
    expected: Sequence[str],
    required: Sequence[str] | None = None,
) -> None:
    for column in found:
        if column not in expected or found.count(column) > 1:
            raise PlanError(
                file,
                row,
                column,
                f"this is not a known column, or it is there twice. Use: {', '.join(expected)}.",
                f"没有这一列，或重复出现。可用的列：{'、'.join(expected)}。",
            )
    for column in expected if required is None else required:
        if column not in found:
            raise PlanError(file, row, column, "this is missing. Add it.", "缺少这一列。请补上。")


def _convert(value: object, annotation: Any, file: str, row: int | None, column: str) -> Any:
    """`value` as the column's type; an empty cell is None where the type allows it."""
    nothing = value == "" and _is_optional(annotation)
    try:
        return msgspec.convert(None if nothing else value, annotation, strict=False)
    except msgspec.ValidationError:
        rule = annotation.__metadata__[-1].extra
        raise PlanError(
            file,
            row,
            column,
            f"'{value}' cannot be used. Write {rule['en']}.",
            f"“{value}”不能用。应填：{rule['zh']}。",
        ) from None


def _is_optional(annotation: Any) -> bool:
    return type(None) in get_args(annotation.__origin__)


def _dtype(annotation: Any) -> str:
    if _is_optional(annotation):
        return "float64"
    return "int64" if annotation.__origin__ is int else "str"


def _clause_texts(text: str) -> dict[int, tuple[int, str]]:
    """The numbered clauses of a plan's text: number → (line, text after the number)."""
    texts: dict[int, tuple[int, str]] = {}
    for line, content in enumerate(text.splitlines(), start=1):
        match = _NUMBERED_CLAUSE.match(content)
        if not match:
            continue
        number = int(match[1])
        if number in texts:
            raise PlanError(
                "plan.txt",
                line,
                None,
                f"clause {number} already begins in row {texts[number][0]}. Number it anew.",
                f"第 {number} 条已在第 {texts[number][0]} 行出现。请更正序号。",
            )
        texts[number] = (line, match[2].strip())
    return texts


def _check_clauses(clauses: _Table[Clause], published: Mapping[int, tuple[int, str]]) -> None:
    for line, row in clauses.rows.items():
        if row.clause not in published:
            raise PlanError(
                clauses.file,
                line,
                "clause",
                f"plan.txt has no line that begins '{row.clause}.'. Add it, or delete this row.",
                f"plan.txt 中没有以“{row.clause}.”开头的一行。请补上，或删去本行。",
            )
        if row.text_zh != published[row.clause][1]:
            raise PlanError(
                clauses.file,
                line,
                "text_zh",
                f"this differs from row {published[row.clause][0]} of plan.txt."
                " Copy the text after the number from there.",
                f"与 plan.txt 第 {published[row.clause][0]} 行不一致。请从该行复制序号之后的全文。",
            )
        if row.title_zh != row.text_zh.partition("。")[0]:
            raise PlanError(
                clauses.file,
                line,
                "title_zh",
                "the title is not the clause's first sentence. Copy it from text_zh, without 。.",
                "标题不是本条的第一句。请从 text_zh 复制，不带句号。",
            )
    listed = {row.clause for row in clauses.rows.values()}
    for number, (line, _) in published.items():
        if number not in listed:
            raise PlanError(
                "plan.txt",
                line,
                None,
                f"clause {number} is not in {clauses.file}. Add a row for it there.",
                f"{clauses.file} 中没有第 {number} 条。请在该文件中补上一行。",
            )


def _check_quotes(table: _Table[Task] | _Table[Target], texts: Mapping[int, str]) -> None:
    for line, row in table.rows.items():
        if not passages(row.quote_zh, texts[row.clause]):
            raise PlanError(
                table.file,
                line,
                "quote_zh",
                f"these words are not in clause {row.clause}. Copy them from the clause;"
                f" write {ELLIPSIS} where you leave words out.",
                f"第 {row.clause} 条中没有这些文字。请从原文复制，省略处写“{ELLIPSIS}”。",
            )


def _check_targets(targets: _Table[Target]) -> None:
    for line, row in targets.rows.items():
        comparators = COMPARATORS[row.kind]
        if row.comparator not in comparators:
            allowed = sorted(comparators)
            raise PlanError(
                targets.file,
                line,
                "comparator",
                f"'{row.comparator}' does not suit the kind {row.kind}."
                f" Write one of: {', '.join(allowed)}.",
                f"“{row.comparator}”不适用于 {row.kind} 类指标。应填：{'、'.join(allowed)}。",
            )
        if (row.comparator in (">=", "<=")) != (row.target is not None):
            raise PlanError(
                targets.file,
                line,
                "target",
                f"the comparator {row.comparator} needs a number."
                if row.target is None
                else f"the comparator {row.comparator} takes no number. Leave the cell empty.",
                f"比较符 {row.comparator} 需要一个数字。"
                if row.target is None
                else f"比较符 {row.comparator} 不带数字。请留空。",
            )


def _check_milestones(milestones: _Table[Milestone], targets: _Table[Target]) -> None:
    kinds = {row.indicator_id: row.kind for row in targets.rows.values()}
    for line, row in milestones.rows.items():
        if kinds[row.indicator_id] != "milestone":
            raise PlanError(
                milestones.file,
                line,
                "indicator_id",
                f"'{row.indicator_id}' is of kind {kinds[row.indicator_id]}."
                " Only targets of kind milestone have milestones.",
                f"“{row.indicator_id}”属于 {kinds[row.indicator_id]} 类。"
                "只有 milestone 类指标才有节点，请改正。",
            )
        if (row.source == "project") != bool(row.step):
            raise PlanError(
                milestones.file,
                line,
                "step",
                "a project needs the step it has to reach; an accreditation has none.",
                "建设项目须填应达到的节点；创建认定此列留空。",
            )
    reached = {row.indicator_id for row in milestones.rows.values()}
    for line, target in targets.rows.items():
        if target.kind == "milestone" and target.indicator_id not in reached:
            raise PlanError(
                targets.file,
                line,
                "indicator_id",
                f"'{target.indicator_id}' has no milestones. Add its steps to {milestones.file}.",
                f"“{target.indicator_id}”没有节点。请在 {milestones.file} 中补上。",
            )
