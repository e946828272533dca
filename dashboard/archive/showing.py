"""Which version is shown: the one the pointer names, or the last good one and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from dashboard.archive.audit_log import Log, read_log
from dashboard.archive.building import read_manifest
from dashboard.archive.errors import Trouble
from dashboard.archive.manifest import Manifest
from dashboard.archive.pointer import POINTER, PointerError, read_pointer
from dashboard.archive.versions import (
    Damage,
    damage_of_exports,
    is_pruned,
    version_ids,
    watched,
)

LOG = "audit.jsonl"
VERSIONS = "versions"

Signature = tuple[tuple[int, int, int] | None, ...]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to show.

    `folder` holds complete exports: those of the version `manifest`, or the data folder's while
    nothing was ever published. It is None when versions were published and none of them is good,
    or when nobody can tell.
    `wanted` is the version that should be shown; `troubles` say why another one is, or what else
    wants mending.
    """

    folder: Path | None
    manifest: Manifest | None = None
    wanted: str | None = None
    troubles: tuple[Trouble, ...] = ()


class Look(msgspec.Struct, frozen=True):
    """What was found, and the files which it depends on: it holds until one of them changes."""

    shown: Shown
    paths: tuple[Path, ...]


def look(folder: Path, data_dir: Path) -> Look:
    """Find out what to show, by the checksums of the version's files."""
    versions = folder / VERSIONS
    wanted, troubles = _wanted(folder)
    paths = [folder / POINTER]
    if troubles or wanted is None:
        paths += [versions, folder / LOG]
    if wanted is None:
        # Whatever the data folder holds, it is not what was published.
        folder_shown = None if troubles else data_dir
        return Look(Shown(folder=folder_shown, troubles=tuple(troubles)), tuple(paths))
    damages: list[Damage] = []
    good: str | None = None
    for version_id in _candidates(folder, wanted):
        paths += watched(versions / version_id)
        found = damage_of_exports(versions / version_id)
        if version_id == wanted:
            damages = found
        if not found:
            good = version_id
            break
    if damages:
        paths += [versions, folder / LOG]
        troubles.append(_damaged_version(damages, good))
    shown = Shown(
        folder=versions / good if good else None,
        manifest=read_manifest(versions / good) if good else None,
        wanted=wanted,
        troubles=tuple(troubles),
    )
    return Look(shown, tuple(paths))


def signature(paths: Iterable[Path]) -> Signature:
    """Sizes, times and numbers of files: different as soon as one is replaced, changed or gone."""
    return tuple(_status(path) for path in paths)


