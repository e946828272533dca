"""The plan's targets for building, and the page's headline made of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.construction.lateness import late_projects
from dashboard.cards.construction.portfolio import chosen_projects
from dashboard.cards.context import Context
from dashboard.cards.counting import chosen_counts, no_targets
from dashboard.cards.model import Card, Chart, Column, Table
from dashboard.cards.phrases import of_target
from dashboard.cards.registry import card, headline
from dashboard.frames import Row
from dashboard.indicators.status import Status

TARGETS = ("projects_underway", "projects_completed", "project_investment")
CITY_TARGETS = (*TARGETS, "municipal_projects")
HEIGHT = 300  # as high as the chart beside it, the year's investment


@headline("construction")
def construction_headline(context: Context) -> str:
    """How many projects are under way and completed, what is invested, how many are late."""
    _ = context.language
    messages = {
        "projects_underway": _("{value} under way"),
        "projects_completed": _("{value} completed"),
        "project_investment": _("{value} invested"),
    }
    reached = [
        messages[target].format(value=of_target(context, target, context.chosen_value(target)))
        for target in context.named(messages)
    ]
    projects = chosen_projects(context)
    late = _("{late} of {count} are late", late=len(late_projects(projects)), count=len(projects))
    return _(
        "{geography}, {month}: {reached}",
        geography=context.geography,
        month=context.month,
        reached=sentences.sentence(context, _.pick("、", ", ").join(reached), late),
    )


@card("construction.progress")
def progress(context: Context) -> Card:
    """Show plan's four targets for building: reached, due by now, asked for by the year's end."""
    _ = context.language
    # What belongs to the city's own schools is shown with the whole city and with them.
    asked = CITY_TARGETS if context.filters.is_city else TARGETS
    targets = context.named(asked) or asked
    rows = {target: context.chosen_value(target) for target in targets}
    frame = pd.DataFrame([_target_row(context, target, row) for target, row in rows.items()])
    finding = _finding(context, rows)
    options = {
        "target_text": _("target"),
        "pace_text": _("expected by now"),
        "missing_text": _("x not reported"),
        "height": HEIGHT,
    }
    return Card(
        card_id="construction.progress",
        finding=finding,
        subtitle=context.subtitle(
            _("targets of the year reached"), context.geography, context.month
        ),
        charts=(Chart("count_progress", frame, options, alt=finding),),
        table=_table(context, frame),
        indicator_ids=targets,
    )


def _finding(context: Context, rows: Mapping[str, Row]) -> str:
    """Say how many targets are behind, and by how much."""
    _ = context.language
    counts = chosen_counts(context).among(rows)
    judged, behind = sum(counts.by_status.values()), counts.at(Status.BEHIND)
    if not judged:
        return no_targets(context)
    if not behind:
        return _("None of {count} targets is behind the pace", count=judged)
    return _(
        "{behind} of {count} targets behind the pace: {gaps}",
        behind=len(behind),
        count=judged,
        gaps=context.language.listed(
            [_shortfall(context, target, rows[target]) for target in behind]
        ),
    )


def _shortfall(context: Context, target: str, row: Row) -> str:
    """Name a target with what is missing to where it should be by now."""
    return context.language(
        "{measure} by {gap}",
        measure=context.text(target, "short"),
        gap=context.difference(target, row["expected"] - row["value"]),
    )


def _target_row(context: Context, target: str, row: Row) -> dict[str, Any]:
    text = of_target(context, target, row)
    name, status = context.text(target, "name"), context.status(row["status"])
    return {
        "id": target,
        "label": context.text(target, "short"),
        "name": name,
        "unit": context.text(target, "unit"),
        "value": row["value"],
        "target": row["target"],
        "pace": row["expected"],
        "status": row["status"],
        "status_text": status,
        "text": text,
        "hover": sentences.sentence(
            context, f"{name} {text}", status, sentences.gap_sentence(context, target, row)
        ),
    }


def _table(context: Context, targets: pd.DataFrame) -> Table:
    _ = context.language
    return Table(
        targets,
        (
            Column("name", _("Target")),
            Column("unit", _("Unit")),
            Column("value", _("Value"), 2),
            Column("target", _("Target value"), 2),
            Column("pace", _("Expected by now"), 2),
            Column("status_text", _("Status")),
        ),
    )
