"""No bytes make a reading raise, and no row of a file that is read gets lost."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.contract import load_package
from dashboard.deliveries.model import ReadDelivery, Upload
from dashboard.deliveries.reading.delivery import read_delivery
from dashboard.deliveries.reading.normalisations import LEFT_OUT
from dashboard.settings import DATAPACKAGE
from tests.deliveries.corpus import tutoring_months
from tests.deliveries.defects import total_row, two_level_header

PACKAGE = load_package(DATAPACKAGE)
pytestmark = [pytest.mark.corpus, pytest.mark.slow]
BOUNDED = settings(
    max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def _seeds() -> list[bytes]:
    draft = tutoring_months(PACKAGE)
    two_level_header(draft)
    total_row(draft)
    text = draft.csv()
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("a.csv", text)
    in_gbk, wide = draft.text().encode("gb18030"), draft.text().encode("utf-16")
    return [text, in_gbk, wide, draft.xlsx(), zipped.getvalue()]


SEEDS = _seeds()
# Parts of a workbook to spoil where the archive itself stays sound.
PARTS = ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml")


@BOUNDED
@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)), st.text())
def test_any_bytes_end_in_a_finding(content: bytes, name: str) -> None:
    reading = read_delivery([Upload(name, content)], PACKAGE)
    assert _has_errors(reading) and not reading.tables


@BOUNDED
@given(st.data())
def test_spoilt_bytes_of_good_files(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(SEEDS)))
    _spoil(content, data)
    _is_whole(read_delivery([Upload("a", bytes(content))], PACKAGE))


@BOUNDED
@given(st.data())
def test_spoilt_parts_of_workbooks(data: st.DataObject) -> None:
    spoilt = data.draw(st.sampled_from(PARTS))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SEEDS[3])) as whole, zipfile.ZipFile(buffer, "w") as archive:
        for name in whole.namelist():
            content = bytearray(whole.read(name))
            if name == spoilt:
                _spoil(content, data)
            archive.writestr(name, bytes(content))
    _is_whole(read_delivery([Upload("a.xlsx", buffer.getvalue())], PACKAGE))


CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "330602",
            "2024-09",
            "12",
            "1,234",
            "85%",
            "—",
            "#REF!",
            "合计",
            "注：",
            "越城",
            "=A1",
            "机构数",
            "区县代码",
            "1.5E+3",
            "45536",
            "𠮷",
            "a\nb",
            '"',
            "\u200b",
            " ",
            "1e999",
            "٣",
            "1.5万",
        ]
    ),
    st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=6),
)
# Findings of a table as a whole: all its rows are under them.
OF_THE_TABLE = {"missing_column", "repeated_column", "quotes"}


@BOUNDED
@given(st.lists(st.lists(CELLS, min_size=1, max_size=7), max_size=8))
def test_every_row_is_read_left_out_or_under_a_finding(rows: list[list[str]]) -> None:
    header = list(PACKAGE.resource("tutoring_months").headers)
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([header, *rows])
    reading = read_delivery([Upload("a.csv", buffer.getvalue().encode())], PACKAGE)
    told = sum(each.count for each in reading.normalised if each.kind in LEFT_OUT)
    read = sum(len(table.frame) for table in reading.tables)
    # A row under a finding of its own is in no table.
    alone = sum(each.kind == "ragged" for each in reading.findings)
    refused = any(each.kind in OF_THE_TABLE for each in reading.findings)
    assert refused or read + told + alone == len(rows)
    _is_whole(reading)


def _spoil(content: bytearray, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, max(len(content) - 1, 0)))
        match data.draw(st.sampled_from(("change", "remove", "insert", "cut", "double"))):
            case "change":
                content[at : at + 1] = data.draw(st.binary(min_size=1, max_size=1))
            case "remove":
                del content[at : at + data.draw(st.integers(1, 40))]
            case "insert":
                content[at:at] = data.draw(st.binary(max_size=8))
            case "cut":
                del content[max(at, len(content) // 2) :]
            case "double":
                content[at:at] = content[at : at + data.draw(st.integers(1, 60))]


def _is_whole(reading: ReadDelivery) -> None:
    """A file ends somewhere, and the two frames of a table lie on each other."""
    assert reading.tables or reading.findings or reading.questions
    for table in reading.tables:
        assert list(table.frame.columns) == list(table.original.columns)
        assert len(table.frame) == len(table.original) > 0
        assert table.frame["_row"].is_monotonic_increasing


def _has_errors(reading: ReadDelivery) -> bool:
    return any(each.severity == "error" for each in reading.findings)
