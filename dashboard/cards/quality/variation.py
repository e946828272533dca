"""How far a county's schools lie apart: coefficients of variation against their limits."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.changes import about, moved, no_newer, since
from dashboard.cards.context import Context
from dashboard.cards.phrases import autumns, not_reported, present, stage_names
from dashboard.cards.quality.resources import SEVEN_LINES, resource_names
from dashboard.cards.registry import card
from dashboard.frames import Row, records
from dashboard.report import Card, Chart, Column, Table
from dashboard.status import Status

DECIMALS = 2
AXIS = [0, 0.6]  # beyond both limits, whatever the counties' values


@card("quality.variation")
def variation(context: Context) -> Card:
    """Each resource's widest and narrowest spread among the chosen counties, by stage."""
    _ = context.language
    asked = context.query("quality/resource_variation", as_of=context.filters.as_of)
    rows = [row for row in records(asked) if row["county_id"] in context.chosen]
    reported = [row for row in rows if not pd.isna(row["variation"])]
    finding = _finding(context, reported) if rows else _no_county(context)
    names = stage_names(context, "primary", "junior")
    withheld = [row for row in rows if row["is_withheld"]]
    late = {row["county_id"] for row in rows} - {row["county_id"] for row in (*reported, *withheld)}
    return Card(
        card_id="quality.variation",
        finding=finding,
        subtitle=context.subtitle(
            _("coefficient of variation between schools, weighted by pupils"),
            context.geography,
            autumns(context, [int(row["school_year"]) for row in reported]),
        ),
        charts=tuple(
            _stage_chart(
                context, stage, [row for row in reported if row["stage"] == stage], name, finding
            )
            for stage, name in names.items()
        ),
        chart_columns=2,
        table=_table(context, asked),
        change=_change(context, reported),
        indicator_ids=(SEVEN_LINES,),
        notes=present(
            _(
                "A nine-year school counts in both stages with its pupils of each; the city-run "
                "schools are not a county. The weighting is to be confirmed."
            ),
            _(
                "Coefficients withheld: {count}, for the few schools whose teachers are (c).",
                count=len(withheld),
            )
            if withheld
            else "",
            sentences.late_sentence(context, tuple(c for c in context.chosen if c in late)),
        ),
    )


def is_within(row: Row) -> bool:
    """Whether a spread keeps to its limit."""
    return bool(row["variation"] <= row["limit_value"])


def _no_county(context: Context) -> str:
    return context.language(
        "{geography}: no coefficient of variation, which is a county's", geography=context.geography
    )


def _finding(context: Context, rows: list[Row]) -> str:
    """How many of the coefficients keep to their limits, and which is the largest."""
    _ = context.language
    if not rows:
        return not_reported(context, _("Coefficient of variation"))
    widest = _nearest_to_limit(rows)
    return sentences.sentence(
        context,
        _(
            "{geography}: {within} of {count} coefficients within the limit",
            geography=context.geography,
            within=sum(is_within(row) for row in rows),
            count=len(rows),
        ),
        _(
            "nearest to it: {coefficient} {value} (limit {limit})",
            coefficient=_coefficient(context, widest),
            value=_.number(widest["variation"], DECIMALS),
            limit=_.number(widest["limit_value"], DECIMALS),
        ),
    )


def _nearest_to_limit(rows: list[Row]) -> Row:
    return max(rows, key=lambda row: row["variation"] / row["limit_value"])


def _coefficient(context: Context, row: Row) -> str:
    """Name a coefficient: 诸暨市初中体育场馆面积; without the county where only one is chosen."""
    _ = context.language
    names = {
        "county": context.county(row["county_id"]),
        "stage": stage_names(context, "primary", "junior")[row["stage"]],
        "resource": resource_names(context)[row["resource"]],
    }
    if context.filters.single_county is not None:
        return _("{stage}, {resource}", **names)
    return _("{county}, {stage}, {resource}", **names)


def _change(context: Context, rows: list[Row]) -> str:
    """How the coefficient nearest to its limit has moved."""
    if not rows:
        return ""
    now = _nearest_to_limit(rows)
    month = context.filters.compared_month
    past = records(context.query("quality/resource_variation", as_of=month))
    keys = ("county_id", "stage", "resource")
    then = next((row for row in past if all(row[key] == now[key] for key in keys)), None)
    if then is not None and then["school_year"] == now["school_year"]:
        text = no_newer(context, context.language.school_year(now["school_year"]))
    else:
        value = None if then is None else then["variation"]
        text = moved(context, now["variation"], value, "", DECIMALS)
    return since(context, about(context, _coefficient(context, now), text))


def _stage_chart(context: Context, stage: str, rows: list[Row], name: str, finding: str) -> Chart:
    """A row per resource: the widest county's coefficient joined to the narrowest one's."""
    _ = context.language
    cells = []
    for resource, resource_name in resource_names(context).items():
        own = sorted(
            (row for row in rows if row["resource"] == resource), key=lambda row: row["variation"]
        )
        if own:
            cells.append(_resource_row(context, resource_name, own))
    options: dict[str, Any] = {
        "value_range": AXIS,
        "series_text": _("widest county"),
        "comparison_text": _("narrowest county"),
        "empty_text": _("x not reported"),
        "uirevision": f"quality.variation.{stage}",
    }
    if rows:
        limit = float(rows[0]["limit_value"])
        options["target"] = limit
        options["target_text"] = _("limit {value}", value=_.number(limit, DECIMALS))
    return Chart(
        "county_dot",
        pd.DataFrame(cells),
        options,
        alt=sentences.sentence(context, name, finding),
        title=name,
    )


def _resource_row(context: Context, name: str, own: list[Row]) -> dict[str, Any]:
    """A resource's counties, the narrowest spread first, as one row of the chart."""
    narrowest, widest = own[0], own[-1]
    value = context.language.number(widest["variation"], DECIMALS)
    county = context.county_short(widest["county_id"])
    return {
        "id": widest["resource"],
        "label": name,
        "value": widest["variation"],
        "comparison": narrowest["variation"] if len(own) > 1 else None,
        "text": value if len(own) == 1 else f"{value} {county}",
        "status": Status.MET if is_within(widest) else Status.BEHIND,
        "hover": "\n".join(
            f"{context.county(row['county_id'])} "
            f"{context.language.number(row['variation'], DECIMALS)}"
            for row in reversed(own)
        ),
    }


def _table(context: Context, asked: pd.DataFrame) -> Table:
    """Every county's coefficients."""
    _ = context.language
    stages, resources = stage_names(context, "primary", "junior"), resource_names(context)
    return Table(
        asked.assign(
            county=[context.county(county) for county in asked["county_id"]],
            stage_name=[stages[stage] for stage in asked["stage"]],
            resource_name=[resources[resource] for resource in asked["resource"]],
            withheld_text=[_("c suppressed") if c else "" for c in asked["is_withheld"]],
        ),
        (
            Column("county", _("County")),
            Column("stage_name", _("School stage")),
            Column("resource_name", _("Resource")),
            Column("schools", _("Schools"), 0),
            Column("mean_amount", _("Mean"), 2),
            Column("variation", _("Coefficient of variation"), DECIMALS),
            Column("limit_value", _("Limit"), DECIMALS),
            *(
                (Column("withheld_text", _("Why there is no value")),)
                if asked["is_withheld"].any()
                else ()
            ),
        ),
    )
