"""之后的数据一律不计入: what comes after a month changes nothing that is said of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from dashboard import indicators
from dashboard.data import Database, open_database
from dashboard.settings import SAMPLE_DIR
from tests.database.truncated import truncate

pytestmark = pytest.mark.slow


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
    sample: Database, moved: Path, tmp_path: Path
) -> None:
    later = open_database(moved)
    columns = ["numerator", "denominator", "value", "previous", "status"]
    for month in ("2024-01", "2024-08"):
        pd.testing.assert_frame_equal(
            indicators.values(later, month)[columns], indicators.values(sample, month)[columns]
        )
    then = open_database(truncate(moved, "2024-09", tmp_path / "exports"))
    pd.testing.assert_frame_equal(
        indicators.values(then, "2024-09"), indicators.values(later, "2024-09")
    )


def test_a_register_that_moves_schools_moves_no_countys_myopia(
    sample: Database, moved: Path
) -> None:
    """By hand from the exports: the schools that the county has now, in both autumns."""
    later = open_database(moved)
    found = indicators.values(later, "2024-09", (), ["myopia_decline"]).set_index("county_id")
    register, vision = (
        pd.read_csv(moved / f"{name}.csv", dtype=str, keep_default_na=False)
        for name in ("学校名录", "视力普查")
    )
    autumns = vision[vision["轮次"] == "秋季"].astype({"检查人数": int, "近视人数": int})
    by_school = autumns.groupby(["年度", "学校标识码"])[["近视人数", "检查人数"]].sum()
    is_open = register["办学状态"] == "在办"
    listed = {year: register[is_open & (register["学年"] == year)] for year in ("2023", "2024")}
    for county in ("330602", "330603"):
        mine = listed["2024"]["区县代码"] == county
        both = set(listed["2024"].loc[mine, "学校标识码"]) & set(listed["2023"]["学校标识码"])
        both &= set(by_school.loc["2024"].index) & set(by_school.loc["2023"].index)
        now, then = (by_school.loc[year].loc[sorted(both)].sum() for year in ("2024", "2023"))
        change = now["近视人数"] / now["检查人数"] - then["近视人数"] / then["检查人数"]
        assert found.loc[county, "value"] == pytest.approx(change * 100)
        assert found.loc[county, "compared_schools"] == len(both)
    before = indicators.values(sample, "2024-09", (), ["myopia_decline"]).set_index("county_id")
    assert found.loc["all", "value"] == pytest.approx(before.loc["all", "value"])


@pytest.mark.parametrize(
    "month", ["2024-01", "2024-03", "2024-06", "2024-07", "2024-08", "2024-09"]
)
def test_a_month_says_the_same_with_and_without_what_came_later(
    sample: Database, month: str, tmp_path: Path
) -> None:
    then = open_database(truncate(SAMPLE_DIR, month, tmp_path / "exports"))
    pd.testing.assert_frame_equal(
        indicators.values(then, month), indicators.values(sample, month), check_exact=False
    )
