"""Kill processes that publish, at any moment, and look at what they leave behind.

``python -m tests.archive.kill --times 200`` prints the figures. Half of the processes kill
themselves before their n-th operation on files (a different n every time, until all were tried;
every other one where names and pointers change, which is where order matters), the others are
killed from outside at a random moment. Only processes that were killed count.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from dashboard.archive import Archive
from dashboard.archive.audit_log import EFFECTS
from tests.archive.tiny import publish, pupils_shown, write_exports

# Every so many rounds a new archive, so that first publishes are killed as well.
ROUNDS_PER_ARCHIVE = 8
FIRST = "first publish"
# From the first renaming on: the version's name, the pointer, the log.
_DELICATE_STEPS = 16

# What Python says of itself (see "Audit events table" in its manual) that touches files.
_OPERATIONS = {"open", "os.chmod", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate"}

Job = Callable[[Archive, int], object]


def _publish(archive: Archive, count: int) -> object:
    return publish(archive, count)


def _roll_back(archive: Archive, count: int) -> object:
    current = archive.current()
    kept = [
        manifest.id
        for manifest in archive.manifests()
        if manifest != current and archive.is_kept(manifest.id)
    ]
    return archive.roll_back(random.choice(kept), publisher="李老师", reason=str(count))


def _prune(archive: Archive, _count: int) -> object:
    return archive.prune(2, 0)


def _hand_in(archive: Archive, count: int) -> object:
    return archive.pending.put([("a.csv", b"%d" % count), ("b.csv", b"b")], deliverer="王老师")


JOBS: dict[str, Job] = {
    "publish": _publish,
    "roll back": _roll_back,
    "prune": _prune,
    "hand in": _hand_in,
}


@dataclass
class Figures:
    """What happened in all rounds."""

    kills: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def as_json(self) -> str:
        return json.dumps(
            {
                "killed": self.kills.total(),
                "kills": dict(self.kills),
                "after": dict(self.after),
                "seconds": round(self.seconds, 1),
            },
            indent=1,
        )


class Measured(NamedTuple):
    """What an undisturbed process needs for a job: the names of its steps, and time."""

    steps: list[str]
    seconds: float

    def step(self, tried: int) -> int:
        """The number of the step before which to stop; all have their turn, far apart."""
        half, is_delicate = divmod(tried, 2)
        if is_delicate and "os.rename" in self.steps:
            first = self.steps.index("os.rename") + 1
            last = min(first + _DELICATE_STEPS, len(self.steps) + 1)
        else:
            first, last = 1, len(self.steps) + 1
        count = last - first
        stride = next(n for n in range(round(count * 0.618), 0, -1) if math.gcd(n, count) == 1)
        return first + half * stride % count


class Rounds:
    """Archives under fire."""

    def __init__(self, scratch: Path, seed: int) -> None:
        self._scratch = scratch
        self._random = random.Random(seed)
        self._count = 0
        self._archives = 0
        self._tried: Counter[str] = Counter()
        self._measured: dict[str, Measured] = {}
        self.figures = Figures()

    def run(self, times: int) -> Figures:
        """Go on until that many processes were killed."""
        started = time.perf_counter()
        turn = 0
        while self.figures.kills.total() < times:
            if turn % ROUNDS_PER_ARCHIVE == 0:
                self._new_archive()
                label = FIRST
            else:
                label = self._random.choices(list(JOBS), weights=[6, 2, 1, 1])[0]
            turn += self._round(label)
        self.figures.seconds = time.perf_counter() - started
        return self.figures

    def _new_archive(self) -> None:
        self._archives += 1
        root = self._scratch / str(self._archives)
        self._count += 1
        write_exports(root / "data", self._count)
        self._folder, self._data = root / "deliveries", root / "data"

    def _archive(self) -> Archive:
        """As a process sees it that has just begun."""
        return Archive(self._folder, self._data)

    def _round(self, label: str) -> bool:
        """Kill one process; False when it was only measured, the first time."""
        job = JOBS["publish" if label == FIRST else label]
        before = Before(self._archive())
        self._count += 1
        if label not in self._measured:
            self._measured[label] = self._measure(job)
            return False
        from_outside = self._random.random() < 0.5
        if from_outside:
            is_killed = self._kill_at_some_time(job, self._measured[label])
        else:
            is_killed = self._kill_at_some_step(job, label)
        if is_killed:
            how = "at a random time" if from_outside else "before a step"
            self.figures.kills[f"{label}, {how}"] += 1
            self.figures.after.update(before.check(self._archive(), self._count, label))
        self._count += 1
        goes_on(self._archive(), self._count, before)
        return True

    def _measure(self, job: Job) -> Measured:
        reader, writer = os.pipe()

        def measured(archive: Archive, count: int) -> None:
            steps: list[str] = []
            _before_each_step(steps.append)
            began = time.perf_counter()
            job(archive, count)
            os.write(writer, json.dumps([steps, time.perf_counter() - began]).encode())

        assert not _was_killed(self._start(measured))
        measures = Measured(*json.loads(os.read(reader, 1 << 16)))
        os.close(reader)
        os.close(writer)
        return measures

    def _kill_at_some_step(self, job: Job, label: str) -> bool:
        """Kill the process before one of its steps."""
        steps_left = self._measured[label].step(self._tried[label])
        self._tried[label] += 1

        def stopped(archive: Archive, count: int) -> None:
            def kill(_step: str) -> None:
                nonlocal steps_left
                steps_left -= 1
                if steps_left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

            _before_each_step(kill)
            job(archive, count)

        return _was_killed(self._start(stopped))

    def _kill_at_some_time(self, job: Job, measured: Measured) -> bool:
        process = self._start(job)
        time.sleep(self._random.uniform(0, measured.seconds))
        os.kill(process, signal.SIGKILL)
        return _was_killed(process)

    def _start(self, job: Job) -> int:
        """Fork a process that does the job; return once it has begun."""
        reader, writer = os.pipe()
        process = os.fork()
        if process == 0:
            archive = self._archive()
            os.write(writer, b".")
            try:
                job(archive, self._count)
            except BaseException as error:
                print(f"the publishing process raised {error!r}", file=sys.stderr)
                os._exit(1)
            os._exit(0)
        os.read(reader, 1)
        os.close(reader)
        os.close(writer)
        return process


def _before_each_step(call: Callable[[str], None]) -> None:
    """Call something before each operation of this process on files, from here on.

    There is no way to stop: it is for a process that ends soon.
    """

    def hook(event: str, _arguments: object) -> None:
        if event in _OPERATIONS:
            call(event)

    fsync = os.fsync

    def noticed_fsync(handle: int) -> None:
        call("fsync")
        fsync(handle)

    os.fsync = noticed_fsync
    sys.addaudithook(hook)


def _was_killed(process: int) -> bool:
    _, status = os.waitpid(process, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the process failed by itself"
    return os.WIFSIGNALED(status)


class Before:
    """What was there before a process was killed."""

    def __init__(self, archive: Archive) -> None:
        current = archive.current()
        self.version = current.id if current else None
        self.pupils = pupils_shown(archive)
        self.manifests = {manifest.id: manifest for manifest in archive.manifests()}
        self.kept = {name for name in self.manifests if archive.is_kept(name)}
        self.unpublished = len(archive.unpublished())
        self.entries = archive.audit()
        self.pending = archive.pending.all()

    def check(self, archive: Archive, count: int, job: str) -> list[str]:
        """Hold the invariant against what a killed process left; return what it left."""
        shown = archive.shown()
        assert shown.troubles == (), shown.troubles
        assert archive.verify() == []
        pupils = pupils_shown(archive)
        if job in ("publish", FIRST):
            assert pupils in (self.pupils, count), (pupils, self.pupils, count)
        elif job != "roll back":
            assert pupils == self.pupils
        found = {manifest.id: manifest for manifest in archive.manifests()}
        assert self.manifests.items() <= found.items(), "a published version is gone"
        if job != "prune":
            assert all(archive.is_kept(name) for name in self.kept)
        report = archive.verify_audit()
        assert report.is_sound, report.troubles
        assert archive.audit()[: len(self.entries)] == self.entries, "the log lost entries"
        pending = archive.pending.all()
        assert pending[-len(self.pending) :] == self.pending or not self.pending
        for delivery in pending:
            assert len(archive.pending.uploads(delivery.id)) == len(delivery.files)
        current = archive.current()
        version = current.id if current else None
        left = ["as before" if version == self.version else "the new version"]
        left += ["a version without effect"] * (len(archive.unpublished()) - self.unpublished)
        left += ["an effect without entry in the log"] * len(report.unfinished)
        return left


def goes_on(archive: Archive, count: int, before: Before) -> None:
    """The next publish works and leaves nothing unfinished."""
    known = {*before.manifests, *(manifest.id for manifest in archive.unpublished())}
    current = archive.current()
    published = publish(archive, count)
    assert published.id not in known and published.id > max(known, default="")
    assert pupils_shown(archive) == count
    report = archive.verify_audit()
    assert report.is_sound and report.unfinished == (), report
    assert archive.verify() == []
    versions = [entry.version for entry in archive.audit() if entry.action in EFFECTS]
    assert versions[-1] == published.id
    assert current is None or versions[-2] == current.id, "an effect was never logged"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    options = parser.parse_args()
    print(f"seed {options.seed}", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="killed-") as scratch:
        print(Rounds(Path(scratch), options.seed).run(options.times).as_json())


if __name__ == "__main__":
    main()
