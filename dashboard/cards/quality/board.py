"""All accreditation and selection targets at once, with pace and by county."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.asked import is_reading
from dashboard.cards.changes import compared_columns, since
from dashboard.cards.context import Context
from dashboard.cards.counting import chosen_counts, counts_in_brief, no_targets
from dashboard.cards.model import Card, Chart, Column, Selects, Table
from dashboard.cards.phrases import named
from dashboard.cards.quality.targets import (
    has_target,
    is_share,
    reached_text,
    targets_of_year,
)
from dashboard.cards.registry import card
from dashboard.cards.side_by_side import standing_rows
from dashboard.frames import Row
from dashboard.indicators.status import Status
from dashboard.rounding import DUST

# The rows of the bars are as high as those of the marks beside them.
HEAD_HEIGHT, ROW_HEIGHT = 37, 36
RURAL = "rural_arts_bases"


@card("quality.board")
def board(context: Context) -> Card:
    """Each target's progress in the chosen counties together, beside every county's own."""
    _ = context.language
    rows = {i: context.chosen_value(i) for i in targets_of_year(context)}
    finding = _finding(context, rows)
    return Card(
        card_id="quality.board",
        finding=finding,
        subtitle=context.subtitle(
            _("reached / target, and where the year should be by now"), context.month
        ),
        charts=(_progress(context, rows, finding), _counties(context)),
        chart_columns=2,
        table=_table(context),
        change=_change(context),
        indicator_ids=tuple(rows),
        notes=(_("Rural arts bases are a part of the arts bases."),) if RURAL in rows else (),
        hint=_(
            "A click on a bar lists the names behind it, a click on a mark narrows to a county."
        ),
    )


def _finding(context: Context, rows: dict[str, Row]) -> str:
    """How many of the targets stand where, and which lie furthest behind."""
    counts = chosen_counts(context).among(rows)
    if not counts:
        return no_targets(context)
    return sentences.sentence(
        context,
        context.language(
            "{geography}: {count} targets, {statuses}",
            geography=context.geography,
            count=len(counts),
            statuses=counts_in_brief(context, counts),
        ),
        _furthest_behind(context, rows),
    )


def _furthest_behind(context: Context, rows: dict[str, Row]) -> str:
    """Name the targets that lie furthest behind their pace, as a share of the target."""
    lags = {
        indicator_id: (row["expected"] - row["value"]) / row["target"]
        for indicator_id, row in rows.items()
        if row["status"] == Status.BEHIND
        and has_target(row)
        and not is_reading(context, indicator_id)
    }
    if not lags:
        return ""
    furthest = max(lags.values())
    figures = [
        named(context, context.text(i, "short"), reached_text(context, i, rows[i]))
        for i, lag in lags.items()
        if lag > furthest - DUST
    ]
    return context.language("furthest behind: {figures}", figures=context.language.listed(figures))


def _change(context: Context) -> str:
    """How many targets have more, and which have fewer, than in the month compared with.

    Eleven differences make no sentence: each stands on the card of its names.
    """
    _ = context.language
    differences = {i: context.chosen_change(i).difference for i in targets_of_year(context)}
    more = [i for i, difference in differences.items() if difference and difference > 0]
    fewer = [i for i, difference in differences.items() if difference and difference < 0]
    names = _.listed([context.text(i, "short") for i in fewer])
    return since(
        context,
        _("{count} targets with more", count=len(more)) if more else "",
        _("{count} with fewer: {names}", count=len(fewer), names=names) if fewer else "",
    )


def _progress(context: Context, rows: dict[str, Row], finding: str) -> Chart:
    """Return a bar per target: the share of it that is reached, with the pace."""
    _ = context.language
    frame = pd.DataFrame(
        [
            {
                "id": indicator_id,
                "label": context.text(indicator_id, "short"),
                "unit": context.text(indicator_id, "unit"),
                "value": row["value"],
                "target": row["target"],
                "pace": row["expected"],
                "text": _status_text(context, indicator_id, row),
                "status": row["status"] if has_target(row) else None,
                "hover": _hover(context, indicator_id, context.geography, row),
            }
            for indicator_id, row in rows.items()
        ]
    )
    return Chart(
        "count_progress",
        frame,
        {
            "target_text": _("target"),
            "pace_text": _("expected by now"),
            "missing_text": _("x not reported"),
            "height": HEAD_HEIGHT + ROW_HEIGHT * len(rows),
            "uirevision": "quality.board",
        },
        alt=finding,
        selects=Selects.TARGET,
    )


def _status_text(context: Context, indicator_id: str, row: Row) -> str:
    """Return what is reached of the target, and the status as a word behind its mark."""
    text = reached_text(context, indicator_id, row)
    if row["status"] is None or not has_target(row):
        return text
    return f"{text} {context.status_word(row['status'])}"


def _counties(context: Context) -> Chart:
    """Return a mark per target and county, above what the county has reached of its own target."""
    _ = context.language
    cells = [
        {
            "county_id": county,
            "county": context.county_short(county),
            "indicator_id": indicator_id,
            "indicator": _row_name(context, indicator_id),
            "status": _cell_status(row),
            "text": _cell_text(context, indicator_id, row),
            "hover": _hover(context, indicator_id, context.county(county), row),
        }
        for indicator_id in targets_of_year(context)
        for county, row in standing_rows(context, indicator_id).items()
        if county in context.county_ids
    ]
    statuses = {str(status): context.status_word(status) for status in Status}
    return Chart(
        "status_matrix",
        pd.DataFrame(cells),
        {
            "status_texts": {**statuses, "missing": _("not reported")},
            "highlight": context.highlight,
            "uirevision": "quality.board.counties",
        },
        alt=_("Each target by county: reached / target"),
        selects=Selects.COUNTY,
    )


def _row_name(context: Context, indicator_id: str) -> str:
    """Return row's name; of a share with its unit, for which the cells have no room on a phone."""
    short = context.text(indicator_id, "short")
    return f"{short}(%)" if is_share(context, indicator_id) else short


