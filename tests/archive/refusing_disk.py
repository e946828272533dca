"""A process whose disk refuses: run by test_survives.py, mostly on a small disk of its own."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from pathlib import Path

from dashboard.archive import Archive, ArchiveError
from tests.archive.tiny import publish, pupils_shown, write_exports

_PAGE = 4096


def full(disk: Path) -> None:
    """Let the disk get full at another moment every time."""
    archive = _with_a_version(disk)
    ballast = disk / "ballast"
    free = _fill(ballast)
    refused = published = 0
    for pages in range(min(free, 24)):
        with ballast.open("r+b") as file:
            file.truncate((free - pages) * _PAGE)
        before = pupils_shown(archive)
        try:
            publish(archive, 100 + pages)
            published += 1
        except ArchiveError as error:
            refused += 1
            assert "磁盘已满" in error.message_zh and "disk is full" in error.message_en, error
            assert pupils_shown(Archive(disk / "deliveries", disk / "data")) == before
        assert archive.verify() == [] and archive.shown().troubles == ()
        assert archive.verify_audit().is_sound
        assert list(disk.glob("deliveries/versions/.*")) == []
        _fill(ballast)
    assert refused and published, (refused, published)
    ballast.unlink()
    publish(archive, 999)
    assert pupils_shown(archive) == 999 and archive.verify_audit().unfinished == ()


def read_only(disk: Path) -> None:
    """Make the disk read-only under a running archive, and writable again."""
    archive = _with_a_version(disk)
    delivery = archive.pending.put([("a.csv", b"a")], deliverer="")
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    attempts = (
        lambda: publish(archive, 8),
        lambda: archive.roll_back("v0001", publisher="", reason=""),
        lambda: archive.prune(1, 0),
        lambda: archive.record_refusal("", ""),
        lambda: archive.pending.put([("b.csv", b"b")], deliverer=""),
        lambda: archive.pending.remove(delivery.id),
    )
    for attempt in attempts:
        try:
            attempt()
        except ArchiveError as error:
            assert "只读" in error.message_zh and "read-only" in error.message_en, error
        else:
            raise AssertionError("the disk did not refuse")
    lease = archive.hold("v0002")
    assert pupils_shown(Archive(disk / "deliveries", disk / "data")) == 7
    lease.release()
    assert archive.verify() == [] and archive.verify_audit().is_sound
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    publish(archive, 8)
    assert pupils_shown(archive) == 8


def file_too_large(disk: Path) -> None:
    """Let the system cut every file off at some length, which tears the log as well."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    archive = _with_a_version(disk)
    log = disk / "deliveries" / "audit.jsonl"
    for length in (8, 60, log.stat().st_size + 20):
        resource.setrlimit(resource.RLIMIT_FSIZE, (length, resource.RLIM_INFINITY))
        try:
            archive.roll_back("v0001", publisher="", reason="")
        except ArchiveError as error:
            assert "文件超过允许的大小" in error.message_zh, error
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        assert archive.shown().troubles == () and archive.verify_audit().is_sound
    # The last attempt moved the pointer and tore the log: the entry is made up for.
    assert pupils_shown(archive) == 0
    assert len(archive.verify_audit().unfinished) == 2
    publish(archive, 8)
    assert archive.verify_audit().unfinished == ()
    actions = [entry.action for entry in archive.audit()]
    assert actions == ["adopt", "publish", "repair", "roll_back", "publish"]


def _with_a_version(disk: Path) -> Archive:
    write_exports(disk / "data", 0)
    archive = Archive(disk / "deliveries", disk / "data")
    publish(archive, 7)
    return archive


def _fill(ballast: Path) -> int:
    """Take all room that is left; return the pages of the ballast."""
    with ballast.open("ab", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * _PAGE)
        except OSError:
            return file.tell() // _PAGE


if __name__ == "__main__":
    {"full": full, "read_only": read_only, "file_too_large": file_too_large}[sys.argv[1]](
        Path(sys.argv[2])
    )
