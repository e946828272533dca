"""The log held against itself, against the pointer and against the versions."""

from __future__ import annotations

from pathlib import Path

import msgspec

from dashboard.archive.audit_log import Log, read_log
from dashboard.archive.building import MANIFEST
from dashboard.archive.disk import checksum
from dashboard.archive.errors import Trouble
from dashboard.archive.pointer import PointerError, read_pointer
from dashboard.archive.showing import LOG, VERSIONS


class AuditReport(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to say about the log.

    `broken` is the first line that does not continue the chain. `troubles` say what is wrong;
    `unfinished` what a crash left and the next one who writes puts right by itself.
    """

    entries: int
    broken: int | None
    troubles: tuple[Trouble, ...]
    unfinished: tuple[Trouble, ...]

    @property
    def is_sound(self) -> bool:
        return not self.troubles


def verify_log(folder: Path) -> AuditReport:
    """Check the whole log; see AuditReport. Raises OSError."""
    log = read_log(folder / LOG)
    troubles, unfinished = _with_pointer(folder, log)
    if log.broken:
        troubles.insert(0, _broken(log.broken))
    if log.torn:
        unfinished.insert(0, _torn(log))
    troubles += _with_manifests(folder, log)
    return AuditReport(
        entries=len(log.entries),
        broken=log.broken,
        troubles=tuple(troubles),
        unfinished=tuple(unfinished),
    )


def _with_pointer(folder: Path, log: Log) -> tuple[list[Trouble], list[Trouble]]:
    """Lines cut off the end break no chain, but the pointer knows how long the log was."""
    try:
        pointer = read_pointer(folder)
    except PointerError:
        return [], []
    if pointer is None or log.lines >= pointer.entry:
        return [], []
    if log.lines == pointer.entry - 1:
        return [], [_not_logged(pointer.version)]
    return [_cut_off(log.lines, pointer.entry)], []


def _with_manifests(folder: Path, log: Log) -> list[Trouble]:
    """Check every manifest against the log, and its files against the manifest."""
    found = []
    for entry in log.effects():
        path = folder / VERSIONS / (entry.version or "") / MANIFEST
        try:
            is_same = checksum(path) == entry.manifest
        except OSError:
            is_same = False
        if not is_same and entry.version:
            found.append(_other_manifest(entry.number, entry.version))
    return found


# ---- words --------------------------------------------------------------------------------------


def _broken(line: int) -> Trouble:
    return Trouble(
        file=LOG,
        message_zh=f"{LOG} 第 {line} 行与前一行接不上：该行或其前的内容被改动、删除或插入过。"
        "请与备份核对。",
        message_en=f"{LOG} line {line} does not continue the one before: it was changed, or lines"
        " were taken out or put in. Compare it with the backup.",
    )


def _torn(log: Log) -> Trouble:
    return Trouble(
        file=LOG,
        message_zh=f"{LOG} 末尾有一条没有写完的记录（{log.torn} 字节），下次写入时自动清除。",
        message_en=f"{LOG} ends in an entry that was interrupted ({log.torn} bytes); the next one"
        " who writes takes it away.",
    )


def _not_logged(version: str) -> Trouble:
    return Trouble(
        file=LOG,
        message_zh=f"{version} 已生效，但尚未记入 {LOG}，下次写入时自动补记。",
        message_en=f"{version} is in effect but not yet in {LOG}; the next one who writes adds it.",
    )


def _cut_off(lines: int, expected: int) -> Trouble:
    return Trouble(
        file=LOG,
        message_zh=f"{LOG} 只有 {lines} 行，应至少有 {expected} 行：末尾的记录缺失。请与备份核对。",
        message_en=f"{LOG} has {lines} lines and should have {expected} at least: its end is"
        " missing. Compare it with the backup.",
    )


def _other_manifest(line: int, version: str) -> Trouble:
    return Trouble(
        file=f"{version}/{MANIFEST}",
        message_zh=f"{version} 的 {MANIFEST} 与 {LOG} 第 {line} 行记录的校验值不一致。"
        "请从备份恢复。",
        message_en=f"{MANIFEST} of {version} does not have the checksum of {LOG} line {line}."
        " Restore it from the backup.",
    )
