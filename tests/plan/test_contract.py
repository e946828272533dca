"""The contract of the plan's tables and the rows that the code knows are the same."""

from __future__ import annotations

from typing import get_args

import msgspec
import pytest

from dashboard import settings
from dashboard.contract import load_package
from dashboard.plan import TABLES


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_the_columns_and_words_of_its_rows(table: str) -> None:
    fields = {
        field.header: field for field in load_package(settings.PLAN_PACKAGE).resource(table).fields
    }
    rows = {field.name: field.type for field in msgspec.structs.fields(TABLES[table])}
    assert list(fields) == list(rows)
    for name, kind in rows.items():
        assert fields[name].column == name
        choices = [choice for choice in get_args(kind) if isinstance(choice, str) and choice]
        assert list(fields[name].enum) == choices
        number = {int: "integer", float: "number", float | None: "number"}
        assert fields[name].type == number.get(kind, "string")
