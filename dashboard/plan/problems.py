"""What is wrong with a plan folder, said as the contract says it of an export."""

from __future__ import annotations

from dashboard.contract import Problem, Words

KIND = "plan"


def plan_problem(
    file: str,
    wrong: Words,
    *,
    row: int | None = None,
    column: str | None = None,
    value: str | None = None,
) -> Problem:
    """Return a problem at a place of a plan folder; `row` is the line a person sees."""
    place_zh = file + ("" if row is None else f" 第 {row} 行") + (f"「{column}」" if column else "")
    place_en = file + ("" if row is None else f" row {row}") + (f", {column}" if column else "")
    return Problem(
        file=file,
        kind=KIND,
        row=row,
        column=column,
        value=value,
        message_zh=f"{place_zh}：{wrong.zh}",
        message_en=f"{place_en}: {wrong.en}",
        wrong_zh=wrong.zh,
        wrong_en=wrong.en,
    )
