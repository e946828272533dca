"""The log: what it says, and that nobody can change it unnoticed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.archive import Archive
from tests.archive.tiny import publish

Lines = list[bytes]


@pytest.fixture
def log(archive: Archive, folder: Path) -> Path:
    """The log of five entries."""
    publish(archive, 7)
    publish(archive, 8)
    archive.roll_back("v0002", publisher="李老师", reason="八月误报")
    archive.record_refusal("王老师", "3 处错误")
    return folder / "audit.jsonl"


def test_says_who_did_what_when_and_why(archive: Archive, log: Path) -> None:
    entries = archive.audit()
    assert [(entry.number, entry.action, entry.version, entry.actor) for entry in entries] == [
        (1, "adopt", "v0001", ""),
        (2, "publish", "v0002", "王老师"),
        (3, "publish", "v0003", "王老师"),
        (4, "roll_back", "v0002", "李老师"),
        (5, "refuse", None, "王老师"),
    ]
    assert entries[3].reason == "八月误报"
    assert all(entry.at.tzinfo for entry in entries)
    report = archive.verify_audit()
    assert report.is_sound and report.unfinished == () and report.entries == 5


def edit(lines: Lines) -> Lines:
    return [lines[0], lines[1].replace("王".encode(), "赵".encode()), *lines[2:]]


def rewrite_spaces(lines: Lines) -> Lines:
    return [lines[0], lines[1].replace(b'":', b'": '), *lines[2:]]


def take_out(lines: Lines) -> Lines:
    return [lines[0], *lines[2:]]


def put_in_twice(lines: Lines) -> Lines:
    return [lines[0], lines[0], *lines[1:]]


def swap(lines: Lines) -> Lines:
    return [lines[0], lines[2], lines[1], *lines[3:]]


def spoil(lines: Lines) -> Lines:
    return [lines[0], b"\xff\x00", *lines[2:]]


def cut_off_the_start(lines: Lines) -> Lines:
    return lines[1:]


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        (edit, 2),
        (rewrite_spaces, 2),
        (take_out, 2),
        (put_in_twice, 2),
        (swap, 2),
        (spoil, 2),
        (cut_off_the_start, 1),
    ],
)
def test_names_the_first_line_that_was_tampered_with(
    archive: Archive, log: Path, change: Callable[[Lines], Lines], broken: int
) -> None:
    lines = log.read_bytes().splitlines()
    log.write_bytes(b"\n".join(change(lines)) + b"\n")
    report = archive.verify_audit()
    assert not report.is_sound and report.broken == broken
    assert f"第 {broken} 行" in report.troubles[0].message_zh
    publish(archive, 9)  # work goes on, and does not hide it
    assert archive.verify_audit().broken == broken


def test_knows_that_its_end_was_cut_off(archive: Archive, log: Path) -> None:
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[:2]))
    report = archive.verify_audit()
    assert report.broken is None and not report.is_sound
    assert "只有 2 行，应至少有 4 行" in report.troubles[0].message_zh


def test_an_effect_whose_entry_was_not_written_is_logged_by_the_next_who_writes(
    archive: Archive, log: Path
) -> None:
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(lines[:3]))
    report = archive.verify_audit()
    assert report.is_sound and "v0002 已生效" in report.unfinished[0].message_zh
    archive.record_refusal("", "")
    assert [entry.action for entry in archive.audit()][3:] == ["roll_back", "refuse"]
    assert archive.audit()[3].actor == "李老师"
    assert archive.verify_audit().unfinished == ()


@pytest.mark.parametrize("length", [1, 100, -1])
def test_a_torn_last_line_is_healed_and_nothing_before_it_lost(
    archive: Archive, log: Path, length: int
) -> None:
    *before, last = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(before) + last[:length])
    report = archive.verify_audit()
    assert report.is_sound and "没有写完" in report.unfinished[0].message_zh
    archive.record_refusal("王老师", "再次")
    assert log.read_bytes().startswith(b"".join(before))
    assert [entry.action for entry in archive.audit()][4:] == ["repair", "refuse"]
    assert archive.verify_audit().is_sound and archive.verify_audit().unfinished == ()


def test_vouches_for_the_manifests(archive: Archive, log: Path, folder: Path) -> None:
    manifest = folder / "versions" / "v0003" / "manifest.json"
    content = manifest.read_bytes()
    manifest.unlink()
    manifest.write_bytes(content.replace("王".encode(), "赵".encode()))
    report = archive.verify_audit()
    assert report.broken is None and not report.is_sound
    assert "v0003" in report.troubles[0].message_zh and "第 3 行" in report.troubles[0].message_zh
