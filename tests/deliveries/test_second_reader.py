"""A workbook that another program wrote, and another library's reading of it."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from dashboard import settings
from dashboard.contract import load_package
from dashboard.deliveries.model import ROW, Upload
from dashboard.deliveries.reading.delivery import read_delivery

pytestmark = [pytest.mark.office, pytest.mark.slow]

# Codes, months, dates, decimals, percents and long names.
EXPORTS = ("校外培训机构月报", "建设项目", "项目月报", "体质健康")
ROWS = 300


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The beginnings of some exports as LibreOffice saves them: numbers and dates are cells."""
    folder = tmp_path_factory.mktemp("workbooks")
    for name in EXPORTS:
        text = (settings.SAMPLE_DIR / f"{name}.csv").read_text(encoding="utf-8-sig")
        (folder / f"{name}.csv").write_text("\n".join(text.split("\n")[: ROWS + 1]) + "\n")
    subprocess.run(
        # 44: comma, 34: quote, 76: UTF-8.
        ["soffice", f"-env:UserInstallation={folder.as_uri()}/profile", "--headless"]
        + ["--infilter=CSV:44,34,76", "--convert-to", "xlsx", "--outdir", str(folder)]
        + [str(folder / f"{name}.csv") for name in EXPORTS],
        check=True,
        capture_output=True,
    )
    return folder


def frame_of(path: Path) -> pd.DataFrame:
    reading = read_delivery(
        [Upload(path.name, path.read_bytes())], load_package(settings.DATAPACKAGE)
    )
    assert [finding.message_en for finding in reading.findings] == []
    (table,) = reading.tables
    return table.frame


def _as_number(text: object) -> object:
    """A cell does not know whether somebody wrote 600 or 600.0."""
    is_number = isinstance(text, str) and re.fullmatch(r"\d+(\.\d+)?", text)
    return float(str(text)) if is_number else text


def test_a_workbook_of_another_program_says_what_the_text_says(workbooks: Path) -> None:
    for name in EXPORTS:
        pd.testing.assert_frame_equal(
            frame_of(workbooks / f"{name}.xlsx").map(_as_number),
            frame_of(workbooks / f"{name}.csv").map(_as_number),
        )


def test_another_library_finds_the_same_cells(workbooks: Path) -> None:
    for name in EXPORTS:
        content = (workbooks / f"{name}.xlsx").read_bytes()
        header, *rows = openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(
            values_only=True
        )
        frame = frame_of(workbooks / f"{name}.xlsx")
        assert list(frame[ROW]) == list(range(2, len(rows) + 2))
        for position, column in enumerate(header):
            theirs = [row[position] for row in rows]
            ours = frame[column]
            assert [value is None for value in theirs] == list(ours.isna()), column
            for mine, other in zip(
                ours.dropna(), (v for v in theirs if v is not None), strict=True
            ):
                same = float(mine) == other if isinstance(other, int | float) else True
                assert same, (name, column, mine, other)
