"""What holds for every test, and which tests a run takes."""

from __future__ import annotations

import atexit
import os
import tempfile

import pytest

# The tests look at the sample, whatever the shell they are started from points at.
for _variable in ("DATA_DIR", "PLAN_DIR"):
    os.environ.pop(_variable, None)

# Decks that tests save and versions that they publish are theirs alone.
for _variable in ("DECKS_DIR", "DELIVERIES_DIR"):
    _folder = tempfile.TemporaryDirectory(prefix=f"{_variable.lower()}-")
    atexit.register(_folder.cleanup)
    os.environ[_variable] = _folder.name

from dashboard.data import Database  # noqa: E402  (the environment is set by now)
from tests import opened, products  # noqa: E402


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--products",
        choices=[str(share) for share in products.Share],
        default=str(products.Share.SAMPLE),
        help="how much of the products of parameters to run (the mark `product`)",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        # What opens the sample is held against data; what bears no kind of its own is a unit.
        kinds = {mark.name for mark in item.iter_markers()} & {"browser", "office", "corpus"}
        if not kinds:
            item.add_marker("data" if _opens_the_sample(item) else "unit")
    taken = products.taken(items, products.Share(config.getoption("--products")))
    config.hook.pytest_deselected(items=[item for item in items if item not in taken])
    items[:] = [item for item in items if item in taken]


@pytest.fixture(scope="session")
def share(pytestconfig: pytest.Config) -> products.Share:
    """How much of what is exhaustive this run takes."""
    return products.Share(pytestconfig.getoption("--products"))


def _opens_the_sample(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return bool(names & {"database", "sample", "cards_of", "made", "world"})


@pytest.fixture(scope="session")
def database() -> Database:
    """The sample, opened once in a process."""
    return opened.sample()


@pytest.fixture
def built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build the same files once in a process: for tests of what is done with data versions."""
    monkeypatch.setattr("dashboard.data.build._build", opened.build_once)


@pytest.fixture(scope="session")
def sample() -> Database:
    """The same, for a folder in which `database` is another."""
    return opened.sample()
