"""Publishing, going back, and what is written down of both."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

import pytest

from dashboard.archive import (
    Archive,
    ArchiveError,
    Passed,
    UnknownVersionError,
    VersionConflictError,
)
from tests.archive.tiny import publish, pupils_shown


def test_shows_the_data_folder_until_something_is_published(
    archive: Archive, data_dir: Path, folder: Path
) -> None:
    assert archive.shown_folder() == data_dir
    assert archive.current() is None and archive.manifests() == [] and archive.audit() == ()
    assert not folder.exists()


def test_the_first_publish_takes_the_data_folder_up(archive: Archive, data_dir: Path) -> None:
    (data_dir / "SYNTHETIC").write_text("made up", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in data_dir.iterdir()}
    second = publish(archive, 7)
    newest, first = archive.manifests()
    assert (newest, newest.id, newest.base) == (second, "v0002", "v0001")
    assert (first.id, first.base, first.publisher, first.reason) == ("v0001", None, "", "初始数据")
    for manifest in (first, second):  # the mark goes on, for not all rows are replaced
        assert manifest.is_sample and (archive.folder(manifest.id) / "SYNTHETIC").is_file()
    assert {file: stored.rows for file, stored in first.files.items()} == {
        "区县.csv": 2,
        "在校生.csv": 1,  # the blank row is none
    }
    counties, pupils = archive.segments("v0001")
    assert (counties.resource, counties.version, counties.last) == ("counties", "v0001", 3)
    assert (pupils.resource, pupils.file, pupils.last) == ("pupils", "在校生.csv", 3)
    assert {path.name: path.read_bytes() for path in data_dir.iterdir()} == before
    assert pupils_shown(archive) == 7


def test_a_manifest_says_who_why_and_what(archive: Archive) -> None:
    passed = (Passed(warning="人数减半", reason="撤并"),)
    published = publish(archive, 7, passed=passed, checks=("keys", "sums"))
    assert archive.manifest(published.id) == published
    assert (published.publisher, published.reason) == ("王老师", "7 人")
    assert (published.passed, published.checks) == (passed, ("keys", "sums"))
    (original,) = published.originals
    assert original.name == "delivered.xlsx"
    assert archive.original(published.id, original.sha256) == "人数 7".encode()
    stored = published.files["在校生.csv"]
    content = (archive.folder(published.id) / "在校生.csv").read_bytes()
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert (stored.size, stored.rows) == (len(content), 1)
    assert [segment.version for segment in archive.segments(published.id)] == ["v0001", "v0002"]


def test_no_name_from_outside_becomes_a_path(archive: Archive, folder: Path) -> None:
    publish(archive, 7, originals=[("../../../escaped.csv", b"x"), ("again.csv", b"x")])
    assert list(folder.parent.rglob("*escaped*")) == []
    assert [original.name for original in archive.manifest("v0002").originals] == [
        "../../../escaped.csv",
        "again.csv",
    ]
    for wrong in ("..", "v1", "v0001/..", "v00011x", ""):
        with pytest.raises(UnknownVersionError):
            archive.folder(wrong)


def test_files_of_a_version_are_read_only(archive: Archive) -> None:
    publish(archive, 7)
    for path in archive.folder("v0002").rglob("*"):
        if path.is_file():
            assert not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)


def test_who_comes_second_is_told_behind_whom(archive: Archive) -> None:
    publish(archive, 7)
    with pytest.raises(VersionConflictError) as conflict:
        publish(archive, 8, expected=None, publisher="李老师")
    assert conflict.value.current == archive.current()
    assert conflict.value.actor == "王老师" and conflict.value.at is not None
    assert "v0002" in conflict.value.message_zh and "王老师" in conflict.value.message_en
    assert pupils_shown(archive) == 7
    assert [entry.action for entry in archive.audit()] == ["adopt", "publish", "refuse"]
    publish(archive, 8, expected="v0002")  # rebased
    assert pupils_shown(archive) == 8


def test_going_back_and_forth_copies_nothing_and_reuses_no_number(archive: Archive) -> None:
    publish(archive, 7)
    publish(archive, 8)
    archive.roll_back("v0002", publisher="李老师", reason="八月误报")
    assert pupils_shown(archive) == 7
    with pytest.raises(VersionConflictError) as conflict:
        publish(archive, 9, expected="v0003")
    assert conflict.value.actor == "李老师"
    assert publish(archive, 9).id == "v0004"
    assert archive.manifest("v0004").base == "v0002"
    archive.roll_back("v0003", publisher="李老师", reason="原来是对的", expected="v0004")
    assert pupils_shown(archive) == 8
    assert [manifest.id for manifest in archive.manifests()] == ["v0004", "v0003", "v0002", "v0001"]
    assert archive.verify() == [] and archive.verify_audit().is_sound


def test_refuses_to_go_back_to_what_is_not_there(archive: Archive) -> None:
    publish(archive, 7)
    with pytest.raises(UnknownVersionError):
        archive.roll_back("v0009", publisher="", reason="")
    with pytest.raises(ArchiveError, match="v0002 is the current version"):
        archive.roll_back("v0002", publisher="", reason="")
    with pytest.raises(VersionConflictError):
        archive.roll_back("v0001", publisher="", reason="", expected="v0001")
    stored = archive.folder("v0001") / "区县.csv"
    os.chmod(stored, 0o600)
    stored.write_text("改过", encoding="utf-8")
    with pytest.raises(ArchiveError, match="damaged"):
        archive.roll_back("v0001", publisher="", reason="")
    assert pupils_shown(archive) == 7


def test_another_process_sees_the_new_version_at_once(
    archive: Archive, folder: Path, data_dir: Path
) -> None:
    other = Archive(folder, data_dir)
    assert pupils_shown(other) == 0
    publish(archive, 7)
    assert pupils_shown(other) == 7
    archive.roll_back("v0001", publisher="", reason="")
    assert pupils_shown(other) == 0
