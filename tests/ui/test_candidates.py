"""Several people at deliveries at the same time, in one process."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from dashboard.archive import Archive, Pending
from dashboard.data import open_database
from dashboard.settings import SAMPLE_DIR
from dashboard.ui.deliveries.candidates import Candidate, Candidates
from dashboard.ui.deliveries.view import View
from dashboard.words.language import language
from tests.deliveries.delivering import PACKAGE, export, upload

# Nothing is published; the data folder stays as it is.
VIEW = View(
    language=language("zh"),
    package=PACKAGE,
    basis="the data folder",
    published=None,
    database=None,
    as_of=None,
)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    data = shutil.copytree(SAMPLE_DIR, tmp_path / "data")
    return Archive(tmp_path / "deliveries", data)


@pytest.fixture
def candidates() -> Iterator[Candidates]:
    found = Candidates()
    yield found
    found.clear()


def pending(archive: Archive, month: str) -> Pending:
    file = upload(export("tutoring_months", 月份=month), f"{month}.csv")
    return archive.pending.put([(file.name, file.content)], deliverer="王芳")


class Check:
    """Reading and checking a delivery, which waits for a sign when it has begun."""

    def __init__(self, candidates: Candidates, archive: Archive, delivery: Pending) -> None:
        self.has_begun, self.may_go_on = threading.Event(), threading.Event()
        self.begun = 0
        self._work = candidates, archive, delivery

    def run(self) -> Candidate:
        candidates, archive, delivery = self._work
        return candidates.work_out(archive, delivery, VIEW, self._advance)

    def _advance(self, done: float, is_read: bool) -> None:
        if not is_read:
            self.begun += 1
            self.has_begun.set()
            assert self.may_go_on.wait(20)


def test_a_long_check_keeps_nobody_from_another_delivery(
    archive: Archive, candidates: Candidates
) -> None:
    long = Check(candidates, archive, pending(archive, "2024-06"))
    short = Check(candidates, archive, pending(archive, "2024-07"))
    short.may_go_on.set()
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(long.run)
        try:
            assert long.has_begun.wait(20)
            found = short.run()
            assert candidates.get(found.pending, VIEW.basis) is found
            candidates.forget(found.pending.id)
            assert not waiting.done()
        finally:
            long.may_go_on.set()
        assert not waiting.result().checked.errors


def test_two_who_open_the_same_delivery_have_it_worked_out_once(
    archive: Archive, candidates: Candidates
) -> None:
    check = Check(candidates, archive, pending(archive, "2024-06"))
    with ThreadPoolExecutor(4) as threads:
        first = threads.submit(check.run)
        try:
            assert check.has_begun.wait(20)
            others = [threads.submit(check.run) for _ in range(3)]
            assert not wait(others, timeout=0.2).done
        finally:
            check.may_go_on.set()
        found = first.result()
        assert [other.result() is found for other in others] == [True] * 3
        assert check.begun == 1
        base = open_database(SAMPLE_DIR)
        previews = list(threads.map(lambda _: found.preview(base, "2024-09"), range(4)))
        assert [preview is previews[0] for preview in previews] == [True] * 4


def test_a_check_that_fails_lets_the_next_one_try(archive: Archive, candidates: Candidates) -> None:
    delivery = pending(archive, "2024-06")

    def stop(done: float, is_read: bool) -> None:
        raise KeyboardInterrupt  # as Streamlit ends a run when its reader leaves

    with pytest.raises(KeyboardInterrupt):
        candidates.work_out(archive, delivery, VIEW, stop)
    check = Check(candidates, archive, delivery)
    check.may_go_on.set()
    assert not check.run().checked.errors
