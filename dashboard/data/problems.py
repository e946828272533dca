"""What can be wrong with the files of a data version, in words for who has to mend them."""

from __future__ import annotations

from pathlib import Path

import duckdb

from dashboard.contract import Problem


class UnusableData(Exception):  # noqa: N818 - says what the data are
    """The files make no data version; `problems` says what is wrong with which."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(problem.message_en for problem in problems))
        self.problems = problems


def vanished(error: OSError) -> Problem:
    file = Path(error.filename or "").name
    return Problem(
        file=file,
        kind="unreadable",
        message_zh=f"{file} 无法读取（{error.strerror}）。请检查该文件。",
        message_en=f"{file} cannot be read ({error.strerror}). Check the file.",
    )


def bad_definition(file: str, reason: str) -> Problem:
    reason = " ".join(reason.split())
    return Problem(
        file=file,
        kind="definition",
        message_zh=f"{file} 有误：{reason}。请改正该文件。",
        message_en=f"{file} is wrong: {reason}. Correct it.",
    )


def failed_query(name: str, error: duckdb.Error) -> Problem:
    file, reason = f"queries/{name}.sql", str(error).splitlines()[0]
    return Problem(
        file=file,
        kind="query",
        message_zh=f"{file} 无法执行：{reason}",
        message_en=f"{file} does not run: {reason}",
    )
