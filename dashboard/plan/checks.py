"""What holds between the files of a plan year beyond keys, references and rules of one row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dashboard.contract import Problem, Words
from dashboard.plan.problems import plan_problem
from dashboard.plan.quotes import ELLIPSIS, numbered_lines, passages, published_clauses
from dashboard.plan.rows import Clause, Milestone, Target, TargetChange, Task


def clause_problems(text: str, clauses: Mapping[int, Clause]) -> Iterator[Problem]:
    """Where plan.txt and clauses.csv (rows by line) differ."""
    first_line: dict[int, int] = {}
    for line, number, _ in numbered_lines(text):
        if number in first_line:
            yield plan_problem(
                "plan.txt",
                Words(
                    f"第 {number} 条已在第 {first_line[number]} 行出现。请更正序号。",
                    f"clause {number} already begins in row {first_line[number]}. Number it anew.",
                ),
                row=line,
            )
        first_line.setdefault(number, line)
    published = published_clauses(text)
    for line, row in clauses.items():
        if row.clause not in published:
            yield plan_problem(
                "clauses.csv",
                Words(
                    f"plan.txt 中没有以“{row.clause}.”开头的一行。请补上，或删去本行。",
                    f"plan.txt has no line that begins '{row.clause}.'."
                    " Add it, or delete this row.",
                ),
                row=line,
                column="clause",
            )
        elif row.text_zh != published[row.clause]:
            source = first_line[row.clause]
            yield plan_problem(
                "clauses.csv",
                Words(
                    f"与 plan.txt 第 {source} 行不一致。请从该行复制序号之后的全文。",
                    f"this differs from row {source} of plan.txt."
                    " Copy the text after the number from there.",
                ),
                row=line,
                column="text_zh",
            )
        elif row.title_zh != row.text_zh.partition("。")[0]:
            yield plan_problem(
                "clauses.csv",
                Words(
                    "标题不是本条的第一句。请从 text_zh 复制，不带句号。",
                    "the title is not the clause's first sentence. Copy it from text_zh,"
                    " without 。.",
                ),
                row=line,
                column="title_zh",
            )
    listed = {row.clause for row in clauses.values()}
    for number, line in first_line.items():
        if number not in listed:
            yield plan_problem(
                "plan.txt",
                Words(
                    f"clauses.csv 中没有第 {number} 条。请在该文件中补上一行。",
                    f"clause {number} is not in clauses.csv. Add a row for it there.",
                ),
                row=line,
            )


def quote_problems(
    file: str, rows: Mapping[int, Task] | Mapping[int, Target], clauses: Mapping[int, Clause]
) -> Iterator[Problem]:
    """Quotes that do not stand in the clause they name."""
    texts = {clause.clause: clause.text_zh for clause in clauses.values()}
    for line, row in rows.items():
        if not passages(row.quote_zh, texts[row.clause]):
            yield plan_problem(
                file,
                Words(
                    f"第 {row.clause} 条中没有这些文字。请从原文复制，省略处写“{ELLIPSIS}”。",
                    f"these words are not in clause {row.clause}. Copy them from the clause;"
                    f" write {ELLIPSIS} where you leave words out.",
                ),
                row=line,
                column="quote_zh",
            )


def milestone_problems(
    milestones: Mapping[int, Milestone], targets: Mapping[int, Target]
) -> Iterator[Problem]:
    """Yield steps of a target that has none, and targets of steps without any."""
    kinds = {row.indicator_id: row.kind for row in targets.values()}
    for line, row in milestones.items():
        if kinds[row.indicator_id] != "milestone":
            kind = kinds[row.indicator_id]
            yield plan_problem(
                "milestones.csv",
                Words(
                    f"“{row.indicator_id}”属于 {kind} 类。只有 milestone 类指标才有节点，请改正。",
                    f"“{row.indicator_id}” is of kind {kind}."
                    " Only targets of kind milestone have milestones.",
                ),
                row=line,
                column="indicator_id",
                value=row.indicator_id,
            )
    reached = {row.indicator_id for row in milestones.values()}
    for line, target in targets.items():
        if target.kind == "milestone" and target.indicator_id not in reached:
            yield plan_problem(
                "targets.csv",
                Words(
                    f"“{target.indicator_id}”没有节点。请在 milestones.csv 中补上；"
                    "本年没有这项要求的，从 targets.csv 删去该行。",
                    f"“{target.indicator_id}” has no milestones. Add its steps to"
                    " milestones.csv; if nothing is asked of it this year, take the row out of"
                    " targets.csv.",
                ),
                row=line,
                column="indicator_id",
                value=target.indicator_id,
            )


def change_problems(
    year: int, changes: Mapping[int, TargetChange], targets: Mapping[int, Target]
) -> Iterator[Problem]:
    """Yield changes of a target that has no number, or outside of the plan's year."""
    numbers = {row.indicator_id: row.target for row in targets.values()}
    for line, row in changes.items():
        if not row.from_month.startswith(f"{year}-"):
            yield plan_problem(
                "target_changes.csv",
                Words(
                    f"调整须在计划年度 {year} 年之内。请改正月份。",
                    f"a target is changed within its plan year, {year}. Correct the month.",
                ),
                row=line,
                column="from_month",
                value=row.from_month,
            )
        if numbers[row.indicator_id] is None:
            yield plan_problem(
                "target_changes.csv",
                Words(
                    f"“{row.indicator_id}”在 targets.csv 中没有目标数字，不能调整。",
                    f"“{row.indicator_id}” has no number in targets.csv that could be changed.",
                ),
                row=line,
                column="indicator_id",
                value=row.indicator_id,
            )
