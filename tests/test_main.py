"""The command line, as a person types it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pptx import Presentation

from dashboard import settings
from dashboard.__main__ import main
from dashboard.settings import ROOT, SAMPLE_DIR
from tests.plan_of_2024 import TARGETS

COLUMNS = [
    "indicator_id",
    "county_id",
    "period",
    "numerator",
    "denominator",
    "value",
    "target",
    "expected",
    "status",
    "missing",
    "missing_periods",
]
COMMANDS = (
    *("serve", "sample", "values", "export", "reference", "check", "deliver", "publish"),
    *("versions", "rollback", "audit", "watch", "template"),
)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 0
    return capsys.readouterr().out


def test_values_prints_every_indicator_for_every_unit_and_all(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = printed(capsys, "values", "--as-of", "2024-09", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0]) == COLUMNS
    assert len(rows) == TARGETS * 8
    assert len({row["indicator_id"] for row in rows}) == TARGETS
    assert [row["county_id"] for row in rows[:8]] == [
        "330602",
        "330603",
        "330604",
        "330681",
        "330683",
        "330624",
        "330600",
        "all",
    ]
    assert {row["status"] for row in rows} <= {"met", "on_track", "near", "behind", "not_due", ""}


def test_values_of_chosen_counties_and_one_indicator_as_json(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = printed(
        capsys,
        *("values", "--as-of", "2024-09", "--county", "330681", "--county", "330624"),
        *("--indicator", "fitness_good_rate", "--format", "json"),
    )
    rows = json.loads(text)
    assert [row["county_id"] for row in rows] == ["330681", "330624", "all"]
    together = rows[-1]
    assert together["numerator"] == sum(row["numerator"] for row in rows[:-1])
    assert together["value"] == pytest.approx(together["numerator"] / together["denominator"] * 100)
    assert together["status"] == "not_due"


def test_values_as_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, "values", "--as-of", "2024-09", "--indicator", "sports_schools")
    lines = text.splitlines()
    assert lines[0].split() == COLUMNS
    assert len(lines) == 9


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--as-of", "2031-01"], "2031-01"),
        (["--as-of", "2024-09", "--county", "110000"], "110000"),
        (["--as-of", "2024-09", "--indicator", "happiness"], "happiness"),
    ],
)
def test_values_names_what_the_data_do_not_have(
    capsys: pytest.CaptureFixture[str], arguments: list[str], named: str
) -> None:
    assert main(["values", *arguments]) == 2
    assert named in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [["values", "--as-of", "September"], ["sample", "--out", "x", "--scale", "0"], ["nothing"], []],
)
def test_wrong_arguments_are_explained(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert "usage: python -m dashboard" in capsys.readouterr().err


def test_unusable_exports_are_named_in_both_languages(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports = tmp_path / "exports"
    shutil.copytree(SAMPLE_DIR, exports)
    counties = exports / "区县.csv"
    text = counties.read_text(encoding="utf-8-sig").replace("330681", "33068X")
    counties.write_text(text, encoding="utf-8-sig")
    monkeypatch.setenv("DATA_DIR", str(exports))
    assert main(["values", "--as-of", "2024-09"]) == 1
    error = capsys.readouterr().err
    assert "区县.csv" in error
    assert "33068X" in error
    assert "Traceback" not in error


def test_the_sample_goes_where_it_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "sample"
    printed(capsys, "sample", "--seed", "7", "--scale", "1", "--out", str(out))
    assert (out / "学校名录.csv").stat().st_size > 100_000


def test_the_package_runs_as_a_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", "--help"],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(COMMANDS) <= set(re.findall(r"[a-z]+", done.stdout))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(capsys: pytest.CaptureFixture[str], command: str) -> None:
    with pytest.raises(SystemExit) as left:
        main([command, "--help"])
    assert left.value.code == 0
    assert f"dashboard {command}" in capsys.readouterr().out


def test_an_agenda_becomes_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "slides.pptx"
    printed(
        capsys,
        *("export", "pptx", "--agenda", "county-talk", "--as-of", "2024-09"),
        *("--county", "330681", "--lang", "en", "-o", str(out)),
    )
    titles = [slide.shapes.title.text_frame.text for slide in Presentation(str(out)).slides]
    assert titles[0] == "Talk with a county: Zhuji"
    assert len(titles) == 13  # the title, three sections, nine cards


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--agenda", "party", "--as-of", "2024-09"], "choose among monthly, "),
        (["--agenda", "county-talk", "--as-of", "2024-09"], "--county"),
        (["--agenda", "monthly", "--as-of", "2031-01"], "2031-01"),
        (["--agenda", "monthly", "--as-of", "2024-09", "--county", "110000"], "110000"),
    ],
)
def test_export_says_what_is_wrong(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str], named: str
) -> None:
    out = tmp_path / "slides.pptx"
    assert main(["export", "pptx", *arguments, "-o", str(out)]) == 2
    assert named in capsys.readouterr().err
    assert not out.exists()


def test_a_place_that_cannot_be_written_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    out = tmp_path / "file" / "slides.xlsx"
    arguments = ["export", "xlsx", "--agenda", "health", "--as-of", "2024-09", "-o", str(out)]
    assert main(arguments) == 2
    assert f"cannot write {out}" in capsys.readouterr().err


def test_a_broken_agenda_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "weekly.yaml").write_text("title_zh: 周会\n", encoding="utf-8")
    monkeypatch.setattr(settings, "AGENDAS_DIR", tmp_path)
    arguments = ["export", "docx", "--agenda", "weekly", "--as-of", "2024-09", "-o", "x.docx"]
    assert main(arguments) == 1
    assert capsys.readouterr().err.startswith("weekly.yaml: ")


def test_the_interface_starts_without_what_writes_office_files() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import dashboard.ui"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    imported = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
    assert "dashboard.ui.page" in imported
    assert not imported & {"pptx", "docx", "xlsxwriter"}
