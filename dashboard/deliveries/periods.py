"""Which periods an export is about: a delivered table replaces the rows of those it covers."""

from __future__ import annotations

import pandas as pd

from dashboard.contract import Resource, quoted
from dashboard.words.language import Language

# Columns of staging that say the period; `season` is the round (轮次) or the term (学期) of a year.
_PERIOD_COLUMNS = ("month", "school_year", "year", "plan_year", "season")
_LISTED_PERIODS = 3


def period_columns(resource: Resource) -> tuple[str, ...]:
    """Return the headers that say a row's period, in the contract's order.

    There are none where an export has no periods and is always delivered whole.

    A period is written as its values with a blank between them: `2024-09`, `2024`, `2024 秋季`.
    """
    return tuple(field.header for field in resource.fields if field.column in _PERIOD_COLUMNS)


def of_delivered_period(resource: Resource, row: str, delivered: str) -> str:
    """Write the SQL of whether a row is of a period that `delivered` (a table or query) covers.

    `row` is the alias of the row's table. An export without periods is delivered whole.
    """
    columns = period_columns(resource)
    if not columns:
        return "true"
    same = " and ".join(
        f"here.{quoted(column)} is not distinct from {row}.{quoted(column)}" for column in columns
    )
    return f"exists (select 1 from {delivered} as here where {same})"


def periods_of(frame: pd.DataFrame, resource: Resource) -> tuple[str, ...]:
    """Return periods of a table's rows, sorted; rows without a part of their period have none."""
    columns = period_columns(resource)
    if not columns:
        return ()
    rows = frame.loc[:, list(columns)].drop_duplicates().itertuples(index=False, name=None)
    return tuple(sorted({" ".join(row) for row in rows if None not in row}))


def periods_words(language: Language, periods: tuple[str, ...]) -> str:
    """Periods as the files write them; of many, the first and the last."""
    if len(periods) <= _LISTED_PERIODS:
        return language.pick("、", ", ").join(periods)
    return language(
        "{first} to {last} ({count})", first=periods[0], last=periods[-1], count=len(periods)
    )
