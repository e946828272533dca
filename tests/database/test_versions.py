from __future__ import annotations

import gc
import os
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from dashboard.data import Database, Inputs, open_inputs
from dashboard.data import live as versions_module
from dashboard.data.live import State, Versions
from tests.database.tiny_delivery import SCHOOLS, write


@pytest.fixture
def versions(inputs: Inputs) -> Versions:
    return versions_of(inputs)


def versions_of(inputs: Inputs, patience: float = 10.0) -> Versions:
    return Versions(
        inputs.data_dir,
        plan_dir=inputs.plan_dir,
        queries_dir=inputs.queries_dir,
        package_path=inputs.package_path,
        patience=patience,
    )


def pupils(state: State) -> list[int]:
    assert state.database is not None
    frame = state.database.run_query("teachers/pupils", year=2024, counties=["330602"])
    return frame["pupils"].tolist()


def replace(path: Path, content: str) -> None:
    """Put a file in place as a careful system does: written beside it, then renamed."""
    beside = path.with_suffix(".new")
    write(beside, content)
    os.replace(beside, path)


def test_keeps_the_version_while_files_stay_the_same(versions: Versions) -> None:
    first = versions.current()
    assert first.problems == [] and not first.stale
    assert versions.current() is first


def test_picks_up_a_replaced_export(inputs: Inputs, versions: Versions) -> None:
    assert pupils(versions.current()) == [820]
    replace(inputs.data_dir / "学校名录.csv", SCHOOLS.replace("820", "999"))
    assert pupils(versions.current()) == [999]


@pytest.mark.parametrize("kind", ["query", "plan", "package", "mark"])
def test_picks_up_other_changes(inputs: Inputs, versions: Versions, kind: str) -> None:
    path = {
        "query": inputs.queries_dir / "teachers/pupils.sql",
        "plan": inputs.plan_dir / "2024/plan.yaml",
        "package": inputs.package_path,
        "mark": inputs.data_dir / "SYNTHETIC",
    }[kind]
    first = versions.current().database
    content = path.read_text(encoding="utf-8") if path.exists() else ""
    replace(path, content + "\n")
    second = versions.current()
    assert second.problems == []
    assert second.database is not None and first is not None
    assert second.database.version != first.version


def test_a_reader_keeps_the_version_it_started_with(inputs: Inputs, versions: Versions) -> None:
    started_with = versions.current()
    replace(inputs.data_dir / "学校名录.csv", SCHOOLS.replace("820", "999"))
    assert pupils(versions.current()) == [999]
    assert pupils(started_with) == [820]


def test_unusable_files_leave_the_last_good_version_and_say_why(
    inputs: Inputs, versions: Versions
) -> None:
    good = versions.current().database
    replace(inputs.data_dir / "学校名录.csv", SCHOOLS.replace(",1200,", ",很多,"))
    state = versions.current()
    assert state.database is good
    assert state.stale
    (problem,) = state.problems
    assert (problem.file, problem.row, problem.column) == ("学校名录.csv", 4, "在校生数")
    replace(inputs.data_dir / "学校名录.csv", SCHOOLS.replace("820", "999"))
    assert pupils(versions.current()) == [999]
    assert versions.current().problems == [] and not versions.current().stale


def test_a_removed_export_leaves_the_last_good_version(inputs: Inputs, versions: Versions) -> None:
    good = versions.current().database
    (inputs.data_dir / "区县.csv").unlink()
    state = versions.current()
    assert state.database is good
    assert [problem.kind for problem in state.problems] == ["missing_file"]


def test_no_data_at_all_gives_problems_and_no_database(inputs: Inputs) -> None:
    for path in inputs.data_dir.glob("*.csv"):
        path.unlink()
    inputs.data_dir.rmdir()
    state = versions_of(inputs).current()
    assert state.database is None
    assert [problem.file for problem in state.problems] == ["区县.csv", "学校名录.csv"]
    assert not state.stale


