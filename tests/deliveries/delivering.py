"""Deliveries made of the sample: some rows of an export, spoilt as a test likes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd

from dashboard import settings
from dashboard.contract import Package, load_package
from dashboard.deliveries.checking.check import check
from dashboard.deliveries.checking.publish import discard
from dashboard.deliveries.model import Checked, Upload
from dashboard.deliveries.reading.delivery import read_delivery

Edit = Callable[[pd.DataFrame], pd.DataFrame]

PACKAGE: Package = load_package(settings.DATAPACKAGE)


def export(name: str, folder: Path = settings.SAMPLE_DIR, **only: str) -> pd.DataFrame:
    """The rows of an export whose columns have these values, as text; empty cells are ''."""
    path = folder / PACKAGE.resource(name).file_name
    frame = pd.read_csv(path, dtype=str, encoding="utf-8-sig", keep_default_na=False)
    for column, value in only.items():
        frame = frame[frame[column] == value]
    return frame.reset_index(drop=True)


def upload(frame: pd.DataFrame, name: str) -> Upload:
    """A CSV of that name."""
    buffer = io.StringIO()
    frame.to_csv(buffer, index=False)
    return Upload(name, buffer.getvalue().encode())


def corrected_month(month: str) -> pd.DataFrame:
    """A month of tutoring providers in which the first county has one fewer registered."""
    frame = export("tutoring_months", 月份=month)
    frame.loc[0, "已审核登记机构数"] = str(int(frame.loc[0, "已审核登记机构数"]) - 1)
    return frame


def workbook(sheets: dict[str, pd.DataFrame], name: str) -> Upload:
    """An XLSX with a sheet for every frame."""
    buffer = io.BytesIO()
    with pd.ExcelWriter(buffer, engine="openpyxl") as writer:
        for sheet, frame in sheets.items():
            frame.to_excel(writer, sheet_name=sheet, index=False)
    return Upload(name, buffer.getvalue())


def checked(uploads: Iterable[Upload], base: Path = settings.SAMPLE_DIR) -> Checked:
    """Read and check; the candidate is the test's to discard."""
    return check(read_delivery(tuple(uploads), PACKAGE), base, None, PACKAGE)


def findings_of(*uploads: Upload) -> Checked:
    """Read and check, for tests that look at the findings only."""
    found = checked(uploads)
    discard(found)
    return found
