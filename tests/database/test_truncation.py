"""之后的数据一律不计入: what comes after a month changes nothing that is said of it."""

from __future__ import annotations

import shutil
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


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with twenty schools of 越城 that the register of 2024 has in 柯桥."""
    folder = tmp_path_factory.mktemp("moved") / "exports"
    shutil.copytree(SAMPLE_DIR, folder)
    path = folder / "学校名录.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    now = (rows["学年"] == "2024") & (rows["区县代码"] == "330602") & (rows["办学状态"] == "在办")
    rows.loc[rows.index[now][:80:4], "区县代码"] = "330603"
    rows.to_csv(path, index=False, encoding="utf-8-sig")
    return folder


def test_a_register_that_moves_schools_changes_nothing_before_it(
    whole: Database, moved: Path, tmp_path: Path
) -> None:
    later = open_database(moved)
    columns = ["numerator", "denominator", "value", "previous", "status"]
    for month in ("2024-01", "2024-08"):
        pd.testing.assert_frame_equal(
            indicators.values(later, month)[columns], indicators.values(whole, month)[columns]
        )
    then = open_database(truncate(moved, "2024-09", tmp_path / "exports"))
    pd.testing.assert_frame_equal(
        indicators.values(then, "2024-09"), indicators.values(later, "2024-09")
    )


def test_a_register_that_moves_schools_moves_no_countys_myopia(
    whole: Database, moved: Path
) -> None:
    """By the schools' own rows: those now in the county, in both autumns."""
    later = open_database(moved)
    found = indicators.values(later, "2024-09", (), ["myopia_decline"]).set_index("county_id")
    for county in ("330602", "330603"):
        rates = later.run_query("indicators/vision")
        rates = rates[rates["indicator_id"] == "myopia_decline"].set_index("unit_id")
        now = rates[(rates["period"] == "2024-09") & (rates["county_id"] == county)]
        then = rates[rates["period"] == "2023-09"]
        both = now.index.intersection(then.index)
        sums = [side.loc[both, ["numerator", "denominator"]].sum() for side in (now, then)]
        change = sums[0].iloc[0] / sums[0].iloc[1] - sums[1].iloc[0] / sums[1].iloc[1]
        assert found.loc[county, "value"] == pytest.approx(change * 100)
    before = indicators.values(whole, "2024-09", (), ["myopia_decline"]).set_index("county_id")
    assert found.loc["all", "value"] == pytest.approx(before.loc["all", "value"])


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
