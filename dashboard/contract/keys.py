"""Keys, references and vocabularies of an export: what a row says of other rows and files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb

from dashboard.contract.descriptor import (
    Field,
    ForeignKey,
    Package,
    Resource,
    Vocabulary,
    Words,
)
from dashboard.contract.problem import Problem
from dashboard.contract.sql import quoted, string
from dashboard.contract.wording import (
    duplicate_wording,
    nearest,
    orphan_wording,
    problem_at,
    stranger_wording,
)

# Of so many values the nearest to a wrong one is worth naming; of thousands it is any.
_FEW = 500


def limit(listed: int | None) -> str:
    """Write the SQL of as many rows as are listed; None: all."""
    return "" if listed is None else f" limit {listed:d}"


def unique_keys(resource: Resource) -> Iterator[tuple[str, ...]]:
    if resource.primary_key:
        yield resource.primary_key
    for field in resource.fields:
        if field.unique and resource.primary_key != (field.header,):
            yield (field.header,)


def duplicates(
    connection: duckdb.DuckDBPyConnection,
    resource: Resource,
    key: Sequence[str],
    listed: int | None,
) -> tuple[int, list[Problem]]:
    """Rows whose key an earlier row has already; an empty key is the business of `required`."""
    keys = ", ".join(map(quoted, key))
    given = " and ".join(f"{quoted(name)} is not null" for name in key)
    table = f"raw.{quoted(resource.name)} where {given}"
    count = _count(
        connection,
        f"select coalesce(sum(rows - 1), 0)::bigint"
        f" from (select count(*) as rows from {table} group by {keys} having count(*) > 1)",
    )
    if not count:
        return 0, []
    bad = connection.execute(
        f"select _row, min(_row) over same_key, concat_ws(' / ', {keys}) from {table}"
        f" window same_key as (partition by {keys})"
        f" qualify _row > min(_row) over same_key order by _row{limit(listed)}"
    ).fetchall()
    header = "、".join(key)
    return count, [
        problem_at(
            resource,
            duplicate_wording(value, Words(f"第 {first} 行", f"row {first}")),
            kind="duplicate",
            row=row,
            column=header,
            value=value,
            other_row=first,
        )
        for row, first, value in bad
    ]


def orphans(
    connection: duckdb.DuckDBPyConnection,
    package: Package,
    resource: Resource,
    key: ForeignKey,
    listed: int | None,
) -> tuple[int, list[Problem]]:
    """Rows that point to something the other export does not have."""
    target = package.resource(key.target)
    pairs = list(zip(map(quoted, key.fields), map(quoted, key.target_fields), strict=True))
    same = " and ".join(f"here.{mine} = there.{theirs}" for mine, theirs in pairs)
    given = " and ".join(f"here.{mine} is not null" for mine, _ in pairs)
    source = (
        f"from raw.{quoted(resource.name)} as here where {given} and not exists"
        f" (select 1 from raw.{quoted(target.name)} as there where {same})"
    )
    count = _count(connection, f"select count(*) {source}")
    if not count:
        return 0, []
    mine = ", ".join(f"here.{name}" for name, _ in pairs)
    bad = connection.execute(
        f"select _row, concat_ws(' / ', {mine}) {source} order by _row{limit(listed)}"
    ).fetchall()
    header = "、".join(key.fields)
    known = _few_values(connection, target, key.target_fields)
    return count, [
        problem_at(
            resource,
            orphan_wording(value, target.file_name, nearest(value, known)),
            kind="reference",
            row=row,
            column=header,
            value=value,
            target=target.name,
        )
        for row, value in bad
    ]


def _few_values(
    connection: duckdb.DuckDBPyConnection, target: Resource, fields: Sequence[str]
) -> list[str]:
    """Return the values a reference may have.

    Where they are so few that one may be meant by another.
    """
    if len(fields) > 1:
        return []
    found = connection.execute(
        f"select distinct {quoted(fields[0])} as value from raw.{quoted(target.name)}"
        f" where value is not null order by value limit {_FEW + 1}"
    ).fetchall()
    return [] if len(found) > _FEW else [value for (value,) in found]


def strangers(
    connection: duckdb.DuckDBPyConnection,
    resource: Resource,
    field: Field,
    vocabulary: Vocabulary,
    listed: int | None,
) -> tuple[int, list[Problem]]:
    """Rows with a value that the vocabulary does not have."""
    value = quoted(field.header)
    each = (
        value if field.separator is None else f"unnest(split({value}, {string(field.separator)}))"
    )
    source = (
        f"from (select _row, {each} as value from raw.{quoted(resource.name)})"
        " where value is not null and not list_contains($known, value)"
    )
    known = {"known": list(vocabulary.values)}
    row = connection.execute(f"select count(*) {source}", known).fetchone()
    if row is None or not row[0]:
        return 0, []
    bad = connection.execute(
        f"select _row, value {source} order by _row{limit(listed)}", known
    ).fetchall()
    return row[0], [
        problem_at(
            resource,
            stranger_wording(text, vocabulary.source, nearest(text, vocabulary.values)),
            kind="unknown",
            row=line,
            column=field.header,
            value=text,
        )
        for line, text in bad
    ]


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
