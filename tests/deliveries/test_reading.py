"""From bytes to recognised tables."""

from __future__ import annotations

import csv

import pytest

from dashboard import settings
from dashboard.contract import Package, load_package
from dashboard.deliveries.model import ROW
from dashboard.deliveries.reading.delivery import read_delivery, upload_of


@pytest.fixture(scope="module")
def package() -> Package:
    return load_package(settings.DATAPACKAGE)


def test_a_clean_export_is_read_as_it_is(package: Package) -> None:
    uploads = [upload_of(settings.SAMPLE_DIR / each.file_name) for each in package.resources]
    reading = read_delivery(uploads, package)
    assert not reading.findings and not reading.normalised and not reading.questions
    assert [table.resource for table in reading.tables] == [r.name for r in package.resources]
    for table in reading.tables:
        path = settings.SAMPLE_DIR / package.resource(table.resource).file_name
        with path.open(encoding="utf-8-sig", newline="") as stream:
            header, *rows = csv.reader(stream)
        assert list(table.frame.columns) == [ROW, *header]
        assert table.frame[ROW].tolist() == list(range(2, len(rows) + 2))
        assert table.frame[header].to_numpy().tolist() == [[v or None for v in r] for r in rows]
        assert table.original.equals(table.frame)
