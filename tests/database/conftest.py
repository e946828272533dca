"""Real files of a small delivery, and databases made of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.contract import Problem
from dashboard.data import Database, Inputs, UnusableData
from tests.database.tiny_delivery import make_inputs, open_inputs, write


@pytest.fixture
def inputs(tmp_path: Path) -> Inputs:
    return make_inputs(tmp_path)


@pytest.fixture
def database(inputs: Inputs) -> Database:
    return open_inputs(inputs)


@pytest.fixture
def ask(inputs: Inputs) -> Callable[[str], Database]:
    """Open the delivery with one more query, teachers/asked."""

    def open_with(sql: str) -> Database:
        write(inputs.queries_dir / "teachers" / "asked.sql", sql)
        return open_inputs(inputs)

    return open_with


@pytest.fixture
def problems_of(inputs: Inputs) -> Callable[[str, str | bytes], list[Problem]]:
    """What is wrong with the delivery once a file has this content."""

    def problems(file: str, content: str | bytes) -> list[Problem]:
        write(inputs.data_dir / file, content)
        with pytest.raises(UnusableData) as unusable:
            open_inputs(inputs)
        return unusable.value.problems

    return problems
