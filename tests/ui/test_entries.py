"""Lines that lead on, shared out over columns."""

from __future__ import annotations

from dashboard.cards.model import Entry
from dashboard.ui.entries import in_columns


def lines(*groups: int) -> list[Entry]:
    return [
        Entry(f"{group}-{n}", "line", group=str(group))
        for group, size in enumerate(groups)
        for n in range(size)
    ]


def test_groups_stay_together_in_columns_of_about_the_same_length() -> None:
    entries = lines(4, 3, 6, 3, 3, 4, 3)
    left, right = in_columns(entries, 2)
    assert (len(left), len(right)) == (13, 13)
    assert left + right == entries


def test_one_long_group_takes_one_column() -> None:
    assert [len(column) for column in in_columns(lines(9), 2)] == [9]


def test_no_lines_make_one_empty_column() -> None:
    assert in_columns([], 2) == [[]]
