"""What the commands say about a delivery, in the chosen language."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import msgspec

from dashboard.cards import Context
from dashboard.cards.moves import move_words
from dashboard.contract import Package
from dashboard.data import Database
from dashboard.deliveries.checking.preview import IndicatorChange, Preview, Standing
from dashboard.deliveries.model import Checked, Finding, ReadDelivery
from dashboard.deliveries.periods import periods_words
from dashboard.filters import CITY, Filters
from dashboard.words.language import Language

# A terminal's worth; the report has everything.
FINDINGS_PRINTED = 40
CHANGES_PRINTED = 20


def say_progress(done: int, of: int) -> None:
    """Rewrite one line on a terminal; a scheduler's log is spared."""
    if sys.stderr.isatty():
        print(f"\r{done}/{of}", end="\r" if done < of else "\n", file=sys.stderr, flush=True)


def complain(words: Language, zh: str, en: str) -> None:
    """Say what went wrong."""
    print(words.pick(zh, en), file=sys.stderr)


def print_reading(reading: ReadDelivery, package: Package, words: Language) -> None:
    """Say what was recognised, what was put right, and what has to be answered."""
    for table in reading.tables:
        place = (
            f"{table.place.file} · {table.place.sheet}" if table.place.sheet else table.place.file
        )
        periods = periods_words(words, table.periods) or words("all of it")
        rows = words.plural("{count} row", "{count} rows", len(table.frame))
        title = package.resource(table.resource).title
        print(f"{place} → {title} ({table.encoding}): {periods}, {rows}")
    for told in reading.normalised:
        print(f"  · {words.pick(told.message_zh, told.message_en)}")
    for question in reading.questions:
        choices = ", ".join(package.resource(name).title for name in question.choices)
        place = question.place.file
        if question.place.sheet:
            place = f"{place}#{question.place.sheet}"
        print(
            words(
                "{place} fits several exports; add --as {place}=… ({choices})",
                place=place,
                choices=choices,
            )
        )


def print_findings(checked: Checked, words: Language) -> None:
    """Errors first, then warnings, as many as fit."""
    for heading, findings in (
        (words("Errors"), checked.errors),
        (words("Warnings"), checked.warnings),
    ):
        if findings:
            print(f"{heading} ({len(findings)})")
            _print_first(findings, words)
    if not checked.findings:
        print(words("Nothing was found."))


def _print_first(findings: Sequence[Finding], words: Language) -> None:
    for finding in findings[:FINDINGS_PRINTED]:
        print(f"  {words.pick(finding.message_zh, finding.message_en)}")
    more = len(findings) - FINDINGS_PRINTED
    if more > 0:
        print("  " + words("… and {count} more; --report writes all of them.", count=more))


def print_preview(preview: Preview, database: Database, words: Language) -> None:
    """Print what publishing would change."""
    for export in preview.exports:
        title = database.package.resource(export.resource).title
        print(
            words(
                "{export}: {added} rows added, {changed} changed, {removed} removed, {same} same",
                export=title,
                added=export.added,
                changed=export.changed,
                removed=export.removed,
                same=export.same,
            )
        )
    if preview.is_first:
        print(
            words.plural(
                "Nothing was shown before: {count} indicator gets values ({months})",
                "Nothing was shown before: {count} indicators get values ({months})",
                preview.indicator_count,
                months=words.pick("、", ", ").join(preview.months),
            )
        )
        return
    names = _county_names(database, words)
    flips = preview.flips
    print(
        words(
            "Indicators that change: {count}, statuses that flip: {flips} ({months})",
            count=len(preview.indicators),
            flips=len(flips),
            months=words.pick("、", ", ").join(preview.months),
        )
    )
    kinds = move_words(Context(database, Filters(preview.months[-1]), words))
    for kind, moved in preview.moves.items():
        if moved:
            print(words("Statuses, {kind}: {count}", kind=kinds[kind], count=len(moved)))
            _print_changes(database, moved, names, words)
    others = [change for change in preview.indicators if not change.flips]
    if others:
        print(words("Values that change: {count}", count=len(others)))
        _print_changes(database, others, names, words)
    for school in preview.schools[:CHANGES_PRINTED]:
        before = words.number(school.before) or "–"
        after = words.number(school.after) or "–"
        print(
            f"  {school.school_name} {school.column}: {before} ({school.period_before})"
            f" → {after} ({school.period})"
        )


def _print_changes(
    database: Database, changes: Sequence[IndicatorChange], names: dict[str, str], words: Language
) -> None:
    """Print a terminal's worth of changes, and how many more there are and where."""
    for change in changes[:CHANGES_PRINTED]:
        view = Context(database, Filters(change.as_of), words)
        print(f"  {_change_words(change, names, view)}")
    if len(changes) > CHANGES_PRINTED:
        more = len(changes) - CHANGES_PRINTED
        print("  " + words("… {count} more: see the preview on the page of deliveries", count=more))


def _county_names(database: Database, words: Language) -> dict[str, str]:
    counties = database.run_query("values/counties")
    names = counties[words.pick("name_zh", "name_en")]
    return {**dict(zip(counties["county_id"], names, strict=True)), CITY: words("Whole city")}


def _change_words(change: IndicatorChange, names: dict[str, str], view: Context) -> str:
    def shown(standing: Standing) -> str:
        value = view.shown(change.indicator_id, msgspec.structs.asdict(standing))
        return f"{value} {view.status(standing.status)}" if standing.status else value

    county = names.get(change.county_id, change.county_id)
    name = view.text(change.indicator_id, "name")
    return f"{change.as_of} {county} {name}: {shown(change.before)} → {shown(change.after)}"