def count_loads(monkeypatch: pytest.MonkeyPatch) -> list[Inputs]:
    loads: list[Inputs] = []
    original = open_inputs

    def counted(inputs: Inputs) -> Database:
        loads.append(inputs)
        return original(inputs)

    monkeypatch.setattr(versions_module, "open_inputs", counted)
    return loads


def test_unusable_files_are_not_read_again_before_they_change(
    inputs: Inputs, versions: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads = count_loads(monkeypatch)
    versions.current()
    replace(inputs.data_dir / "学校名录.csv", "空")
    for _ in range(5):
        versions.current()
    assert len(loads) == 2


def test_many_threads_load_a_version_once(
    versions: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads = count_loads(monkeypatch)
    with ThreadPoolExecutor(8) as threads:
        states = list(threads.map(lambda _: versions.current(), range(32)))
    assert len(loads) == 1
    assert len({id(state.database) for state in states}) == 1


class SlowLoad:
    """Loads that wait for a sign."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.has_begun, self.may_finish = threading.Event(), threading.Event()
        self._load = open_inputs
        monkeypatch.setattr(versions_module, "open_inputs", self._wait_and_load)

    def _wait_and_load(self, inputs: Inputs) -> Database:
        self.has_begun.set()
        self.may_finish.wait(10)
        return self._load(inputs)


def test_other_threads_wait_for_the_version_that_one_loads(
    inputs: Inputs, versions: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions.current()
    load = SlowLoad(monkeypatch)
    replace(inputs.data_dir / "学校名录.csv", SCHOOLS.replace("820", "999"))
    with ThreadPoolExecutor(2) as threads:
        loader = threads.submit(versions.current)
        assert load.has_begun.wait(10)
        other = threads.submit(versions.current)
        assert not wait([other], timeout=0.2).done
        load.may_finish.set()
        assert pupils(loader.result()) == pupils(other.result()) == [999]
        assert not other.result().stale


def test_other_threads_keep_the_last_good_version_when_one_loads_for_long(
    inputs: Inputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = versions_of(inputs, patience=0.05)
    good = versions.current().database
    load = SlowLoad(monkeypatch)
    replace(inputs.data_dir / "学校名录.csv", SCHOOLS.replace("820", "999"))
    with ThreadPoolExecutor(1) as threads:
        loader = threads.submit(versions.current)
        assert load.has_begun.wait(10)
        meanwhile = versions.current()
        assert meanwhile.database is good
        assert meanwhile.stale
        load.may_finish.set()
        assert pupils(loader.result()) == [999]


def test_files_that_change_while_they_are_read_are_read_again(
    inputs: Inputs, versions: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports = inputs.data_dir / "学校名录.csv"
    good = versions.current().database
    original = open_inputs

    def written_meanwhile(inputs: Inputs) -> Database:
        opened = original(inputs)
        monkeypatch.setattr(versions_module, "open_inputs", original)
        replace(exports, SCHOOLS.replace("820", "1001"))
        return opened

    monkeypatch.setattr(versions_module, "open_inputs", written_meanwhile)
    replace(exports, SCHOOLS.replace("820", "999"))
    state = versions.current()
    assert state.database is good and state.stale
    assert pupils(versions.current()) == [1001]


def test_first_files_that_change_while_they_are_read_give_a_notice(
    inputs: Inputs, versions: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = open_inputs

    def written_meanwhile(inputs: Inputs) -> Database:
        opened = original(inputs)
        monkeypatch.setattr(versions_module, "open_inputs", original)
        replace(inputs.data_dir / "学校名录.csv", SCHOOLS.replace("820", "1001"))
        return opened

    monkeypatch.setattr(versions_module, "open_inputs", written_meanwhile)
    state = versions.current()
    assert state.database is None
    assert [problem.kind for problem in state.problems] == ["busy"]
    assert pupils(versions.current()) == [1001]


def test_what_a_version_loaded_is_left_out_of_garbage_rounds(inputs: Inputs) -> None:
    gc.unfreeze()
    state = versions_of(inputs).current()
    assert state.database is not None
    assert gc.get_freeze_count() > 10_000
    gc.unfreeze()
