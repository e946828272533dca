"""Column names: one key for all spellings of a name, and which fields of an export a row names.

`在校生数（人）`, `*在校生数` and `在校生数` are one name where the field is counted in 人. A unit
that is not the field's makes another name: 教学仪器设备值（元） is not 教学仪器设备值（万元）.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from dashboard.contract import Field, Resource
from dashboard.deliveries.reading.numbers import same_unit
from dashboard.deliveries.reading.spelling import plain, without_invisible, without_spaces

_REMARK = re.compile(r"(?P<name>.+?)[(\[](?P<remark>[^()\[\]]*)[)\]]")
# A star marks what must be filled in.
_AROUND = "*:"


@lru_cache(maxsize=4096)
def header_key(text: str) -> str:
    """Return the name as it is compared: without blanks and stars, in plain characters."""
    if len(text) > 200:
        return ""
    return without_spaces(plain(without_invisible(text))).strip(_AROUND).upper()


def names_of(field: Field) -> tuple[str, ...]:
    """Return the keys under which the field is known: its header, then its older headers."""
    return tuple(map(header_key, (field.header, *field.aliases)))


class Headers:
    """The headers of one export, to be found again in a file."""

    def __init__(self, resource: Resource) -> None:
        self.resource = resource
        self._exact = {header_key(field.header): field for field in resource.fields}
        self._older = {
            name: field
            for field in resource.fields
            for name in names_of(field)[1:]
            if name not in self._exact
        }

    @property
    def keys(self) -> set[str]:
        return self._exact.keys() | self._older.keys()

    def field(self, key: str) -> tuple[Field, int] | None:
        """Return the field of a header's key and how far it is from its own name (0 is its own)."""
        if key in self._exact:
            return self._exact[key], 0
        if key in self._older:
            return self._older[key], 2
        match = _REMARK.fullmatch(key) if key.endswith((")", "]")) else None
        if match is None:
            return None
        found = self._exact.get(match["name"]), self._older.get(match["name"])
        field = found[0] or found[1]
        if field is None or not _harmless(match["remark"], field):
            return None
        return field, 1 if found[0] else 3


class Match(msgspec.Struct, frozen=True):
    """How the columns of a file fit an export: field header → index, and what does not fit.

    Without the `missing` columns it is not the export; the `absent` ones need not be there.
    """

    columns: Mapping[str, int]
    missing: tuple[str, ...]
    absent: tuple[str, ...]
    surplus: tuple[int, ...]
    repeated: tuple[str, ...]


def match_headers(headers: Headers, names: Sequence[str]) -> Match:
    """Fit the names of a file's columns to the fields of an export.

    Of two columns for one field the one under the field's own name wins; two of the same kind are
    repeated, and nobody knows which one is meant.
    """
    candidates: dict[str, list[tuple[int, int]]] = {}
    for index, name in enumerate(names):
        found = headers.field(header_key(name)) if name else None
        if found is not None:
            candidates.setdefault(found[0].header, []).append((found[1], index))
    columns: dict[str, int] = {}
    repeated: list[str] = []
    for header, found_at in candidates.items():
        distance = min(found_at)[0]
        best = [index for far, index in found_at if far == distance]
        columns[header] = best[0]
        if len(best) > 1:
            repeated.append(header)
    taken = set(columns.values())
    resource = headers.resource
    not_there = [field for field in resource.fields if field.header not in columns]
    return Match(
        columns={name: columns[name] for name in resource.headers if name in columns},
        missing=tuple(f.header for f in not_there if not resource.may_lack(f)),
        absent=tuple(f.header for f in not_there if resource.may_lack(f)),
        surplus=tuple(index for index in range(len(names)) if index not in taken),
        repeated=tuple(repeated),
    )


def all_keys(every: Iterable[Headers]) -> set[str]:
    """Return the keys of all exports' headers."""
    return {key for headers in every for key in headers.keys}


def _harmless(remark: str, field: Field) -> bool:
    """Whether the words in brackets change nothing: the field's unit, or no unit at all."""
    if field.unit:
        return same_unit(remark.lower(), field) or same_unit(remark, field)
    return field.type not in ("integer", "number") or field.column.endswith("year")
