"""A page's question asked of a few rows in the staging tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from dashboard import settings
from tests.indicators.conftest import Staging, catalogue, staging, staging_schema
from tests.indicators.rows import Row

__all__ = ["Ask", "ask", "catalogue", "staging", "staging_schema"]

Ask = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def ask(staging: Staging) -> Ask:
    """Run `queries/<name>.sql` over some rows: `ask("health/x", {"as_of": …}, schools=[…])`.

    Gives the answer's rows as dicts, in order.
    """

    def run(
        name: str, parameters: Mapping[str, Any], **tables: Sequence[Row]
    ) -> list[dict[str, Any]]:
        connection = staging(**tables)
        query = (settings.QUERIES_DIR / f"{name}.sql").read_text("utf-8")
        result = connection.execute(query, dict(parameters))
        columns = [column[0] for column in result.description]
        return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]

    return run
