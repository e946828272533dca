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
    Package,
    Resource,
    Rule,
    Vocabulary,
)
from dashboard.contract.keys import duplicates, limit, orphans, strangers, unique_keys
from dashboard.contract.problem import LISTED_PER_FILE, Problem, shortlist
from dashboard.contract.sql import quoted, string
from dashboard.contract.wording import field_wording, problem_at, rule_wording, unusable_contract

_Result = TypeVar("_Result")


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
        *(duplicates(connection, resource, key, listed) for key in unique_keys(resource)),
        *(
            orphans(connection, package, resource, key, listed)
            for key in resource.foreign_keys
            if key.target in loaded
        ),
        *(
            strangers(connection, resource, field, vocabularies[field.vocabulary], listed)
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
                f" order by _row{limit(listed)}"
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


def _typed_rows(resource: Resource, is_new: str) -> str:
    """Every field twice: typed under its header, and as the text of the file; and `_is_new`."""
    columns = ", ".join(
        f"{typed(field)} as {quoted(field.header)}, {quoted(field.header)} as {_text(field.header)}"
        for field in resource.fields
    )
    return f"select _row, {is_new} as _is_new, {columns} from raw.{quoted(resource.name)}"


def _checks(resource: Resource) -> Iterator[_Check]:
    """Yield checks of one row; whether a later column is filled in is asked of new rows alone."""
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
    """Write the SQL of the field's typed value; null where the text is not of that type.

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