def _cell_status(row: Row) -> str:
    """Return a county's status; none where it has no target of its own."""
    if row["value"] is None:
        return "missing"
    return str(row["status"]) if row["status"] is not None and has_target(row) else ""


def _cell_text(context: Context, indicator_id: str, row: Row) -> str:
    """Return what a county has reached: 6/10; a share without the target that all have."""
    if row["value"] is None:
        return ""
    reached = context.language.number(row["value"], context.indicator(indicator_id).decimals)
    if is_share(context, indicator_id):
        return reached
    return f"{reached}/{context.language.number(row['target'])}" if has_target(row) else reached


def _hover(context: Context, indicator_id: str, place: str, row: Row) -> str:
    """Say a cell in words: place and target, what is reached, pace, status, what is missing."""
    _ = context.language
    lines = [
        f"{place} {context.text(indicator_id, 'name')}",
        reached_text(context, indicator_id, row),
    ]
    if not has_target(row):
        return "\n".join([*lines, _("no target of its own")])
    if row["expected"] is not None:
        expected = context.value(indicator_id, row["expected"])
        lines.append(_("by now {value}", value=expected))
    lines.append(context.status(row["status"]))
    lines.append(sentences.gap_sentence(context, indicator_id, row))
    return "\n".join(line for line in lines if line)


def _table(context: Context) -> Table:
    """Every number of both charts: a row per target and unit, the city's last."""
    _ = context.language
    frame = pd.concat([context.standings(i) for i in targets_of_year(context)])
    return Table(
        frame.assign(
            indicator=[context.text(i, "name") for i in frame["indicator_id"]],
            unit=[context.text(i, "unit") for i in frame["indicator_id"]],
            county=[context.county(county) for county in frame["county_id"]],
            status_text=[context.status(status) for status in frame["status"]],
        ),
        (
            Column("indicator", _("Target")),
            Column("unit", _("Unit")),
            Column("county", _("County")),
            Column("value", _("Value"), 1),
            Column("target", _("Target value"), 1),
            Column("expected", _("Expected by now"), 1),
            *compared_columns(context, targets_of_year(context), decimals=1),
            Column("status_text", _("Status")),
        ),
    )