def _status(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, max(status.st_mtime_ns, status.st_ctime_ns), status.st_ino


def _wanted(folder: Path) -> tuple[str | None, list[Trouble]]:
    """Return the version that should be shown, None while nothing was published."""
    try:
        pointer = read_pointer(folder)
    except (PointerError, OSError):
        wanted = _last_in_effect(folder) or next(iter(version_ids(folder / VERSIONS)), None)
        return wanted, [_bad_pointer(wanted)]
    if pointer:
        return pointer.version, []
    wanted = _last_in_effect(folder)
    if wanted is None and _was_published(folder / VERSIONS):
        wanted = version_ids(folder / VERSIONS)[0]
    return wanted, [_no_pointer(wanted)] if wanted else []


def _last_in_effect(folder: Path) -> str | None:
    effects = log_or_nothing(folder).effects()
    return effects[-1].version if effects else None


def _was_published(versions: Path) -> bool:
    """Whether a version stands on another one: a first publish that was cut off does not."""
    for version_id in version_ids(versions):
        manifest = manifest_or_none(versions / version_id)
        if manifest and manifest.base:
            return True
    return False


def _candidates(folder: Path, wanted: str) -> Iterator[str]:
    """Yield the wanted version, those it was made from, then all others that were in effect.

    A version that somebody rolled back from is none of the wanted one's line: it comes last.
    """
    yield wanted  # the only one that is needed as a rule: nothing is read before it fails
    versions = folder / VERSIONS
    log = log_or_nothing(folder)
    in_effect = _came_into_effect(log, versions)
    seen, bases = {wanted}, _bases(log)
    version_id: str | None = wanted
    while version_id:
        manifest = manifest_or_none(versions / version_id)
        version_id = manifest.base if manifest else bases.get(version_id)
        if version_id is None or version_id in seen:
            break
        seen.add(version_id)
        if not is_pruned(versions / version_id):
            yield version_id
    for version_id in in_effect:
        if version_id not in seen and not is_pruned(versions / version_id):
            yield version_id


def _came_into_effect(log: Log, versions: Path) -> list[str]:
    """Newest first; without a log every version may have."""
    known = {entry.version for entry in log.effects()}
    ids = version_ids(versions)
    return [version_id for version_id in ids if version_id in known] if known else ids


def _bases(log: Log) -> dict[str, str]:
    """Return what each version was made from, as far as the log says."""
    bases: dict[str, str] = {}
    before: str | None = None
    for entry in log.effects():
        if entry.action == "publish" and entry.version and before:
            bases[entry.version] = before
        before = entry.version
    return bases


def log_or_nothing(folder: Path) -> Log:
    """Return the log, empty where it cannot be read: `Archive.verify_audit` says so."""
    try:
        return read_log(folder / LOG)
    except OSError:
        return Log()


def manifest_or_none(folder: Path) -> Manifest | None:
    """Return the manifest of a version, None where it is damaged."""
    try:
        return read_manifest(folder)
    except (OSError, msgspec.DecodeError):
        return None


# ---- words --------------------------------------------------------------------------------------

_KINDS_ZH = {
    "missing": "缺失",
    "changed": "与发布时不同",
    "unreadable": "无法读取",
    "unexpected": "不属于该版本",
}
_KINDS_EN = {
    "missing": "is missing",
    "changed": "is not as it was published",
    "unreadable": "cannot be read",
    "unexpected": "does not belong to it",
}
_NAMED = 3


def _damaged_version(damages: list[Damage], good: str | None) -> Trouble:
    version = damages[0].version
    zh = "、".join(f"{damage.file} {_KINDS_ZH[damage.kind]}" for damage in damages[:_NAMED])
    en = ", ".join(f"{damage.file} {_KINDS_EN[damage.kind]}" for damage in damages[:_NAMED])
    if len(damages) > _NAMED:
        zh, en = f"{zh} 等 {len(damages)} 个文件", f"{en} and {len(damages) - _NAMED} more"
    instead_zh = f"现有的完好版本是 {good}。" if good else "没有其他完好的版本。"
    instead_en = f"The last good version is {good}." if good else "No other version is good."
    return Trouble(
        file=damages[0].file,
        message_zh=f"当前版本 {version} 受损：{zh}。{instead_zh}请从备份恢复 {version} 的文件。",
        message_en=f"The current version {version} is damaged: {en}. {instead_en}"
        f" Restore the files of {version} from the backup.",
    )


def _bad_pointer(wanted: str | None) -> Trouble:
    instead_zh = f"按审计日志，当前版本为 {wanted}。" if wanted else ""
    instead_en = f" By the log the current version is {wanted}." if wanted else ""
    return Trouble(
        file=POINTER,
        message_zh=f"版本指针 {POINTER} 无法读取。{instead_zh}"
        "请核对后用 rollback 命令重新指定版本，或从备份恢复该文件。",
        message_en=f"The pointer {POINTER} cannot be read.{instead_en}"
        " Check, then name the version again with the command rollback, or restore the file.",
    )


def _no_pointer(wanted: str | None) -> Trouble:
    return Trouble(
        file=POINTER,
        message_zh=f"缺少版本指针 {POINTER}。按现有记录，当前版本为 {wanted}。"
        "请核对后用 rollback 命令重新指定版本，或从备份恢复该文件。",
        message_en=f"The pointer {POINTER} is missing. By the records the current version is"
        f" {wanted}. Check, then name the version again with the command rollback, or restore"
        " the file.",
    )
