"""The contract every export has to keep, and what is wrong with an export that breaks it.

The contract is data/datapackage.yaml, a Frictionless Data Package. `load_package` reads it,
`problems` checks tables of text (schema `raw`, see source_files.py) against it. The checks are
compiled to SQL, because they run at every start: see docs/adr/0002-contract-checks-in-sql.md.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Literal, TypeVar

import duckdb
import msgspec
import yaml

from dashboard import settings

LISTED_PER_FILE = 20

_Result = TypeVar("_Result")

FieldType = Literal["string", "integer", "number", "boolean", "date", "year", "yearmonth"]


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One column of an export. `header` is what the file says, `column` the name in staging."""

    header: str = msgspec.field(name="name")
    column: str = msgspec.field(name="title")
    type: FieldType = "string"
    format: Literal["default"] = "default"
    description: str = ""
    unit: str = ""
    required: bool = False
    unique: bool = False
    enum: tuple[Any, ...] = ()
    minimum: Any = None
    maximum: Any = None
    min_length: int | None = msgspec.field(name="minLength", default=None)
    max_length: int | None = msgspec.field(name="maxLength", default=None)
    pattern: str | None = None
    true_values: tuple[str, ...] = msgspec.field(name="trueValues", default=("true", "1"))
    false_values: tuple[str, ...] = msgspec.field(name="falseValues", default=("false", "0"))


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A condition between the fields of one row: SQL over the quoted Chinese headers."""

    rule: str
    name: str = ""
    message_zh: str
    message_en: str


class ForeignKey(msgspec.Struct, frozen=True, kw_only=True):
    """`fields` of this export must be found as `target_fields` of the resource `target`."""

    fields: tuple[str, ...]
    target: str
    target_fields: tuple[str, ...]


class Words(msgspec.Struct, frozen=True):
    """The same in Chinese and in English."""

    zh: str = ""
    en: str = ""


class Resource(msgspec.Struct, frozen=True, kw_only=True):
    """One export: where it comes from, what a row is and which fields it has."""

    name: str
    title: str
    path: str
    fields: tuple[Field, ...]
    description: str = ""
    grain: str = ""
    source_system: Words = Words()
    cadence: str = ""
    optional: bool = False
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    rules: tuple[Rule, ...] = ()

    @property
    def file_name(self) -> str:
        """The export's file name in any data folder."""
        return Path(self.path).name

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(field.header for field in self.fields)

    def is_required(self, field: Field) -> bool:
        """Whether the field must have a value: parts of the primary key always must."""
        return field.required or field.header in self.primary_key


class Package(msgspec.Struct, frozen=True, kw_only=True):
    """All exports of one delivery, in the order of the descriptor."""

    name: str
    resources: tuple[Resource, ...]
    title: str = ""

    def resource(self, name: str) -> Resource:
        """The resource of that name; KeyError when there is none."""
        for resource in self.resources:
            if resource.name == name:
                return resource
        raise KeyError(name)


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong, where, and what to do about it.

    `row` is the line a person sees in Excel (the header is row 1); None, like `column` and
    `value`, where the problem is not one of a row.
    """

    file: str
    kind: str
    message_zh: str
    message_en: str
    row: int | None = None
    column: str | None = None
    value: str | None = None


# ---- reading the descriptor ---------------------------------------------------------------------


class _Reference(msgspec.Struct):
    fields: str | tuple[str, ...]
    resource: str = ""


class _Key(msgspec.Struct):
    fields: str | tuple[str, ...]
    reference: _Reference


class _Schema(msgspec.Struct, rename="camel"):
    fields: list[dict[str, Any]]
    primary_key: str | tuple[str, ...] = ()
    foreign_keys: list[_Key] = []


class _Descriptor(msgspec.Struct):
    """The standard's nesting, of which `Package` is the flat form."""

    resources: list[dict[str, Any]]


