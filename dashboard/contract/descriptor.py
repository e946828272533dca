"""The contract as it is written: a Frictionless Data Package in YAML."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import yaml

from dashboard.contract.version import is_later, is_version

FieldType = Literal["string", "integer", "number", "boolean", "date", "year", "yearmonth"]


class Words(msgspec.Struct, frozen=True):
    """The same in Chinese and in English."""

    zh: str = ""
    en: str = ""


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One column of an export. `header` is what the file says, `column` the name in staging.

    `pattern_words` say the pattern in words (the descriptor's own `patterns`). A delivery may also
    have the column under one of its `aliases`, and values of `synonyms` (another word → the value)
    in place of the contract's own; a published version may have the column under an alias too.
    `since` is the contract's version in which the column came: files of older ones do not have it.
    A `vocabulary` names what the value must be known to outside of the package (see `Vocabulary`),
    or each of several values with a `separator` between them.
    """

    header: str = msgspec.field(name="name")
    column: str = msgspec.field(name="title")
    type: FieldType = "string"
    format: Literal["default"] = "default"
    description: str = ""
    description_zh: str = ""
    unit: str = ""
    aliases: tuple[str, ...] = ()
    synonyms: Mapping[str, str] = {}
    vocabulary: str = ""
    separator: str | None = None
    required: bool = False
    since: str | None = None
    unique: bool = False
    enum: tuple[Any, ...] = ()
    minimum: Any = None
    maximum: Any = None
    min_length: int | None = msgspec.field(name="minLength", default=None)
    max_length: int | None = msgspec.field(name="maxLength", default=None)
    pattern: str | None = None
    pattern_words: Words | None = None
    true_values: tuple[str, ...] = msgspec.field(name="trueValues", default=("true", "1"))
    false_values: tuple[str, ...] = msgspec.field(name="falseValues", default=("false", "0"))


class Vocabulary(msgspec.Struct, frozen=True):
    """The values that a field may have, where they are kept outside of the package.

    `source` says where that is.
    """

    source: Words
    values: tuple[str, ...]


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


class Owed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who owes an export, from which month on, and for which months of a year.

    `by` is what has to be in: a unit's return as a whole, that of each of its schools in the
    register, or that of each of its projects while it is being built. `units` are all of the city's
    units, its counties alone (without 市直), or some by their codes. `months` are the months that a
    year's periods stand for: of an export by rounds or terms that of spring and that of autumn, of
    a yearly one its only one; an export by months owes every one. Of exports by schools
    `school_types` (as staging writes them; all when empty) owe, and the unit's return is in when
    `enough_pct` percent of them are.
    """

    by: Literal["county", "school", "project"]
    since: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
    units: Literal["all", "counties"] | tuple[str, ...] = "all"
    months: tuple[Annotated[int, msgspec.Meta(ge=1, le=12)], ...] = ()
    school_types: tuple[str, ...] = ()
    enough_pct: Annotated[float, msgspec.Meta(gt=0, le=100)] = 100


class Resource(msgspec.Struct, frozen=True, kw_only=True):
    """One export: where it comes from, what a row is and which fields it has.

    `written` is the contract's version that all rows of its file keep, where the file is one of a
    published version; None for files that have to keep the present one (`Package.for_files`).
    """

    name: str
    title: str
    path: str
    fields: tuple[Field, ...]
    description: str = ""
    grain: str = ""
    source_system: Words = Words()
    cadence: str = ""
    optional: bool = False
    owed: Owed | None = None  # nobody owes a register: no row in it means none
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    rules: tuple[Rule, ...] = ()
    written: str | None = None

    @property
    def file_name(self) -> str:
        """The export's file name in any data folder."""
        return Path(self.path).name

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(field.header for field in self.fields)

    def named_in(self, rule: Rule) -> tuple[str, ...]:
        """Return the headers that a rule is about."""
        return tuple(header for header in self.headers if f'"{header}"' in rule.rule)

    def is_required(self, field: Field) -> bool:
        """Whether the field must have a value: parts of the primary key always must."""
        return field.required or field.header in self.primary_key

    @property
    def later(self) -> frozenset[str]:
        """The headers that came into the contract after rows of the file were written."""
        if self.written is None:
            return frozenset()
        return frozenset(
            field.header
            for field in self.fields
            if field.since is not None and is_later(field.since, self.written)
        )

    def may_lack(self, field: Field) -> bool:
        """Whether the file may be without the field's column, which then reads as empty."""
        return not self.is_required(field) or field.header in self.later


