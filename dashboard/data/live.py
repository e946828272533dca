"""The data version a process shows, and how it follows the files and the archive."""

from __future__ import annotations

import gc
import threading
from pathlib import Path

import msgspec

from dashboard import settings
from dashboard.archive import Archive, ArchiveError, Lease, Manifest, Shown, Trouble
from dashboard.contract import Problem
from dashboard.data.build import open_inputs
from dashboard.data.database import Database
from dashboard.data.inputs import Fingerprint, Inputs
from dashboard.data.problems import UnusableData

# The kind of the problems that the archive has, not the exports.
ARCHIVE = "archive"
# Longer than a version takes to load at ten times the sample's size.
_PATIENCE_SECONDS = 6.0


class State(msgspec.Struct, frozen=True):
    """What there is to show: a version or None, why not a newer one, and whether one is due.

    `stale` is true when the files are no longer those of `database`, because they are unusable or
    because another thread has been loading them for long. `problems` are also what is wrong with
    the archive while it has something good to show.
    """

    database: Database | None
    problems: list[Problem]
    stale: bool


class UnshowableError(ArchiveError):
    """Of a version's files no data version can be built today, so it is not brought back."""

    def __init__(self, version_id: str, problems: list[Problem]) -> None:
        first, more = problems[0], len(problems) - 1
        and_zh = f"另有 {more} 处问题。" if more else ""
        and_en = f" {more} more problems." if more else ""
        super().__init__(
            f"{version_id} 现在无法显示，没有回退，当前版本不变：{first.message_zh}{and_zh}",
            f"{version_id} cannot be shown, so nothing was brought back and what is shown stays:"
            f" {first.message_en}{and_en}",
        )


class _Seen(msgspec.Struct, frozen=True):
    """What the archive showed and what the files were like at one look."""

    shown: Shown
    inputs: Inputs
    files: Fingerprint


class Versions:
    """The current data version of a process; may be shared between threads.

    With an archive it follows what the archive shows, else a folder of exports (default: the
    settings' folder). `patience` is how long, in seconds, a thread waits for another's loading.
    """

    def __init__(
        self,
        data_dir: Path | None = None,
        *,
        archive: Archive | None = None,
        plan_dir: Path | None = None,
        queries_dir: Path = settings.QUERIES_DIR,
        package_path: Path = settings.DATAPACKAGE,
        outlines_path: Path | None = None,
        patience: float = _PATIENCE_SECONDS,
    ) -> None:
        self._archive = archive
        self._patience = patience
        self._inputs = Inputs(
            data_dir or settings.data_dir(),
            plan_dir or settings.plan_dir(),
            queries_dir,
            package_path,
            outlines_path or settings.county_outlines(),
        )
        self._loading = threading.Lock()
        self._seen: _Seen | None = None
        self._state = State(None, [], stale=False)
        self._loaded: tuple[Inputs, Fingerprint] | None = None
        self._lease = Lease()
        self._built: Database | None = None

    def hand_over(self, built: Database) -> None:
        """Offer a data version that was built to be looked at before it was published.

        It is taken where it has the very files that are to be loaded next.
        """
        self._built = built

    def current(self) -> State:
        """Return the version of the files as they are now, or the last good one and what is wrong.

        A changed folder is loaded once, by the first thread that notices. The others wait for it,
        so that the next run of every page shows what was published; `patience` seconds at most
        when there is a last good version. Files that are unusable are not read again before they
        change.
        """
        if self._look() == self._seen:
            return self._state
        last = self._state
        if not self._loading.acquire(timeout=self._patience if last.database else -1):
            return State(last.database, last.problems, stale=True)
        try:
            self._load_changes()
            return self._state
        finally:
            self._loading.release()

    def _look(self) -> _Seen:
        shown = self._archive.shown() if self._archive else Shown(folder=self._inputs.data_dir)
        seen = self._seen
        if seen is not None and seen.shown is shown:
            inputs = seen.inputs
        else:
            folder = shown.folder or self._inputs.data_dir
            inputs = self._inputs.of_version(folder, shown.manifest)
        return _Seen(shown, inputs, inputs.fingerprint())

    def _load_changes(self) -> None:
        before = self._look()
        if before == self._seen:  # another thread was faster
            return
        last_good = self._state.database
        state = self._state_of(before, last_good)
        if self._look() == before:
            self._state, self._seen = state, before
        else:
            # Somebody was still writing: believe neither the data nor the problems, look again.
            busy = [] if last_good else [_BUSY]
            self._state = State(last_good, busy, stale=last_good is not None)

    def _handed_over(self, inputs: Inputs) -> Database | None:
        built, self._built = self._built, None
        try:
            is_same = built is not None and built.version == inputs.content_hash()
        except OSError:  # opening them says what is wrong
            return None
        return built.published_as(inputs.published) if built and is_same else None

    def _state_of(self, seen: _Seen, last_good: Database | None) -> State:
        troubles = [_in_the_archive(trouble) for trouble in seen.shown.troubles]
        if last_good and self._loaded == (seen.inputs, seen.files):
            return State(last_good, troubles, stale=False)
        if seen.shown.folder is None or _is_older(seen.shown, last_good):
            # What is in memory is good, whatever has become of its files.
            return State(last_good, troubles, stale=last_good is not None)
        lease = _held(self._archive, seen.shown)
        try:
            opened = self._handed_over(seen.inputs) or open_inputs(seen.inputs)
        except UnusableData as error:
            lease.release()
            return State(last_good, [*troubles, *error.problems], stale=last_good is not None)
        self._lease.release()
        self._lease, self._loaded = lease, (seen.inputs, seen.files)
        _set_aside_what_lasts()
        return State(opened, troubles, stale=False)


