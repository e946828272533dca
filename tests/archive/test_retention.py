"""How long exports are kept: never those that somebody needs, and always the way to the source."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from dashboard.archive import Archive, Manifest, UnknownVersionError, retention
from dashboard.settings import ROOT
from tests.archive.tiny import publish, pupils_shown


def published(number: int, month: str) -> Manifest:
    return Manifest(
        id=f"v{number:04d}",
        published_at=datetime.fromisoformat(f"{month}-15T08:00:00+08:00"),
        publisher="",
        reason="",
        base=f"v{number - 1:04d}" if number > 1 else None,
        files={},
    )


def test_only_what_is_beyond_both_limits_goes() -> None:
    months = ["2023-01", "2023-02", "2023-03", "2024-01", "2024-02", "2024-03"]
    manifests = [published(number, month) for number, month in enumerate(months, start=1)]
    today = datetime.fromisoformat("2024-03-31T08:00:00+08:00")

    def beyond(versions: int, of_months: int, *keep: str) -> list[str]:
        return retention.beyond(manifests, keep, versions=versions, months=of_months, today=today)

    assert beyond(3, 3) == ["v0003", "v0002"]  # v0001 has no delivery to be made of again
    assert beyond(5, 3) == [] and beyond(1, 15) == []
    assert beyond(1, 3) == ["v0003", "v0002"]
    assert beyond(1, 2) == ["v0004", "v0003", "v0002"]
    assert beyond(1, 2, "v0004", "v0002") == ["v0003"]


def test_what_is_pruned_can_still_be_followed_to_its_source(archive: Archive) -> None:
    for count in (7, 8, 9, 10):
        publish(archive, count)
    pruned = archive.manifest("v0002")
    assert archive.prune(1, 0) == ["v0003", "v0002"]  # v0004 is the one to go back to
    assert not archive.is_kept("v0002") and archive.is_kept("v0004")
    assert archive.manifest("v0002") == pruned and pruned in archive.manifests()
    assert archive.segments("v0002")[1].file == "delivered.xlsx"
    assert archive.original("v0002", pruned.originals[0].sha256) == "人数 7".encode()
    for use in (
        lambda: archive.folder("v0002"),
        lambda: archive.roll_back("v0002", publisher="", reason=""),
    ):
        with pytest.raises(UnknownVersionError):
            use()
    assert archive.verify() == [] and archive.verify_audit().is_sound
    assert [entry.version for entry in archive.audit() if entry.action == "prune"] == [
        "v0003",
        "v0002",
    ]
    assert archive.prune(1, 0) == []
    assert pupils_shown(archive) == 10


def test_the_one_to_go_back_to_is_a_good_one(archive: Archive) -> None:
    for count in (7, 8, 9, 10):
        publish(archive, count)
    (archive.folder("v0004") / "在校生.csv").unlink()
    assert archive.prune(1, 0) == ["v0004", "v0002"]  # v0004 is lost already
    archive.roll_back("v0003", publisher="", reason="")


def test_nothing_goes_while_anything_is_wrong(archive: Archive, folder: Path) -> None:
    for count in (7, 8, 9):
        publish(archive, count)
    (folder / "current.json").unlink()
    assert archive.prune(1, 0) == []


def test_every_publish_prunes_by_the_settings(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("DELIVERIES_KEEP_VERSIONS", "DELIVERIES_KEEP_MONTHS"):
        monkeypatch.setenv(variable, "1")
    for count in (7, 8, 9):
        publish(archive, count)
    assert archive.is_kept("v0002")  # of this month
    monkeypatch.setattr(retention, "beyond", lambda *_, **limits: ["v0002"])
    monkeypatch.setenv("DELIVERIES_KEEP_MONTHS", "all")  # no number: nothing is deleted
    publish(archive, 10)
    assert archive.is_kept("v0002")
    monkeypatch.setenv("DELIVERIES_KEEP_MONTHS", "1")
    publish(archive, 11)
    assert not archive.is_kept("v0002")


def test_a_lease_ends_with_its_process_however_that_ends(
    archive: Archive, folder: Path, data_dir: Path
) -> None:
    for count in (7, 8, 9, 10):
        publish(archive, count)
    script = (
        "import sys, pathlib\n"
        "from dashboard.archive import Archive\n"
        "lease = Archive(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])).hold('v0002')\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, folder, data_dir],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
    own = archive.hold("v0003")
    assert archive.prune(1, 0) == []
    own.release()
    assert archive.prune(1, 0) == ["v0003"]
    holder.kill()
    holder.communicate()
    assert archive.prune(1, 0) == ["v0002"]
    assert list((folder / "in-use").iterdir()) == []
