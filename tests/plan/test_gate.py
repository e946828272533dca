"""What nobody knows is refused when it is handed in and when it is loaded, in the same words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard import settings
from dashboard.data import UnusableData, open_database
from dashboard.deliveries.model import Upload
from tests.deliveries.delivering import findings_of

MISSPELT = Path(__file__).parent / "cases" / "目标分解-misspelt-code.csv"


def test_a_misspelt_indicator_in_the_split_of_targets_is_refused_at_the_gate() -> None:
    found = findings_of(Upload("目标分解.csv", MISSPELT.read_bytes()))
    # art_bases and rural_art_bases, each with a row for every unit
    assert len(found.errors) == 14
    first = found.errors[0]
    assert (first.row, first.column, first.value) == (2, "指标编码", "art_bases")
    assert "是不是“arts_bases”？" in first.message_zh
    assert "Is it “arts_bases”?" in first.message_en


def test_a_misspelt_indicator_in_the_split_of_targets_is_refused_at_load(tmp_path: Path) -> None:
    folder = shutil.copytree(settings.SAMPLE_DIR, tmp_path / "exports")
    shutil.copy(MISSPELT, folder / "目标分解.csv")
    with pytest.raises(UnusableData) as unusable:
        open_database(folder)
    problems = unusable.value.problems
    assert [problem.row for problem in problems] == [*range(2, 9), *range(58, 65)]
    assert (problems[0].file, problems[0].column) == ("目标分解.csv", "指标编码")
    assert "是不是“arts_bases”？" in problems[0].message_zh
    assert "是不是“rural_arts_bases”？" in problems[-1].message_zh


def test_a_plan_that_is_wrong_is_refused_at_the_gate_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = shutil.copytree(settings.PLAN_DIR, tmp_path / "plan")
    targets = plans / "2024" / "targets.csv"
    targets.write_text(targets.read_text("utf-8").replace("\narts_bases,", "\nart_bases,"), "utf-8")
    monkeypatch.setenv("PLAN_DIR", str(plans))
    split = (settings.SAMPLE_DIR / "目标分解.csv").read_bytes()

    found = findings_of(Upload("目标分解.csv", split))

    (error,) = found.errors
    assert (error.file, error.column, error.value) == (
        "2024/targets.csv",
        "indicator_id",
        "art_bases",
    )
    assert "是不是“arts_bases”？" in error.message_zh
    with pytest.raises(UnusableData, match="Is it “arts_bases”"):
        open_database()
