"""Full disks, read-only folders, damaged files, several publishers: the last good version stays."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from dashboard.archive import Archive, ArchiveError, BusyError
from dashboard.archive import writer as publishing_module
from dashboard.archive.disk import sync_folder
from dashboard.settings import ROOT
from tests.archive.tiny import publish, pupils_shown

_UNSHARE = ["unshare", "-m"] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["unshare", "-rm"]
_MOUNT = (
    'mount -t tmpfs -o size="$1" none "$2" && exec "$3" -m tests.archive.refusing_disk "$4" "$2"'
)


def _may_mount() -> bool:
    """Whether this system lets a test have a disk of its own: root may, others on most Linuxes."""
    if not shutil.which("unshare"):
        return False
    probe = [*_UNSHARE, "mount", "-t", "tmpfs", "none", "/tmp"]
    return subprocess.run(probe, capture_output=True).returncode == 0


may_mount = pytest.mark.skipif(not _may_mount(), reason="this system allows no disk of its own")


def on_a_disk_of(size: str, scenario: str, tmp_path: Path) -> None:
    command = [*_UNSHARE, "sh", "-c", _MOUNT, "sh", size, str(tmp_path), sys.executable, scenario]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


@may_mount
def test_a_full_disk_refuses_in_plain_words_and_loses_nothing(tmp_path: Path) -> None:
    on_a_disk_of("640k", "full", tmp_path)


@may_mount
def test_a_read_only_disk_still_shows_what_was_published(tmp_path: Path) -> None:
    on_a_disk_of("1m", "read_only", tmp_path)


def test_a_write_that_is_cut_off_loses_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.archive.refusing_disk", "file_too_large", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_two_publishers_at_once_one_wins(archive: Archive, folder: Path, data_dir: Path) -> None:
    publish(archive, 7)
    go = folder.parent / "go"
    script = (
        "import sys, time, pathlib\n"
        "from dashboard.archive import Archive, VersionConflictError\n"
        "from tests.archive.tiny import publish\n"
        f"archive = Archive(pathlib.Path({str(folder)!r}), pathlib.Path({str(data_dir)!r}))\n"
        f"while not pathlib.Path({str(go)!r}).exists(): time.sleep(0.001)\n"
        "try:\n"
        "    print(publish(archive, int(sys.argv[1]), 'v0002', publisher=sys.argv[1]).id)\n"
        "except VersionConflictError as conflict:\n"
        "    print('conflict', conflict.current.id, conflict.actor)\n"
    )
    publishers = [
        subprocess.Popen(
            [sys.executable, "-c", script, count], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for count in ("11", "12")
    ]
    go.touch()
    said = [publisher.communicate(timeout=60)[0].strip() for publisher in publishers]
    winner = pupils_shown(archive)
    assert winner in (11, 12)
    assert sorted(said) == sorted(["v0003", f"conflict v0003 {winner}"])
    assert archive.verify() == [] and archive.verify_audit().is_sound


def test_whoever_waits_too_long_is_told(
    archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(archive, 7)
    monkeypatch.setattr(publishing_module, "_LOCK_SECONDS", 0.01)
    with FileLock(folder / ".lock"), pytest.raises(BusyError, match="Somebody else"):
        publish(archive, 8)
    assert pupils_shown(archive) == 7


def test_where_folders_cannot_be_synced_they_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.archive.disk.os.name", "nt")
    monkeypatch.setattr("dashboard.archive.disk.os.open", None)
    sync_folder(tmp_path)


# ---- damage -------------------------------------------------------------------------------------


def three_versions(archive: Archive) -> None:
    for count in (7, 8, 9):
        publish(archive, count)


def overwrite(path: Path, content: bytes) -> None:
    path.unlink()
    path.write_bytes(content)


@pytest.mark.parametrize("content", [b"", b"{", b'{"version": "v9"}', b"\xff\x00", None])
def test_a_lost_or_corrupt_pointer_is_made_up_for_by_the_log(
    archive: Archive, folder: Path, content: bytes | None
) -> None:
    three_versions(archive)
    archive.roll_back("v0003", publisher="", reason="")
    pointer = folder / "current.json"
    pointer.unlink() if content is None else pointer.write_bytes(content)
    shown = archive.shown()
    assert pupils_shown(archive) == 8
    assert [trouble.file for trouble in shown.troubles] == ["current.json"]
    assert "v0003" in shown.troubles[0].message_zh and "rollback" in shown.troubles[0].message_en
    publish(archive, 10, expected="v0003")
    assert archive.shown().troubles == () and pupils_shown(archive) == 10
    assert archive.verify_audit().is_sound


def test_without_pointer_and_log_the_newest_good_version_is_shown(
    archive: Archive, folder: Path
) -> None:
    three_versions(archive)
    (folder / "current.json").unlink()
    (folder / "audit.jsonl").unlink()
    overwrite(folder / "versions" / "v0004" / "manifest.json", b"nothing")
    assert pupils_shown(archive) == 8
    said = [trouble.message_zh for trouble in archive.shown().troubles]
    assert "current.json" in said[0] and "v0004 受损：manifest.json 无法读取" in said[1]
    assert [manifest.id for manifest in archive.manifests()] == ["v0003", "v0002", "v0001"]
    assert publish(archive, 10).id == "v0005"


def changed(folder: Path) -> None:
    overwrite(folder / "在校生.csv", (folder / "在校生.csv").read_bytes().replace(b"9", b"8"))


@pytest.mark.parametrize(
    ("harm", "kind", "file"),
    [
        (lambda folder: (folder / "在校生.csv").unlink(), "missing", "在校生.csv"),
        (changed, "changed", "在校生.csv"),  # of the same length
        (lambda folder: (folder / "多余.csv").touch(), "unexpected", "多余.csv"),
        (lambda folder: (folder / "SYNTHETIC").unlink(), "missing", "SYNTHETIC"),
        (lambda folder: (folder / "manifest.json").unlink(), "missing", "manifest.json"),
        (lambda folder: overwrite(folder / "manifest.json", b"{"), "unreadable", "manifest.json"),
        (lambda folder: shutil.rmtree(folder), "missing", "manifest.json"),
    ],
)
def test_a_damaged_version_gives_way_to_the_one_it_was_made_from(
    archive: Archive,
    data_dir: Path,
    folder: Path,
    harm: Callable[[Path], None],
    kind: str,
    file: str,
) -> None:
    (data_dir / "SYNTHETIC").touch()
    publish(archive, 7)
    publish(archive, 8)
    archive.roll_back("v0002", publisher="", reason="八月有误")
    candidate = data_dir.parent / "candidate"
    shutil.copytree(archive.shown_folder(), candidate)
    overwrite(candidate / "在校生.csv", "代码,人数\n330602,9\n".encode())
    archive.publish(
        candidate, expected="v0002", publisher="", reason="", resources={}, contract="1.0.0"
    )
    whole = archive.shown()
    backup = shutil.copytree(folder / "versions" / "v0004", folder.parent / "backup")
    harm(folder / "versions" / "v0004")
    shown = archive.shown()
    assert (shown.wanted, pupils_shown(archive)) == ("v0004", 7)  # not v0003, which was wrong
    (trouble,) = shown.troubles
    assert trouble.file == file
    assert "当前版本 v0004 受损" in trouble.message_zh and "v0002" in trouble.message_en
    assert [(found.version, found.file, found.kind) for found in archive.verify()] == [
        ("v0004", file, kind)
    ]
    shutil.rmtree(folder / "versions" / "v0004", ignore_errors=True)
    shutil.copytree(backup, folder / "versions" / "v0004")
    assert archive.shown() == whole  # restored from the backup


def test_publishing_goes_on_upon_the_version_that_is_shown(archive: Archive) -> None:
    three_versions(archive)
    (archive.folder("v0004") / "在校生.csv").unlink()
    with pytest.raises(ArchiveError):
        publish(archive, 10, expected="v0004")
    published = publish(archive, 10)
    assert (published.id, published.base) == ("v0005", "v0003")
    assert archive.shown().troubles == ()


def test_when_no_version_is_good_nothing_is_published_over_it(
    archive: Archive, data_dir: Path
) -> None:
    publish(archive, 7)
    for version_id in ("v0001", "v0002"):
        (archive.folder(version_id) / "在校生.csv").unlink()
    shown = archive.shown()
    assert shown.folder is None and archive.current() is None
    for attempt in (lambda: archive.shown_folder(), lambda: publish(archive, 8)):
        with pytest.raises(ArchiveError, match="No other version is good"):
            attempt()
    assert archive.prune(1, 0) == []


def test_a_version_that_never_came_into_effect_is_listed_and_its_number_not_used(
    archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(archive, 7)
    replace = os.replace

    def killed(source: Path, target: Path) -> None:
        if target.name == "current.json":
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr("dashboard.archive.writer.os.replace", killed)
    with pytest.raises(KeyboardInterrupt):
        publish(archive, 8)
    monkeypatch.undo()
    assert pupils_shown(archive) == 7
    assert [manifest.id for manifest in archive.manifests()] == ["v0002", "v0001"]
    assert [manifest.id for manifest in archive.unpublished()] == ["v0003"]
    assert publish(archive, 9).id == "v0004"
    archive.roll_back("v0003", publisher="李老师", reason="核对无误")
    assert pupils_shown(archive) == 8 and archive.unpublished() == []
    assert json.loads((folder / "current.json").read_bytes())["version"] == "v0003"


def test_a_folder_that_cannot_be_read_is_not_taken_for_an_empty_one(
    archive: Archive, folder: Path
) -> None:
    folder.write_text("a file in place of the folder", encoding="utf-8")
    shown = archive.shown()
    assert shown.folder is None and "current.json" in shown.troubles[0].message_en
    with pytest.raises(ArchiveError):
        publish(archive, 7)
