"""What is refused before it is read: too large, still being written, no file."""

from __future__ import annotations

import io
import threading
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from dashboard import settings
from dashboard.contract import Package, load_package
from dashboard.deliveries.model import Upload
from dashboard.deliveries.reading.delivery import RefusedError, read_delivery, upload_of
from dashboard.deliveries.reading.sources import clean_name


@pytest.fixture(scope="module")
def package() -> Package:
    return load_package(settings.DATAPACKAGE)


def _refusal(path: Path) -> str:
    with pytest.raises(RefusedError) as refused:
        upload_of(path)
    finding = refused.value.finding
    assert finding.severity == "error" and path.name in finding.message_zh
    return finding.kind


def test_a_gigabyte_of_garbage_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "garbage.csv"
    with path.open("wb") as stream:
        stream.truncate(1024**3)
    tracemalloc.start()
    try:
        assert _refusal(path) == "too_large"
        assert tracemalloc.get_traced_memory()[1] < 1024**2
    finally:
        tracemalloc.stop()


def test_a_file_that_grows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "growing.csv"
    path.write_bytes(b"a,b\n")

    def grow() -> None:
        time.sleep(0.3)
        with path.open("ab") as stream:
            stream.write(b"1,2\n")

    writer = threading.Thread(target=grow)
    writer.start()
    assert _refusal(path) == "growing"
    writer.join()
    assert _refusal(tmp_path / "a.xlsx.crdownload") == "growing"


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    assert _refusal(tmp_path) == "unreadable"
    assert _refusal(tmp_path / "gone.csv") == "unreadable"


def test_a_bomb_is_refused_before_it_unpacks(package: Package) -> None:
    """Dense archives of every kind end in one finding, whatever they say of themselves."""
    bombs = {}
    for name in ("a.csv", "xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            with archive.open(name, "w", force_zip64=True) as stream:
                for _ in range(300):
                    stream.write(bytes(1024**2))
            archive.writestr("[Content_Types].xml" if name != "a.csv" else "b.csv", b"")
        bombs[name] = buffer.getvalue()
    # An archive that understates what it holds: the declared size is all that is unpacked.
    liar = bytearray(bombs["a.csv"])
    central = liar.index(b"PK\x01\x02")
    liar[central + 24 : central + 28] = (100).to_bytes(4, "little")
    bombs["liar"] = bytes(liar)
    tracemalloc.start()
    try:
        for name, content in bombs.items():
            reading = read_delivery([Upload("bomb", content)], package)
            kinds = {finding.kind for finding in reading.findings}
            assert kinds <= {"too_large_unpacked", "broken_archive", "empty_file"} and kinds, name
            assert not reading.tables
        assert tracemalloc.get_traced_memory()[1] < 30 * 1024**2
    finally:
        tracemalloc.stop()


def test_a_document_type_in_a_workbook_is_refused(package: Package) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("xl/_rels/workbook.xml.rels", "<a/>")
        archive.writestr(
            "xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'
        )
    reading = read_delivery([Upload("a.xlsx", buffer.getvalue())], package)
    assert [finding.kind for finding in reading.findings] == ["broken_archive"]


def test_a_part_cannot_choose_its_codec(package: Package) -> None:
    """An encoding that Python would look up and run over the part is not looked up."""
    for name in ("TF-8", "rot13", "base64", "utf-7", "idna"):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("[Content_Types].xml", "")
            archive.writestr(
                "xl/_rels/workbook.xml.rels", f'<?xml version="1.0" encoding="{name}"?><a/>'
            )
            archive.writestr("xl/workbook.xml", f'<?xml version="1.0" encoding="{name}"?><a/>')
        assert read_delivery([Upload("a.xlsx", buffer.getvalue())], package).findings


def test_names_lose_their_folders_and_what_nobody_sees(package: Package) -> None:
    assert clean_name("../../etc/passwd") == "passwd"
    assert clean_name("C:\\导出\\体质.csv") == "体质.csv"
    assert clean_name("a\n\u202eb.csv") == "ab.csv"
    assert clean_name("..") == "unnamed"
    assert len(clean_name("长" * 300 + ".csv")) <= 120
    names = [Upload("a/x.csv", b""), Upload("b/x.csv", b"")]
    assert [each.name for each in read_delivery(names, package).uploads] == ["x.csv", "x (2).csv"]
