"""Data versions to attack, each beside the same with nothing withheld."""

from __future__ import annotations

import pytest

from dashboard.data import Database
from tests.small_numbers.delivery import open_delivery, open_sample_unsuppressed
from tests.small_numbers.numbers import Truth, truth_of

FEWEST = 5


@pytest.fixture(scope="session")
def raw_sample(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The sample with nothing withheld."""
    return open_sample_unsuppressed(tmp_path_factory.mktemp("queries"))


@pytest.fixture(scope="session")
def true_sample(raw_sample: Database) -> Truth:
    """The numbers of people of the sample."""
    return truth_of(raw_sample)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Database, Truth]:
    """The hand-made delivery as it is read, and its numbers of people."""
    folder = tmp_path_factory.mktemp("made")
    return open_delivery(folder / "read"), truth_of(open_delivery(folder / "raw", fewest=1))
