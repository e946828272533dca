"""The targets furthest behind: what is missing in absolute terms, where, and whose it is."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.asked import aim, is_reading
from dashboard.cards.changes import change_sentence
from dashboard.cards.context import Context
from dashboard.cards.counting import chosen_counts, none_behind
from dashboard.cards.model import Card, Column, Selects, Table
from dashboard.cards.overview.judged import judged, judged_table
from dashboard.cards.phrases import clause_number, clause_words, present
from dashboard.cards.registry import card
from dashboard.frames import Row, records
from dashboard.indicators import Counts
from dashboard.indicators.status import Status

URGENT_SHOWN = 10
URGENT_NAMED = 3  # in the finding, and in what has changed


@card("overview.urgent_gaps")
def urgent_gaps(context: Context) -> Card:
    """Show targets furthest behind: what is missing in absolute terms, where, and whose it is."""
    _ = context.language
    counts, targets = chosen_counts(context), judged(context)
    behind = targets[targets["status"] == Status.BEHIND].copy()
    behind["shortfall"] = [shortfall(row) for row in records(behind)]
    behind["is_reading"] = [is_reading(context, i) for i in behind["indicator_id"]]
    behind = behind.sort_values(["is_reading", "shortfall"], ascending=[True, False], kind="stable")
    rows = [_urgent_row(context, row) for row in records(behind.head(URGENT_SHOWN))]
    # a reading of ours never leads
    leading = [i for i in behind["indicator_id"] if i not in counts.readings][:URGENT_NAMED]
    listing = Table(
        pd.DataFrame(rows),
        (
            Column("indicator", _("Target behind"), leads_to=Selects.INDICATOR, id_column="id"),
            Column("value", _("Now / target")),
            Column("gap", _("Missing")),
            *((Column("where", _("Furthest behind")),) if context.filters.is_city else ()),
            Column("office", _("Responsible")),
            Column("clause_text", _("Clause"), leads_to=Selects.CLAUSE, id_column="clause"),
        ),
    )
    return Card(
        card_id="overview.urgent_gaps",
        finding=_finding(context, counts, leading),
        subtitle=context.subtitle(
            _("targets behind, largest shortfall first"), context.geography, context.month
        ),
        change=change_sentence(context, leading),
        listing=listing if rows else None,
        table=judged_table(context, behind),
        indicator_ids=tuple(behind["indicator_id"].head(URGENT_SHOWN)),
        notes=present(
            _("{count} more in the table", count=len(behind) - len(rows))
            if len(behind) > len(rows)
            else ""
        ),
    )


def _finding(context: Context, counts: Counts, leading: list[str]) -> str:
    """Say how many targets are behind, and name the furthest of those that the plan itself sets."""
    _ = context.language
    behind = counts.by_status[Status.BEHIND]
    if not behind:
        return none_behind(context, counts)
    names = _.listed([context.text(indicator_id, "short") for indicator_id in leading])
    return sentences.sentence(
        context,
        _("{count} targets behind", count=behind),
        _("furthest: {names}", names=names) if names else "",
    )


def shortfall(row: Row) -> float:
    """How far a value lies behind what was due, as a share of it; direction counts as its gap."""
    value, expected = row["value"], row["expected"]
    if not isinstance(value, float) or not isinstance(expected, (int, float)) or expected == 0:
        return 0.0
    return abs(expected - value) / abs(expected)


def _urgent_row(context: Context, row: Row) -> dict[str, str]:
    indicator_id = str(row["indicator_id"])
    clause = context.clause(indicator_id)
    office = (
        "" if clause is None else context.language.pick(clause["office_zh"], clause["office_en"])
    )
    asked = aim(context, indicator_id, row["target"])
    return {
        "id": indicator_id,
        "indicator": context.text(indicator_id, "short"),
        "value": f"{context.shown(indicator_id, row)} / {asked}",
        "gap": sentences.gap_sentence(context, indicator_id, row),
        "where": sentences.furthest_sentence(
            context, indicator_id, context.standings(indicator_id)
        ),
        "office": office,
        "clause": clause_number(context, indicator_id),
        "clause_text": clause_words(context, indicator_id),
    }
