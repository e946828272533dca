"""The committed sample is what the generator writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.settings import SYNTHETIC_MARK
from tools.sample import write_sample
from tools.sample.write import make_tables

pytestmark = pytest.mark.slow

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("sample") / "new folder"
    write_sample(out)
    return out


def test_the_committed_files_are_what_the_generator_writes(written: Path) -> None:
    names = sorted(path.name for path in written.iterdir())
    assert names == sorted(path.name for path in SAMPLE.iterdir())
    different = [
        name for name in names if (SAMPLE / name).read_bytes() != (written / name).read_bytes()
    ]
    assert different == []


def test_files_are_utf_8_with_a_byte_order_mark_and_lf(written: Path) -> None:
    for path in written.glob("*.csv"):
        content = path.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf"), path.name
        assert b"\r" not in content, path.name
        assert content.endswith(b"\n"), path.name


def test_the_folder_says_that_its_exports_are_made_up(written: Path) -> None:
    assert "示例数据" in (written / SYNTHETIC_MARK).read_text(encoding="utf-8")


def test_the_sample_stays_small(written: Path) -> None:
    assert sum(path.stat().st_size for path in written.iterdir()) < 6_000_000


def test_another_seed_makes_another_city() -> None:
    first, second = make_tables(2024, 1), make_tables(7, 1)
    same = {name for name in first if first[name].equals(second[name])}
    # What does not depend on chance: names of counties, what the plan fixes, the city's figures.
    assert same <= {"counties", "city_figures", "county_targets"}


def test_a_larger_scale_has_as_many_times_the_schools_in_the_same_counties() -> None:
    one, two = make_tables(2024, 1)["schools"], make_tables(2024, 2)["schools"]
    assert two["学校标识码"].nunique() == 2 * one["学校标识码"].nunique()
    assert set(two["区县代码"]) == set(one["区县代码"])
    assert two.groupby("学校标识码")["学校名称"].first().is_unique


def test_files_are_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "区县.csv"
    target.write_text("old", encoding="utf-8")
    write_sample(tmp_path)
    assert "越城区" in target.read_text(encoding="utf-8-sig")
    assert list(tmp_path.glob("*.part")) == []