class Package(msgspec.Struct, frozen=True, kw_only=True):
    """All exports of one delivery, in the order of the descriptor."""

    name: str
    resources: tuple[Resource, ...]
    title: str = ""
    version: str = "1.0.0"

    def for_files(self, written: Mapping[str, str]) -> Package:
        """Return the contract as it holds for files of a published version.

        `written` says by file name which of the contract's versions all rows of a file keep. Files
        that are not named have to keep the present one.
        """
        resources = tuple(
            msgspec.structs.replace(resource, written=written.get(resource.file_name))
            for resource in self.resources
        )
        return msgspec.structs.replace(self, resources=resources)

    def resource(self, name: str) -> Resource:
        """Return the resource of that name; KeyError when there is none."""
        for resource in self.resources:
            if resource.name == name:
                return resource
        raise KeyError(name)


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
    patterns: dict[str, Words] = {}


def load_package(path: Path) -> Package:
    """Read a Data Package in YAML.

    Raises OSError when it cannot be read, yaml.YAMLError or msgspec.ValidationError when it is no
    Data Package, or one with types, formats, versions or references that we do not know.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    descriptor = msgspec.convert(content, _Descriptor)
    resources = [_flat_resource(resource, descriptor.patterns) for resource in descriptor.resources]
    package = msgspec.convert({**content, "resources": resources}, Package)
    _check_versions(package)
    _check_references(package)
    for resource in package.resources:
        _check_owed(resource)
    return package


def _flat_resource(resource: Mapping[str, Any], patterns: Mapping[str, Words]) -> dict[str, Any]:
    schema = msgspec.convert(resource.get("schema"), _Schema)
    system = resource.get("source_system", "")
    return {
        **resource,
        "source_system": {"zh": system, "en": system} if isinstance(system, str) else system,
        "fields": [_flat_field(field, patterns) for field in schema.fields],
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


def _flat_field(field: Mapping[str, Any], patterns: Mapping[str, Words]) -> dict[str, Any]:
    constraints = msgspec.convert(field.get("constraints", {}), dict[str, Any])
    pattern = patterns.get(constraints.get("pattern", ""))
    words = {"pattern_words": msgspec.to_builtins(pattern)} if pattern else {}
    return {**field, **constraints, **words}


def _names(names: str | tuple[str, ...]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else names


def _check_versions(package: Package) -> None:
    """Refuse a column of a version that the contract has not reached."""
    if not is_version(package.version):
        raise msgspec.ValidationError(
            f"version {package.version} is none: write three numbers such as 1.2.0"
        )
    for resource in package.resources:
        for field in resource.fields:
            if field.since is None:
                continue
            place = f"since: {field.since} of {resource.name}.{field.header}"
            if not is_version(field.since):
                raise msgspec.ValidationError(
                    f"{place} is no version: write three numbers such as 1.2.0"
                )
            if is_later(field.since, package.version):
                raise msgspec.ValidationError(
                    f"{place} is later than the contract's own version {package.version}"
                )


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


_OWED_FIELDS = {
    "county": ("county_id",),
    "school": ("school_id",),
    "project": ("project_id", "month"),
}


def _check_owed(resource: Resource) -> None:
    """Require that what is owed can be told apart by the export's own columns."""
    owed = resource.owed
    if owed is None:
        return
    columns = {field.column for field in resource.fields}
    lacking = [column for column in _OWED_FIELDS[owed.by] if column not in columns]
    if lacking:
        raise msgspec.ValidationError(
            f"{resource.name} is owed by {owed.by}, but has no column {lacking[0]}"
        )
    if owed.by != "school" and (owed.school_types or owed.enough_pct != 100):
        raise msgspec.ValidationError(
            f"{resource.name} is owed by {owed.by}: school_types and enough_pct are for schools"
        )
    expected = 0 if "month" in columns else 2 if "season" in columns else 1
    if len(owed.months) != expected:
        raise msgspec.ValidationError(
            f"what is owed of {resource.name} names {len(owed.months)} months of a year; its"
            f" columns ask for {expected}"
        )