def open_shown(archive: Archive) -> tuple[Database, list[Problem]]:
    """Build the version that an archive shows, and say what is wrong with the archive.

    Raises UnusableData when no published version is good, or the exports are unusable.
    """
    shown = archive.shown()
    troubles = [_in_the_archive(trouble) for trouble in shown.troubles]
    if shown.folder is None:
        raise UnusableData(troubles)
    lease = _held(archive, shown)
    try:
        opened = open_inputs(Inputs.configured(shown.folder, shown.manifest))
    finally:
        lease.release()
    return opened, troubles


def bring_back(
    archive: Archive, version_id: str, *, publisher: str, reason: str, expected: str | None = None
) -> tuple[Manifest, Database]:
    """Bring a published version back into effect, once it has been opened as it will be shown.

    Returns its manifest and the data version. Raises what `Archive.roll_back` does, and
    UnshowableError; then everything is as before.
    """
    opened: list[Database] = []

    def open_it(folder: Path, manifest: Manifest) -> None:
        try:
            opened.append(open_inputs(Inputs.configured(folder, manifest)))
        except UnusableData as error:
            raise UnshowableError(version_id, error.problems) from error

    manifest = archive.roll_back(
        version_id, publisher=publisher, reason=reason, expected=expected, opens=open_it
    )
    return manifest, opened[0]


def _is_older(shown: Shown, database: Database | None) -> bool:
    """Whether an older version would be shown in place of the right one, which is in memory."""
    if database is None or shown.manifest is None:
        return False
    return shown.manifest.id != shown.wanted and database.version_id == shown.wanted


def _held(archive: Archive | None, shown: Shown) -> Lease:
    """Keep the exports of a published version from being deleted while they are read."""
    return archive.hold(shown.manifest.id) if archive and shown.manifest else Lease()


def _set_aside_what_lasts() -> None:
    """Take what is loaded by now out of the garbage collector's rounds.

    Modules, definitions and tables last as long as the version; going through them again and again
    made every sixteenth choice of counties twice as slow. Whatever an older version left behind is
    collected first.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


# ---- words --------------------------------------------------------------------------------------

_BUSY = Problem(
    file="",
    kind="busy",
    message_zh="数据文件正在更新，请稍后刷新。",
    message_en="The data files are being replaced. Reload in a moment.",
)


def _in_the_archive(trouble: Trouble) -> Problem:
    return Problem(
        file=trouble.file,
        kind=ARCHIVE,
        message_zh=trouble.message_zh,
        message_en=trouble.message_en,
    )
