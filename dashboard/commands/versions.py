"""What was published, going back to an earlier version, and the log of both."""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from dashboard.archive import (
    Action,
    Archive,
    ArchiveError,
    Damage,
    Manifest,
    Trouble,
    UnknownVersionError,
    configured_archive,
)
from dashboard.data.live import bring_back
from dashboard.words.language import CHINESE, LANGUAGES, Language, language

if TYPE_CHECKING:  # argparse has no public name for what add_subparsers returns
    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]

_Run: TypeAlias = Callable[[Archive, argparse.Namespace, Language], int]


def add_commands(commands: Commands) -> None:
    """Add ``versions``, ``rollback`` and ``audit`` to the command line."""
    versions = commands.add_parser(
        "versions", help="list the published versions", description="List the published versions."
    )
    _add(versions, _list_versions)
    _add_format(versions)

    rollback = commands.add_parser(
        "rollback",
        help="show an earlier version again",
        description="Show an earlier version again. Nothing is deleted: the version that was shown"
        " stays, and can be brought back in the same way. A version that cannot be shown today is"
        " not brought back: the reason is said, and the exit code is 1.",
    )
    rollback.add_argument("version", help="its id, like v0007: see the command versions")
    rollback.add_argument("--who", required=True, metavar="NAME", help="who decides it")
    rollback.add_argument("--why", required=True, metavar="TEXT", help="the reason")
    _add(rollback, _roll_back)

    audit = commands.add_parser(
        "audit",
        help="verify or print the log of all publishing",
        description="Verify or print the log of all publishing.",
    )
    parts = audit.add_subparsers(required=True, metavar="verify|show")
    verify = parts.add_parser(
        "verify",
        help="check the log's chain, and the files of all versions by their checksums",
        description="Check the log's chain, and the files of all versions by their checksums."
        " Ends with 1 when anything was changed, and names it.",
    )
    _add(verify, _verify)
    show = parts.add_parser("show", help="print the log", description="Print the log.")
    _add(show, _show_log)
    _add_format(show)


def _add(parser: argparse.ArgumentParser, run: _Run) -> None:
    parser.add_argument("--lang", choices=LANGUAGES, default=CHINESE, help="language of the output")
    parser.set_defaults(run=lambda options: _in_plain_words(run, options))


def _add_format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("table", "json"), default="table")


def _in_plain_words(run: _Run, options: argparse.Namespace) -> int:
    """Run a command: 0 well, 1 refused or damaged, 2 no such version."""
    words = language(options.lang)
    try:
        return run(configured_archive(), options, words)
    except ArchiveError as error:
        print(words.pick(error.message_zh, error.message_en), file=sys.stderr)
        return 2 if isinstance(error, UnknownVersionError) else 1


def _list_versions(archive: Archive, options: argparse.Namespace, words: Language) -> int:
    _ = words
    shown = archive.shown()
    _complain(shown.troubles, words)
    unpublished = archive.unpublished()
    listed = sorted(
        [*archive.manifests(), *unpublished],
        key=lambda manifest: (len(manifest.id), manifest.id),
        reverse=True,
    )
    state = {manifest.id: _("not in effect") for manifest in unpublished}
    state |= {m.id: _("exports deleted") for m in listed if not archive.is_kept(m.id)}
    if shown.manifest:
        state[shown.manifest.id] = _("current")
    if options.format == "json":
        current = shown.manifest.id if shown.manifest else None
        _print_json(
            {
                **msgspec.to_builtins(manifest),
                "is_current": manifest.id == current,
                "in_effect": manifest not in unpublished,
                "is_kept": archive.is_kept(manifest.id),
            }
            for manifest in listed
        )
        return 0
    if not listed:
        print(_("Nothing was published yet: the data folder is shown."))
        return 0
    header = [
        _("Version"),
        _("Published on"),
        _("By"),
        _("Reason"),
        _("Rows"),
        _("Delivered"),
        _("State"),
    ]
    rows = [
        [
            manifest.id,
            _moment(manifest.published_at),
            manifest.publisher or "—",
            manifest.reason or "—",
            words.number(sum(file.rows for file in manifest.files.values())),
            _delivered(manifest) or "—",
            state.get(manifest.id, ""),
        ]
        for manifest in listed
    ]
    _print_table(header, rows)
    return 0


def _delivered(manifest: Manifest) -> str:
    return "; ".join(
        f"{table.file} {'–'.join(dict.fromkeys((table.periods[0], table.periods[-1])))}"
        if table.periods
        else table.file
        for table in manifest.delivered
    )


def _roll_back(archive: Archive, options: argparse.Namespace, words: Language) -> int:
    manifest, _opened = bring_back(
        archive, options.version, publisher=options.who, reason=options.why
    )
    print(words("{version} is shown from now on.", version=manifest.id))
    return 0


def _verify(archive: Archive, _options: argparse.Namespace, words: Language) -> int:
    report, damaged = archive.verify_audit(), archive.verify()
    _complain([*report.troubles, *archive.shown().troubles, *report.unfinished], words)
    for damage in damaged:
        print(_damage(damage, words), file=sys.stderr)
    if damaged or not report.is_sound:
        return 1
    print(
        words(
            "The log is whole ({entries} entries), and so are the files of all {count} versions.",
            entries=report.entries,
            count=len(archive.manifests()) + len(archive.unpublished()),
        )
    )
    return 0


def _show_log(archive: Archive, options: argparse.Namespace, words: Language) -> int:
    entries = archive.audit()
    if options.format == "json":
        _print_json(msgspec.to_builtins(entry) for entry in entries)
        return 0
    _ = words
    actions: dict[Action, str] = {
        "adopt": _("taken up"),
        "publish": _("published"),
        "roll_back": _("rolled back"),
        "prune": _("exports deleted"),
        "refuse": _("refused"),
        "repair": _("log repaired"),
    }
    header = [_("No."), _("Time"), _("By"), _("Action"), _("Version"), _("Reason")]
    rows = [
        [
            str(entry.number),
            _moment(entry.at),
            entry.actor or "—",
            actions[entry.action],
            entry.version or "—",
            entry.reason or "—",
        ]
        for entry in entries
    ]
    _print_table(header, rows)
    return 0


# ---- output -------------------------------------------------------------------------------------


def _complain(troubles: Iterable[Trouble], words: Language) -> None:
    for trouble in troubles:
        print(words.pick(trouble.message_zh, trouble.message_en), file=sys.stderr)


def _damage(damage: Damage, words: Language) -> str:
    place = f"{damage.version}/{damage.file}"
    if damage.kind == "missing":
        return words("{file} is missing. Restore it from the backup.", file=place)
    if damage.kind == "unexpected":
        return words("{file} does not belong to the version. Take it away.", file=place)
    if damage.kind == "unreadable":
        return words("{file} cannot be read. Restore it from the backup.", file=place)
    return words("{file} is not as it was published. Restore it from the backup.", file=place)


def _moment(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def _print_json(records: Iterable[object]) -> None:
    print(msgspec.json.format(msgspec.json.encode(list(records)), indent=1).decode())


def _print_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    cells = [[_printable(cell) for cell in row] for row in (header, *rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        )
        print("  ".join(padded).rstrip())


def _printable(text: str) -> str:
    """Names and reasons come from people: nothing of them steers a terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _width(text: str) -> int:
    """Columns on a terminal, where a Chinese sign takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
