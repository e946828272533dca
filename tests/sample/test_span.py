"""The sample of other months: cut, carried on, and never without end."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard import settings
from dashboard.data import open_database
from dashboard.indicators import months
from tools.sample import write_sample
from tools.sample.names import SchoolNames

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "2025"
    write_sample(folder, until="2025-06")
    return folder


def table(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / f"{name}.csv", dtype=str, encoding="utf-8-sig")


def test_a_later_sample_keeps_the_contract_and_reaches_its_month(later: Path) -> None:
    assert months(open_database(later))[-1] == "2025-06"


def test_a_later_sample_begins_with_the_committed_one(later: Path) -> None:
    before = table(settings.SAMPLE_DIR, "职业培训月报")
    both = table(later, "职业培训月报")
    assert both[both["月份"] <= "2024-09"].reset_index(drop=True).equals(before)


def test_a_later_year_has_a_list_of_projects_of_its_own(later: Path) -> None:
    projects = table(later, "建设项目")
    assert projects["计划年度"].value_counts().to_dict() == {"2024": 52, "2025": 52}
    last = projects[projects["计划年度"] == "2024"].set_index("项目编号")
    goes_on = last.index[last["实际完工验收日期"].isna()]
    this = projects[projects["计划年度"] == "2025"].set_index("项目编号")
    assert set(goes_on) <= set(this.index)
    assert not set(last.index.difference(goes_on)) & set(this.index)


def test_an_earlier_sample_knows_nothing_of_what_came_after(tmp_path: Path) -> None:
    write_sample(tmp_path, until="2024-03")
    assert months(open_database(tmp_path))[-1] == "2024-03"
    projects = table(tmp_path, "建设项目")
    assert projects.filter(like="实际").stack().max() <= "2024-03-31"


def test_a_month_before_the_first_plan_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="begins its plan in 2024-01"):
        write_sample(tmp_path, until="2023-12")


def test_names_never_run_out_and_never_repeat() -> None:
    """Sixty times the schools need more names of a county than it has places."""
    names = SchoolNames(np.random.default_rng(1))
    given = [names.name("330602", "初中", "城区", "安桥") for _ in range(8_000)]
    assert len(set(given)) == len(given)
