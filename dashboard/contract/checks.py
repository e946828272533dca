"""The contract's checks, compiled to SQL over tables of text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import duckdb
import msgspec

from dashboard import settings
from dashboard.contract.descriptor import (
    Field,
    ForeignKey,
    Package,
    Resource,
    Rule,
    Vocabulary,
    Words,
)
from dashboard.contract.problem import LISTED_PER_FILE, Problem, shortlist
from dashboard.contract.sql import quoted, string
from dashboard.contract.words import (
    duplicate_wording,
    field_wording,
    nearest,
    orphan_wording,
    problem_at,
    rule_wording,
    stranger_wording,
    unusable_contract,
)

_Result = TypeVar("_Result")

# Of so many values the nearest to a wrong one is worth naming; of thousands it is any.
_FEW = 500


class _Check(msgspec.Struct, frozen=True):
    """A condition in SQL that a row violates, what it is about, and the headers it looks at."""

    violated: str
    kind: str
    about: Field | Rule
    headers: tuple[str, ...]


def problems(
    connection: duckdb.DuckDBPyConnection,
    package: Package,
    loaded: Collection[str] | None = None,
    listed: int | None = LISTED_PER_FILE,
    vocabularies: Mapping[str, Vocabulary] | None = None,
    is_new: str = "false",
) -> list[Problem]:
    """Everything in the tables of schema `raw` that breaks the contract.

    `loaded` names the resources whose tables are there (default: all). Fields that name one of the
    `vocabularies` are held to it. Of each file the first
    `listed` problems (None: all) are listed in the order of rows, and a last one says how many more
    there are.

    That a column is filled in which came into the contract after a file was written
    (`Resource.later`) is asked of new rows alone: `is_new` is SQL over a row of `raw`.
    """
    names = {resource.name for resource in package.resources} if loaded is None else set(loaded)

    def check(cursor: duckdb.DuckDBPyConnection, resource: Resource) -> list[Problem]:
        return _resource_problems(
            cursor, package, resource, names, listed, vocabularies or {}, is_new
        )

    present = [resource for resource in package.resources if resource.name in names]
    return [problem for found in each_resource(connection, present, check) for problem in found]


def each_resource(
    connection: duckdb.DuckDBPyConnection,
    resources: Sequence[Resource],
    work: Callable[[duckdb.DuckDBPyConnection, Resource], _Result],
) -> list[_Result]:
    """Do the work on several resources at a time, a cursor each; results in their order.

    DuckDB splits one query among threads only from some hundred thousand rows on, and exports are
    smaller than that.
    """
    cursors = [connection.cursor() for _ in resources]
    with ThreadPoolExecutor(settings.THREADS) as threads:
        return list(threads.map(work, cursors, resources))


def _resource_problems(
    connection: duckdb.DuckDBPyConnection,
    package: Package,
    resource: Resource,
    loaded: Collection[str],
    listed: int | None,
    vocabularies: Mapping[str, Vocabulary],
    is_new: str,
) -> list[Problem]:
    total = 0
    found: list[Problem] = []
    for count, some in (
        *_row_problems(connection, resource, listed, is_new),
        *(_duplicates(connection, resource, key, listed) for key in _unique_keys(resource)),
        *(
            _orphans(connection, package, resource, key, listed)
            for key in resource.foreign_keys
            if key.target in loaded
        ),
        *(
            _strangers(connection, resource, field, vocabularies[field.vocabulary], listed)
            for field in resource.fields
            if field.vocabulary in vocabularies
        ),
    ):
        total += count
        found += some
    return shortlist(resource.file_name, found, total, listed)


def _row_problems(
    connection: duckdb.DuckDBPyConnection, resource: Resource, listed: int | None, is_new: str
) -> Iterator[tuple[int, list[Problem]]]:
    """Count the violations of all checks in one pass; fetch rows only where there are any."""
    checks = list(_checks(resource))
    counts = ", ".join(f"count(*) filter (where {check.violated})" for check in checks)
    typed = _typed_rows(resource, is_new)
    try:
        row = connection.execute(f"select {counts} from ({typed})").fetchone()
    except duckdb.Error as error:
        yield 1, [unusable_contract(resource, str(error).splitlines()[0])]
        return
    for check, count in zip(checks, row or (), strict=True):
        if count:
            texts = ", ".join(f"coalesce({_text(header)}, '')" for header in check.headers) or "''"
            bad = connection.execute(
                f"select _row, concat_ws(' / ', {texts}) from ({typed}) where {check.violated}"
                f" order by _row{_limit(listed)}"
            ).fetchall()
            yield count, [_describe(resource, check, line, value) for line, value in bad]


def _describe(resource: Resource, check: _Check, row: int, value: str) -> Problem:
    if isinstance(check.about, Rule):
        wording = rule_wording(check.about)
    else:
        wording = field_wording(check.about, check.kind, value)
    column = "、".join(check.headers) or None
    return problem_at(
        resource, wording, kind=check.kind, row=row, column=column, value=value or None
    )


def _limit(listed: int | None) -> str:
    return "" if listed is None else f" limit {listed:d}"


def _typed_rows(resource: Resource, is_new: str) -> str:
    """Every field twice: typed under its header, and as the text of the file; and `_is_new`."""
    columns = ", ".join(
        f"{typed(field)} as {quoted(field.header)}, {quoted(field.header)} as {_text(field.header)}"
        for field in resource.fields
    )
    return f"select _row, {is_new} as _is_new, {columns} from raw.{quoted(resource.name)}"


def _checks(resource: Resource) -> Iterator[_Check]:
    """The checks of one row; whether a later column is filled in is asked of new rows alone."""
    later = resource.later
    for check in _all_checks(resource):
        if check.kind in ("required", "rule") and not later.isdisjoint(check.headers):
            yield msgspec.structs.replace(check, violated=f"_is_new and ({check.violated})")
        else:
            yield check


def _all_checks(resource: Resource) -> Iterator[_Check]:
    for field in resource.fields:
        for violated, kind in _field_checks(field, is_required=resource.is_required(field)):
            yield _Check(violated, kind, field, (field.header,))
    # Of a value that cannot be read enough has been said; a rule would take it for empty.
    legible = "".join(
        f" and not ({_mistyped(field)})" for field in resource.fields if field.type != "string"
    )
    for rule in resource.rules:
        violated = f"not coalesce(({rule.rule}), true){legible}"
        yield _Check(violated, "rule", rule, resource.named_in(rule))


def _field_checks(field: Field, *, is_required: bool) -> Iterator[tuple[str, str]]:
    """Conditions that a value of the field violates, each with its kind."""
    value, text = quoted(field.header), _text(field.header)
    if field.type != "string":
        yield _mistyped(field), "type"
    if is_required:
        yield f"{text} is null", "required"
    if field.enum:
        allowed = ", ".join(_literal(field, choice) for choice in field.enum)
        yield f"{value} not in ({allowed})", "enum"
    if field.minimum is not None:
        yield f"{value} < {_literal(field, field.minimum)}", "bounds"
    if field.maximum is not None:
        yield f"{value} > {_literal(field, field.maximum)}", "bounds"
    if field.min_length is not None:
        yield f"length({text}) < {field.min_length}", "length"
    if field.max_length is not None:
        yield f"length({text}) > {field.max_length}", "length"
    if field.pattern is not None:
        pattern = string(field.pattern)
        yield f"not regexp_full_match({text}, {pattern})", "pattern"


def _mistyped(field: Field) -> str:
    return f"{quoted(field.header)} is null and {_text(field.header)} is not null"


def typed(field: Field) -> str:
    """SQL for the field's typed value; null where the text is not of that type.

    DuckDB's own casts are more generous than the contract ('1.6' would become the integer 2, 'nan'
    a number, '2024/1/5' a date), so the form of the text is checked first.
    """
    text = quoted(field.header)
    if field.type == "integer":
        return f"try_cast({_if_like(text, '[+-]?[0-9]{1,18}')} as bigint)"
    if field.type == "number":
        decimal = "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?"
        return f"try_cast({_if_like(text, decimal)} as double)"
    if field.type == "date":
        return f"try_cast(case when {text} like '____-__-__' then {text} end as date)"
    if field.type == "year":
        return f"try_cast({_if_like(text, '[0-9]{4}')} as bigint)"
    if field.type == "yearmonth":
        return _if_like(text, "[0-9]{4}-(0[1-9]|1[0-2])")
    if field.type == "boolean":
        true = ", ".join(map(string, field.true_values))
        false = ", ".join(map(string, field.false_values))
        return f"case when {text} in ({true}) then true when {text} in ({false}) then false end"
    return text


def _if_like(text: str, pattern: str) -> str:
    return f"case when regexp_full_match({text}, {string(pattern)}) then {text} end"


def _literal(field: Field, value: Any) -> str:
    if field.type in ("integer", "number", "year"):
        return str(float(value)) if field.type == "number" else str(int(value))
    if field.type == "date":
        return f"date {string(str(value))}"
    return string(str(value))


def _text(header: str) -> str:
    return quoted(f"text of {header}")


def _unique_keys(resource: Resource) -> Iterator[tuple[str, ...]]:
    if resource.primary_key:
        yield resource.primary_key
    for field in resource.fields:
        if field.unique and resource.primary_key != (field.header,):
            yield (field.header,)


def _duplicates(
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
        f" qualify _row > min(_row) over same_key order by _row{_limit(listed)}"
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


def _orphans(
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
        f"select _row, concat_ws(' / ', {mine}) {source} order by _row{_limit(listed)}"
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
    """The values a reference may have, where they are so few that one may be meant by another."""
    if len(fields) > 1:
        return []
    found = connection.execute(
        f"select distinct {quoted(fields[0])} as value from raw.{quoted(target.name)}"
        f" where value is not null order by value limit {_FEW + 1}"
    ).fetchall()
    return [] if len(found) > _FEW else [value for (value,) in found]


def _strangers(
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
        f"select _row, value {source} order by _row{_limit(listed)}", known
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
