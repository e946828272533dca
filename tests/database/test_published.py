"""What a process shows of the archive: the version in effect, or the last good one and why."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from dashboard.archive import Archive
from dashboard.data import Database, Inputs, open_inputs
from dashboard.data import live as versions_module
from dashboard.data.live import State, Versions
from dashboard.settings import SYNTHETIC_MARK
from tests.database.tiny_delivery import SCHOOLS, write


@pytest.fixture
def archive(inputs: Inputs, tmp_path: Path) -> Archive:
    return Archive(tmp_path / "deliveries", inputs.data_dir)


@pytest.fixture
def versions(inputs: Inputs, archive: Archive) -> Versions:
    return versions_of(inputs, archive)


def versions_of(inputs: Inputs, archive: Archive) -> Versions:
    return Versions(
        archive=archive,
        plan_dir=inputs.plan_dir,
        queries_dir=inputs.queries_dir,
        package_path=inputs.package_path,
    )


def publish(archive: Archive, tmp_path: Path, pupils: int) -> str:
    candidate = tmp_path / f"candidate-{pupils}"
    shutil.copytree(archive.shown_folder(), candidate)
    exports = candidate / "学校名录.csv"
    exports.unlink()
    write(exports, SCHOOLS.replace("820", str(pupils)))
    current = archive.current()
    published = archive.publish(
        candidate,
        expected=current.id if current else None,
        publisher="王老师",
        reason="",
        resources={},
        contract="1.0.0",
    )
    return published.id


def pupils(state: State) -> int:
    assert state.database is not None
    frame = state.database.run_query("teachers/pupils", year=2024, counties=["330602"])
    return int(frame["pupils"][0])


def database(state: State) -> Database:
    assert state.database is not None
    return state.database


def damage(archive: Archive, version_id: str) -> None:
    (archive.folder(version_id) / "学校名录.csv").unlink()


def test_follows_what_is_published_and_rolled_back(
    inputs: Inputs, archive: Archive, versions: Versions, tmp_path: Path
) -> None:
    (inputs.data_dir / SYNTHETIC_MARK).touch()
    started_with = versions.current()
    assert pupils(started_with) == 820
    assert database(started_with).published is None
    publish(archive, tmp_path, 999)
    state = versions.current()
    assert pupils(state) == 999 and not state.stale and state.problems == []
    assert database(state).published == archive.manifest("v0002")
    assert database(state).version_id == "v0002" and database(state).is_sample
    assert pupils(started_with) == 820  # an open presentation keeps its numbers
    archive.roll_back("v0001", publisher="", reason="")
    assert pupils(versions.current()) == 820
    assert database(versions.current()).version_id == "v0001"
    write(inputs.data_dir / "学校名录.csv", SCHOOLS.replace("820", "7"))
    assert pupils(versions.current()) == 820  # the data folder is no longer what is shown


def test_what_a_preview_has_built_is_shown_once_it_is_published(
    inputs: Inputs,
    archive: Archive,
    versions: Versions,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    versions.current()
    publish(archive, tmp_path, 999)
    built = open_inputs(msgspec.structs.replace(inputs, data_dir=tmp_path / "candidate-999"))
    versions.hand_over(built)
    with monkeypatch.context() as patch:
        patch.setattr(versions_module, "open_inputs", None)  # nothing is loaded again
        state = versions.current()
    assert pupils(state) == 999 and not state.stale
    assert database(state).published == archive.manifest("v0002")
    assert database(state).version == built.version and built.published is None
    assert database(versions_of(inputs, archive).current()).version == built.version


@pytest.mark.parametrize("other", ["exports", "queries"])
def test_what_was_built_of_other_files_is_not_shown(
    inputs: Inputs, archive: Archive, versions: Versions, tmp_path: Path, other: str
) -> None:
    versions.current()
    publish(archive, tmp_path, 999)
    candidate = tmp_path / "candidate-999"
    if other == "exports":
        (candidate / "学校名录.csv").unlink()
        write(candidate / "学校名录.csv", SCHOOLS.replace("820", "998"))
    built = open_inputs(msgspec.structs.replace(inputs, data_dir=candidate))
    if other == "queries":
        query = inputs.queries_dir / "teachers" / "pupils.sql"
        query.write_text(query.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    versions.hand_over(built)
    assert pupils(versions.current()) == 999
    assert database(versions.current()).version != built.version


def test_a_damaged_version_stays_in_memory_and_another_process_shows_the_one_before(
    inputs: Inputs, archive: Archive, versions: Versions, tmp_path: Path
) -> None:
    publish(archive, tmp_path, 999)
    versions.current()
    damage(archive, "v0002")
    state = versions.current()
    assert pupils(state) == 999 and state.stale
    (problem,) = state.problems
    assert problem.kind == "archive" and "v0002" in problem.message_zh
    assert "学校名录.csv 缺失" in problem.message_zh and "v0001" in problem.message_zh
    restarted = versions_of(inputs, archive).current()
    assert pupils(restarted) == 820 and restarted.problems == [problem]
    write(archive.folder("v0002") / "学校名录.csv", SCHOOLS.replace("820", "999"))  # restored
    assert pupils(versions.current()) == 999
    assert versions.current().problems == [] and not versions.current().stale


def test_when_no_version_is_good_it_says_so(
    inputs: Inputs, archive: Archive, versions: Versions, tmp_path: Path
) -> None:
    publish(archive, tmp_path, 999)
    versions.current()
    damage(archive, "v0001")
    damage(archive, "v0002")
    assert pupils(versions.current()) == 999
    restarted = versions_of(inputs, archive).current()
    assert restarted.database is None
    assert "没有其他完好的版本" in restarted.problems[0].message_zh


def test_a_corrupt_pointer_costs_nothing_but_a_notice(
    inputs: Inputs,
    archive: Archive,
    versions: Versions,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publish(archive, tmp_path, 998)
    publish(archive, tmp_path, 999)
    archive.roll_back("v0002", publisher="", reason="")
    shown = versions.current()
    (tmp_path / "deliveries" / "current.json").write_bytes(b'{"version": "v00')
    monkeypatch.setattr(versions_module, "open_inputs", None)  # nothing is loaded again
    state = versions.current()
    assert state.database is shown.database and not state.stale
    assert "current.json" in state.problems[0].message_en
    assert "v0002" in state.problems[0].message_en
    archive.roll_back("v0002", publisher="", reason="指针损坏")
    assert versions.current() == shown


def test_what_is_shown_is_not_pruned(
    inputs: Inputs, archive: Archive, versions: Versions, tmp_path: Path
) -> None:
    for count in (996, 997, 998, 999):
        publish(archive, tmp_path, count)
        if count == 997:
            versions.current()
    assert archive.prune(1, 0) == ["v0002"]  # v0003 is in use, v0004 the one to go back to
    assert archive.is_kept("v0003")
    versions.current()
    publish(archive, tmp_path, 1000)
    assert archive.prune(1, 0) == ["v0004", "v0003"]
