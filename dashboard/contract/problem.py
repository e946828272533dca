"""What is wrong with an export, and how much of it is said."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

LISTED_PER_FILE = 20


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong, where, and what to do about it.

    `row` is the line a person sees in Excel (the header is row 1); None, like `column` and
    `value`, where the problem is not one of a row. The messages hold everything, place included;
    `wrong_zh` and `wrong_en` leave the place out, for who has a better one, and `expected_zh` and
    `expected_en` say only what should stand there. `other_row` is the row that this one repeats,
    `target` the resource that a reference does not find.
    """

    file: str
    kind: str
    message_zh: str
    message_en: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    wrong_zh: str = ""
    wrong_en: str = ""
    expected_zh: str = ""
    expected_en: str = ""
    other_row: int | None = None
    target: str | None = None


def shortlist(
    file: str, found: Iterable[Problem], total: int, listed: int | None = LISTED_PER_FILE
) -> list[Problem]:
    """Return the first problems of a file by row, and how many of `total` were left out."""
    first = sorted(found, key=lambda problem: problem.row or 0)[:listed]
    if total > len(first):
        more = total - len(first)
        first.append(
            Problem(
                file=file,
                kind="more",
                value=str(more),
                message_zh=f"{file}：另有 {more} 处问题未列出。",
                message_en=f"{file}: {more} more problems are not listed.",
                wrong_zh=f"另有 {more} 处问题未列出。",
                wrong_en=f"{more} more problems are not listed.",
            )
        )
    return first
