"""Myopia and severe myopia by stage over the rounds of one season."""

from __future__ import annotations

import pandas as pd

from dashboard.cards.changes import about, no_newer, rate_change, since
from dashboard.cards.context import Context
from dashboard.cards.health.myopia import MYOPIA
from dashboard.cards.health.rate_axis import rate_axis
from dashboard.cards.health.rounds import is_spring, round_before, round_name, season_name
from dashboard.cards.model import Card, Chart, Column, Table
from dashboard.cards.phrases import named, not_reported, percent, stage_names
from dashboard.cards.registry import card
from dashboard.frames import Row, records

STAGES = ("primary", "junior", "senior", "vocational")
CHART_HEIGHT = 250  # beneath it stands a listing


@card("health.myopia_by_stage")
def myopia_by_stage(context: Context) -> Card:
    """Show the stages' rates round by round, and the latest ones in a listing."""
    _ = context.language
    rounds = context.query(
        "health/myopia_by_stage", as_of=context.filters.as_of, counties=list(context.chosen)
    )
    rows = records(rounds)
    latest = max((row["period"] for row in rows), default=None)
    finding = _finding(context, rows, latest)
    options = {
        **rate_axis(context, "myopia_by_stage"),
        "axis_note": "",
        "missing_text": context.language("c suppressed"),
        "from_zero": True,
        "value_range": [0, 100],
        "height": CHART_HEIGHT,
    }
    return Card(
        card_id="health.myopia_by_stage",
        finding=finding,
        subtitle=context.subtitle(
            _("myopia and severe myopia, share of pupils examined"),
            context.geography,
            season_name(context, latest),
        ),
        change=_change(context, rows, latest),
        charts=(Chart("line", _frame(context, rows), options, finding),),
        listing=_listing(context, rows, latest) if latest else None,
        table=_table(context, rounds),
        clauses_of=("myopia_decline",),
        sources=("schools", "vision"),
        notes=(
            _(
                "By stage, every round is of all schools examined in it; the change over the same "
                "schools is on the card by county."
            ),
        ),
    )


def _frame(context: Context, rows: list[Row]) -> pd.DataFrame:
    names = stage_names(context, *STAGES)
    return pd.DataFrame(
        {
            "id": [row["stage"] for row in rows],
            "series": [names[row["stage"]] for row in rows],
            "x": [row["period"][:4] for row in rows],
            "value": [row["myopic_pct"] for row in rows],
            "text": [_rate(context, row["myopic_pct"]) for row in rows],
        }
    )


def _finding(context: Context, rows: list[Row], latest: str | None) -> str:
    """Return the stages' rates in the latest round."""
    _ = context.language
    if latest is None:
        return not_reported(context, _("Myopia rate"))
    names = stage_names(context, *STAGES)
    rates = [
        named(context, names[row["stage"]], _rate(context, row["myopic_pct"]))
        for row in rows
        if row["period"] == latest
    ]
    return _("Myopia: {stages}", stages=_.listed(rates))


def _change(context: Context, rows: list[Row], latest: str | None) -> str:
    """Say how the stages' rates moved since the round that stood at the month compared with."""
    _ = context.language
    then = _latest_round(context.city_then)
    if latest is None or then is None:
        return since(context, _("not reported then") if latest else _("not reported now"))
    if then == latest:
        return since(context, no_newer(context, round_name(context, then)), comparison="")
    if is_spring(then) != is_spring(latest):
        return since(context, _("rounds of different seasons, not compared"))
    rates = {(row["stage"], row["period"]): row["myopic_pct"] for row in rows}
    decimals = context.indicator(MYOPIA).decimals
    changes = []
    for stage, name in stage_names(context, *STAGES).items():
        rate = rates.get((stage, latest))
        if rate is not None:
            change = rate_change(context, rate, rates.get((stage, then)), "%", decimals)
            changes.append(about(context, name, change))
    return since(context, *changes, comparison=round_name(context, then))


def _latest_round(context: Context) -> str | None:
    rounds = context.query(
        "health/myopia_by_stage", as_of=context.filters.as_of, counties=list(context.chosen)
    )
    return max(rounds["period"], default=None)


def _rate(context: Context, share: float) -> str:
    return percent(context, MYOPIA, share, missing=context.language("c suppressed"))


def _listing(context: Context, rows: list[Row], latest: str) -> Table:
    """Each stage's two rates in the latest round, and how they moved on the same season."""
    _ = context.language
    rounds = {(row["stage"], row["period"]): row for row in rows}
    listed = []
    for stage, stage_name in stage_names(context, *STAGES).items():
        now, before = rounds.get((stage, latest)), rounds.get((stage, round_before(latest)))
        if now is None:
            continue
        cells = {"stage": stage_name}
        for name, rate in (("myopic", "myopic_pct"), ("severe", "severe_pct")):
            change = None if before is None else now[rate] - before[rate]
            cells[name] = _rate(context, now[rate])
            is_known = change is not None and change is not None
            cells[f"{name}_change"] = context.value(MYOPIA, change, sign=True) if is_known else ""
        listed.append(cells)
    columns = (
        Column("stage", _("School stage")),
        Column("myopic", _("Myopia rate")),
        Column("myopic_change", _("Change of myopia")),
        Column("severe", _("Severe myopia rate")),
        Column("severe_change", _("Change of severe myopia")),
    )
    return Table(pd.DataFrame(listed), columns)


def _table(context: Context, rounds: pd.DataFrame) -> Table:
    _ = context.language
    decimals = context.indicator(MYOPIA).decimals
    names = stage_names(context, *STAGES)
    return Table(
        rounds.assign(stage=[names[stage] for stage in rounds["stage"]]),
        (
            Column("stage", _("School stage")),
            Column("period", _("Period")),
            Column("examined", _("Examined"), 0),
            Column("myopic_pct", _("Myopia rate") + " (%)", decimals),
            Column("severe_pct", _("Severe myopia rate") + " (%)", decimals),
        ),
    )