def load_package(path: Path) -> Package:
    """Read a Data Package in YAML.

    Raises OSError when it cannot be read, yaml.YAMLError or msgspec.ValidationError when it is no
    Data Package, or one with types, formats or references that we do not know.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    descriptor = msgspec.convert(content, _Descriptor)
    resources = [_flat_resource(resource) for resource in descriptor.resources]
    package = msgspec.convert({**content, "resources": resources}, Package)
    _check_references(package)
    return package


def _flat_resource(resource: Mapping[str, Any]) -> dict[str, Any]:
    schema = msgspec.convert(resource.get("schema"), _Schema)
    system = resource.get("source_system", "")
    return {
        **resource,
        "source_system": {"zh": system, "en": system} if isinstance(system, str) else system,
        "fields": [_flat_field(field) for field in schema.fields],
        "primary_key": _names(schema.primary_key),
        "foreign_keys": [
            {
                "fields": _names(key.fields),
                # The standard writes an empty name for a key into the same resource.
                "target": key.reference.resource or resource.get("name"),
                "target_fields": _names(key.reference.fields),
            }
            for key in schema.foreign_keys
        ],
    }


def _flat_field(field: Mapping[str, Any]) -> dict[str, Any]:
    return {**field, **msgspec.convert(field.get("constraints", {}), dict[str, Any])}


def _names(names: str | tuple[str, ...]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else names


def _check_references(package: Package) -> None:
    """Keys must lead to fields that exist."""
    headers = {resource.name: resource.headers for resource in package.resources}
    for resource in package.resources:
        keys = [(resource.name, resource.primary_key)]
        for key in resource.foreign_keys:
            keys += [(resource.name, key.fields), (key.target, key.target_fields)]
            if len(key.fields) != len(key.target_fields):
                raise msgspec.ValidationError(
                    f"a foreign key of {resource.name} has more fields on one side"
                )
        for target, fields in keys:
            for field in fields:
                if field not in headers.get(target, ()):
                    raise msgspec.ValidationError(
                        f"a key of {resource.name} names {target}.{field}, which does not exist"
                    )


# ---- checking tables ----------------------------------------------------------------------------


class _Check(msgspec.Struct, frozen=True):
    """A condition in SQL that a row violates, and the words for it."""

    violated: str
    kind: str
    field: Field | None = None
    rule: Rule | None = None


def problems(
    connection: duckdb.DuckDBPyConnection,
    package: Package,
    loaded: Collection[str] | None = None,
) -> list[Problem]:
    """Everything in the tables of schema `raw` that breaks the contract.

    `loaded` names the resources whose tables are there (default: all). Of each file the first 20
    problems are listed in the order of rows, and a last one says how many more there are.
    """
    names = {resource.name for resource in package.resources} if loaded is None else set(loaded)

    def check(cursor: duckdb.DuckDBPyConnection, resource: Resource) -> list[Problem]:
        return _resource_problems(cursor, package, resource, names)

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
) -> list[Problem]:
    total = 0
    listed: list[Problem] = []
    for count, some in (
        *_row_problems(connection, resource),
        *(_duplicates(connection, resource, key) for key in _unique_keys(resource)),
        *(
            _orphans(connection, package, resource, key)
            for key in resource.foreign_keys
            if key.target in loaded
        ),
    ):
        total += count
        listed += some
    return shortlist(resource.file_name, listed, total)


def shortlist(file: str, listed: Iterable[Problem], total: int) -> list[Problem]:
    """The first problems of a file in the order of rows, and how many of `total` were left out."""
    first = sorted(listed, key=lambda problem: problem.row or 0)[:LISTED_PER_FILE]
    if total > len(first):
        more = total - len(first)
        first.append(
            Problem(
                file=file,
                kind="more",
                value=str(more),
                message_zh=f"{file}：另有 {more} 处问题未列出。",
                message_en=f"{file}: {more} more problems are not listed.",
            )
        )
    return first


def _row_problems(
    connection: duckdb.DuckDBPyConnection, resource: Resource
) -> Iterator[tuple[int, list[Problem]]]:
    """Count the violations of all checks in one pass; fetch rows only where there are any."""
    checks = list(_checks(resource))
    counts = ", ".join(f"count(*) filter (where {check.violated})" for check in checks)
    typed = _typed_rows(resource)
    try:
        row = connection.execute(f"select {counts} from ({typed})").fetchone()
    except duckdb.Error as error:
        yield 1, [_unusable_contract(resource, error)]
        return
    for check, count in zip(checks, row or (), strict=True):
        if count:
            text = _text(check.field.header) if check.field else "null"
            bad = connection.execute(
                f"select _row, {text} from ({typed}) where {check.violated}"
                f" order by _row limit {LISTED_PER_FILE}"
            ).fetchall()
            yield count, [_describe(resource, check, line, value) for line, value in bad]


def _typed_rows(resource: Resource) -> str:
    """Every field twice: typed under its header, and as the text of the file."""
    columns = ", ".join(
        f"{_typed(field)} as {quoted(field.header)},"
        f" {quoted(field.header)} as {_text(field.header)}"
        for field in resource.fields
    )
    return f"select _row, {columns} from raw.{quoted(resource.name)}"


def _checks(resource: Resource) -> Iterator[_Check]:
    for field in resource.fields:
        value, text = quoted(field.header), _text(field.header)
        if field.type != "string":
            yield _Check(_mistyped(field), "type", field)
        if resource.is_required(field):
            yield _Check(f"{text} is null", "required", field)
        if field.enum:
            allowed = ", ".join(_literal(field, choice) for choice in field.enum)
            yield _Check(f"{value} not in ({allowed})", "enum", field)
        if field.minimum is not None:
            yield _Check(f"{value} < {_literal(field, field.minimum)}", "bounds", field)
        if field.maximum is not None:
            yield _Check(f"{value} > {_literal(field, field.maximum)}", "bounds", field)
        if field.min_length is not None:
            yield _Check(f"length({text}) < {field.min_length}", "length", field)
        if field.max_length is not None:
            yield _Check(f"length({text}) > {field.max_length}", "length", field)
        if field.pattern is not None:
            pattern = string(field.pattern)
            yield _Check(f"not regexp_full_match({text}, {pattern})", "pattern", field)
    # Of a value that cannot be read enough has been said; a rule would take it for empty.
    legible = "".join(
        f" and not ({_mistyped(field)})" for field in resource.fields if field.type != "string"
    )
    for rule in resource.rules:
        yield _Check(f"not coalesce(({rule.rule}), true){legible}", "rule", rule=rule)


def _mistyped(field: Field) -> str:
    return f"{quoted(field.header)} is null and {_text(field.header)} is not null"


def _typed(field: Field) -> str:
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


def quoted(identifier: str) -> str:
    """An SQL identifier."""
    return '"' + identifier.replace('"', '""') + '"'


def _text(header: str) -> str:
    return quoted(f"text of {header}")


def string(value: str) -> str:
    """An SQL string."""
    return "'" + value.replace("'", "''") + "'"


def _unique_keys(resource: Resource) -> Iterator[tuple[str, ...]]:
    if resource.primary_key:
        yield resource.primary_key
    for field in resource.fields:
        if field.unique and resource.primary_key != (field.header,):
            yield (field.header,)


def _duplicates(
    connection: duckdb.DuckDBPyConnection, resource: Resource, key: Sequence[str]
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
        f" qualify _row > min(_row) over same_key order by _row limit {LISTED_PER_FILE}"
    ).fetchall()
    header = "、".join(key)
    return count, [
        Problem(
            file=resource.file_name,
            kind="duplicate",
            row=row,
            column=header,
            value=value,
            message_zh=f"{_place_zh(resource, row, header)}：“{value}”与第 {first} 行重复。"
            "请删除其中一行，或改正这些字段。",
            message_en=f"{_place_en(resource, row, header)}: “{value}” repeats row {first}."
            " Delete one of them or correct these fields.",
        )
        for row, first, value in bad
    ]


def _orphans(
    connection: duckdb.DuckDBPyConnection, package: Package, resource: Resource, key: ForeignKey
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
        f"select _row, concat_ws(' / ', {mine}) {source} order by _row limit {LISTED_PER_FILE}"
    ).fetchall()
    header = "、".join(key.fields)
    return count, [
        Problem(
            file=resource.file_name,
            kind="reference",
            row=row,
            column=header,
            value=value,
            message_zh=f"{_place_zh(resource, row, header)}：“{value}”不在{target.file_name}中。"
            f"请改正，或在{target.file_name}中补上。",
            message_en=f"{_place_en(resource, row, header)}: “{value}” is not in"
            f" {target.file_name}. Correct it or add it there.",
        )
        for row, value in bad
    ]


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


# ---- words --------------------------------------------------------------------------------------

_TYPE_ZH = {
    "integer": "整数，不带单位和千位分隔符",
    "number": "数字，不带单位和千位分隔符",
    "date": "日期，如 2024-09-01",
    "year": "四位年份，如 2024",
    "yearmonth": "年月，如 2024-09",
}
_TYPE_EN = {
    "integer": "a whole number without unit or thousands separator",
    "number": "a number without unit or thousands separator",
    "date": "a date such as 2024-09-01",
    "year": "a year of four digits such as 2024",
    "yearmonth": "a month such as 2024-09",
}


def _describe(resource: Resource, check: _Check, row: int, value: str | None) -> Problem:
    header = check.field.header if check.field else None
    if check.rule:
        wrong_zh, wrong_en = check.rule.message_zh, check.rule.message_en
    elif check.field:
        wrong_zh, wrong_en = _field_words(check.field, check.kind, value)
    return Problem(
        file=resource.file_name,
        kind=check.kind,
        row=row,
        column=header,
        value=value,
        message_zh=f"{_place_zh(resource, row, header)}：{wrong_zh}",
        message_en=f"{_place_en(resource, row, header)}: {wrong_en}",
    )


def _field_words(field: Field, kind: str, value: str | None) -> tuple[str, str]:
    """What is wrong with a value and what to write instead, in Chinese and in English."""
    if kind == "required":
        return "不能为空。请填写。", "must not be empty. Fill it in."
    if kind == "enum":
        choices = [str(choice) for choice in field.enum]
        return _choice_words(value or "", choices)
    if kind == "type" and field.type == "boolean":
        return _choice_words(value or "", [*field.true_values, *field.false_values])
    if kind == "type":
        return (
            f"“{value}”的写法不对。请填写{_TYPE_ZH[field.type]}。",
            f"“{value}” cannot be read. Write {_TYPE_EN[field.type]}.",
        )
    if kind == "length":
        return (
            f"“{value}”的长度不对。应为 {_span(field.min_length, field.max_length)} 个字符。",
            f"“{value}” has the wrong length. Write"
            f" {_span(field.min_length, field.max_length)} characters.",
        )
    if kind == "bounds":
        range_zh, range_en = _range_words(field)
        return (
            f"“{value}”超出范围。应{range_zh}，请核对。",
            f"“{value}” is out of range. It must be {range_en}; check it.",
        )
    return (
        f"“{value}”的格式不对。应符合 {field.pattern}，请核对。",
        f"“{value}” has the wrong form. It must match {field.pattern}; check it.",
    )


def _choice_words(value: str, choices: Sequence[str]) -> tuple[str, str]:
    nearest = difflib.get_close_matches(value, choices, n=1, cutoff=0.4)
    if nearest:
        hint_zh, hint_en = f"是不是“{nearest[0]}”？", f"Is it “{nearest[0]}”? "
    else:
        hint_zh = hint_en = ""
    return (
        f"“{value}”不在允许的值中。{hint_zh}可填：{'、'.join(choices)}。",
        f"“{value}” is not an allowed value. {hint_en}Allowed: {', '.join(choices)}.",
    )


def _span(least: int | None, most: int | None) -> str:
    if least == most or most is None:
        return f"{least}" if most is not None else f"≥ {least}"
    return f"{least}–{most}" if least is not None else f"≤ {most}"


def _range_words(field: Field) -> tuple[str, str]:
    if field.minimum is None:
        return f"不大于 {field.maximum}", f"at most {field.maximum}"
    if field.maximum is None:
        return f"不小于 {field.minimum}", f"at least {field.minimum}"
    return (
        f"在 {field.minimum} 与 {field.maximum} 之间",
        f"between {field.minimum} and {field.maximum}",
    )


def _place_zh(resource: Resource, row: int, header: str | None) -> str:
    return f"{resource.file_name} 第 {row} 行" + (f"「{header}」" if header else "")


def _place_en(resource: Resource, row: int, header: str | None) -> str:
    return f"{resource.file_name} row {row}" + (f", {header}" if header else "")


def _unusable_contract(resource: Resource, error: duckdb.Error) -> Problem:
    reason = str(error).splitlines()[0]
    return Problem(
        file=resource.file_name,
        kind="contract",
        message_zh=f"{resource.file_name}：datapackage.yaml 中的规则无法执行（{reason}）。",
        message_en=f"{resource.file_name}: a rule in datapackage.yaml does not run ({reason}).",
    )
