"""Two tables of one delivery for one export and period: the same one twice, or one too many."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.contract import Package
from dashboard.deliveries.model import ROW, DeliveredTable, Finding, Normalised
from dashboard.deliveries.periods import period_columns
from dashboard.deliveries.reading.normalisations import normalised
from dashboard.deliveries.refusal import finding, place_en, place_zh


def without_overlap(
    tables: Sequence[DeliveredTable], package: Package
) -> tuple[list[DeliveredTable], list[Finding], list[Normalised]]:
    """Return tables without repetitions, and a finding for each that covers what another does."""
    kept: list[DeliveredTable] = []
    findings: list[Finding] = []
    told: list[Normalised] = []
    for table in tables:
        others = [other for other in kept if other.resource == table.resource]
        twin = next((other for other in others if _is_same(other, table)), None)
        if twin is not None:
            told.append(normalised(table.place, "same_table", 1, before=place_zh(twin.place)))
            continue
        in_periods = bool(period_columns(package.resource(table.resource)))
        for other in others:
            shared = sorted(set(other.periods) & set(table.periods))
            if shared or not in_periods:
                findings.append(_overlap(table, other, package, shared))
        kept.append(table)
    return kept, findings, told


def _is_same(one: DeliveredTable, other: DeliveredTable) -> bool:
    return one.frame.drop(columns=ROW).equals(other.frame.drop(columns=ROW))


def _overlap(
    table: DeliveredTable, other: DeliveredTable, package: Package, shared: Sequence[str]
) -> Finding:
    title = package.resource(table.resource).title
    of_zh = f"“{'、'.join(shared[:5])}”的" if shared else ""
    of_en = f" of {', '.join(shared[:5])}" if shared else ""
    return finding(
        table.place,
        "overlap",
        f"与{place_zh(other.place)}都是{of_zh}「{title}」，内容不同，不知以哪个为准。"
        "请只交一个，或合成一个表。",
        f"this and {place_en(other.place)} are both {title}{of_en}, with different rows; nobody"
        " knows which one counts. Hand in one, or join them.",
        value="、".join(shared[:5]) or None,
    )
