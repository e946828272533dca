"""How far a county's schools lie apart: coefficients of variation against their limits."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.changes import about, no_newer, rate_change, since
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Chart, Column, Table
from dashboard.cards.phrases import autumns, not_reported, present, stage_names
from dashboard.cards.quality.resources import SEVEN_LINES, resource_names
from dashboard.cards.registry import card
from dashboard.frames import Row, records
from dashboard.indicators import SUPPRESSED
from dashboard.indicators.status import Status

DECIMALS = 2
AXIS = [0, 0.6]  # beyond both limits, whatever the counties' values


@card("quality.variation")
def variation(context: Context) -> Card:
    """Each resource's widest and narrowest spread among the chosen counties, by stage."""
    _ = context.language
    asked = context.query("quality/resource_variation", as_of=context.filters.as_of)
    rows = [row for row in records(asked) if row["county_id"] in context.chosen]
    reported = [row for row in rows if row["is_withheld"] or row["variation"] is not None]
    finding = _finding(context, reported) if rows else _no_county(context)
    names = stage_names(context, "primary", "junior")
    withheld = sum(row["is_withheld"] for row in rows)
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
        change=_change(context, _shown(reported)),
        indicator_ids=(SEVEN_LINES,),
        notes=present(
            _(
                "A nine-year school counts in both stages with its pupils of each; the city-run "
                "schools are not a county. The weighting is to be confirmed."
            ),
            _(
                "c: {count} coefficients, each with a school of which the number of teachers is "
                "withheld; shown is only whether they are within the limit.",
                count=withheld,
            )
            if withheld
            else "",
        ),
    )


def _shown(rows: list[Row]) -> list[Row]:
    """Return the rows whose coefficient is not withheld."""
    return [row for row in rows if not row["is_withheld"]]


def _no_county(context: Context) -> str:
    return context.language(
        "{geography}: no coefficient of variation, which is a county's", geography=context.geography
    )


def _finding(context: Context, rows: list[Row]) -> str:
    """How many of the coefficients keep to their limits, and which is the largest."""
    _ = context.language
    if not rows:
        return not_reported(context, _("Coefficient of variation"))
    shown = _shown(rows)
    return sentences.sentence(
        context,
        _(
            "{geography}: {within} of {count} coefficients within the limit",
            geography=context.geography,
            within=sum(bool(row["is_within"]) for row in rows),
            count=len(rows),
        ),
        _nearest(context, shown, is_of_all=len(shown) == len(rows)) if shown else "",
    )


def _nearest(context: Context, shown: list[Row], *, is_of_all: bool) -> str:
    """Which coefficient is nearest to its limit, or beyond it by most."""
    _ = context.language
    widest = _nearest_to_limit(shown)
    parts = {
        "coefficient": _coefficient(context, widest),
        "value": _.number(widest["variation"], DECIMALS),
        "limit": _.number(widest["limit_value"], DECIMALS),
    }
    if is_of_all:
        return _("nearest to it: {coefficient} {value} (limit {limit})", **parts)
    return _("nearest to it of those shown: {coefficient} {value} (limit {limit})", **parts)


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
    if then is None or then["school_year"] is None:  # no resources were known by then
        text, period = rate_change(context, now["variation"], None, "", DECIMALS), None
    elif then["school_year"] == now["school_year"]:
        text, period = no_newer(context, context.language.school_year(now["school_year"])), ""
    else:
        text = rate_change(context, now["variation"], then["variation"], "", DECIMALS)
        period = context.language.school_year(then["school_year"])
    return since(context, about(context, _coefficient(context, now), text), comparison=period)


def _stage_chart(context: Context, stage: str, rows: list[Row], name: str, finding: str) -> Chart:
    """Return a row per resource: the widest county's coefficient joined to the narrowest one's."""
    _ = context.language
    cells = []
    for resource, resource_name in resource_names(context).items():
        own = [row for row in rows if row["resource"] == resource]
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
    """Return a resource's counties as one row of the chart: the widest and the narrowest shown."""
    shown = sorted(_shown(own), key=lambda row: row["variation"])
    return {
        "id": own[0]["resource"],
        "label": name,
        "value": shown[-1]["variation"] if shown else None,
        "comparison": shown[0]["variation"] if len(shown) > 1 else None,
        "text": _row_text(context, own, shown),
        "status": Status.MET if all(row["is_within"] for row in own) else Status.BEHIND,
        "hover": "\n".join(
            f"{context.county(row['county_id'])} {_value_text(context, row)}"
            for row in (*reversed(shown), *(row for row in own if row["is_withheld"]))
        ),
    }


def _row_text(context: Context, own: list[Row], shown: list[Row]) -> str:
    """Return the widest coefficient, with its county where there are several."""
    if not shown:
        return context.missing(SUPPRESSED)
    value = _value_text(context, shown[-1])
    return value if len(own) == 1 else f"{value} {context.county_short(shown[-1]['county_id'])}"


def _value_text(context: Context, row: Row) -> str:
    if row["is_withheld"]:
        return context.missing(SUPPRESSED)
    return context.language.number(row["variation"], DECIMALS)


def _table(context: Context, asked: pd.DataFrame) -> Table:
    """Every county's coefficients."""
    _ = context.language
    stages, resources = stage_names(context, "primary", "junior"), resource_names(context)
    return Table(
        asked.assign(
            county=[context.county(county) for county in asked["county_id"]],
            stage_name=[stages[stage] for stage in asked["stage"]],
            resource_name=[resources[resource] for resource in asked["resource"]],
            within=[_within_text(context, row) for row in records(asked)],
            withheld_text=[context.missing(SUPPRESSED) if c else "" for c in asked["is_withheld"]],
        ),
        (
            Column("county", _("County")),
            Column("stage_name", _("School stage")),
            Column("resource_name", _("Resource")),
            Column("schools", _("Schools"), 0),
            Column("mean_amount", _("Mean"), 2),
            Column("variation", _("Coefficient of variation"), DECIMALS),
            Column("limit_value", _("Limit"), DECIMALS),
            Column("within", _("Within the limit")),
            *(
                (Column("withheld_text", _("Why there is no value")),)
                if asked["is_withheld"].any()
                else ()
            ),
        ),
    )


def _within_text(context: Context, row: Row) -> str:
    if row["is_within"] is None:
        return ""
    return context.language("yes") if row["is_within"] else context.language("no")
