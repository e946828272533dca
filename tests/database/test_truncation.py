"""之后的数据一律不计入: what comes after a month changes nothing that is said of it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard import indicators
from dashboard.database import Database, open_database
from dashboard.settings import SAMPLE_DIR
from tests.database.truncated import truncate


@pytest.fixture(scope="module")
def whole() -> Database:
    return open_database(SAMPLE_DIR)


@pytest.mark.parametrize(
    "month", ["2024-01", "2024-03", "2024-06", "2024-07", "2024-08", "2024-09"]
)
def test_a_month_says_the_same_with_and_without_what_came_later(
    whole: Database, month: str, tmp_path: Path
) -> None:
    then = open_database(truncate(SAMPLE_DIR, month, tmp_path / "exports"))
    pd.testing.assert_frame_equal(
        indicators.values(then, month), indicators.values(whole, month), check_exact=False
    )
