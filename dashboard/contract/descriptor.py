"""The contract as it is written: a Frictionless Data Package in YAML."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

FieldType = Literal["string", "integer", "number", "boolean", "date", "year", "yearmonth"]


class Words(msgspec.Struct, frozen=True):
    """The same in Chinese and in English."""

    zh: str = ""
    en: str = ""


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One column of an export. `header` is what the file says, `column` the name in staging.

    `pattern_words` say the pattern in words (the descriptor's own `patterns`). A delivery may also
    have the column under one of its `aliases`, and values of `synonyms` (another word → the value)
    in place of the contract's own; in published exports neither occurs. A `vocabulary` names what
    the value must be known to outside of the package (see `Vocabulary`), or each of several values
    with a `separator` between them.
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

    def named_in(self, rule: Rule) -> tuple[str, ...]:
        """The headers that a rule is about."""
        return tuple(header for header in self.headers if f'"{header}"' in rule.rule)

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
    Data Package, or one with types, formats or references that we do not know.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    descriptor = msgspec.convert(content, _Descriptor)
    resources = [_flat_resource(resource, descriptor.patterns) for resource in descriptor.resources]
    package = msgspec.convert({**content, "resources": resources}, Package)
    _check_references(package)
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
