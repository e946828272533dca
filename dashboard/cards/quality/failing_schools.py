"""The schools that do not meet the rule of the seven resources, and on what."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Chart, Column, Selects, Table
from dashboard.cards.phrases import not_reported, present
from dashboard.cards.quality.resources import (
    SEVEN_LINES,
    own_and_line,
    resource_names,
    units_note,
)
from dashboard.cards.registry import card
from dashboard.frames import Row, records

SHORT_LIST = 10  # schools that a screen shows; a longer list scrolls
LIST_HEIGHT = 420


@card("quality.failing_schools")
def failing_schools(context: Context) -> Card:
    """Show the chosen counties' schools that fail, the worst first, with each line they miss."""
    _ = context.language
    asked = context.query("quality/failing_schools", as_of=context.filters.as_of)
    missed = asked[asked["county_id"].isin(context.chosen)]
    row = context.chosen_value(SEVEN_LINES)
    finding = _finding(context, row, missed)
    listing = _listing(context, missed)
    schools = len(listing.frame)
    return Card(
        card_id="quality.failing_schools",
        finding=finding,
        subtitle=context.subtitle(
            _("schools that do not meet the rule, most lines missed first"),
            context.geography,
            _.month(row["period"]) if row["period"] else "",
        ),
        charts=(_chart(context, missed, finding),),
        listing=listing if schools else None,
        listing_height=LIST_HEIGHT if schools > SHORT_LIST else None,
        table=_table(context, missed),
        indicator_ids=(SEVEN_LINES,),
        notes=present(
            _("In each cell: what the school has / the line; empty where the line is reached."),
            units_note(context),
            _withheld_note(context, missed),
        ),
    )


def _finding(context: Context, row: Row, missed: pd.DataFrame) -> str:
    """How many schools fail, and on what most of them."""
    _ = context.language
    if row["value"] is None:
        return not_reported(context, context.text(SEVEN_LINES, "short"))
    failing = missed["school_id"].nunique()
    counts = _misses(context, missed)
    most = max(counts, key=counts.__getitem__)
    return sentences.sentence(
        context,
        _(
            "{geography}: {count} of {total} schools do not meet the rule",
            geography=context.geography,
            count=_.number(failing),
            total=_.number(row["denominator"]),
        ),
        _(
            "most of them miss: {resource} ({count})",
            resource=resource_names(context)[most],
            count=_.number(counts[most]),
        )
        if failing
        else "",
    )


def _withheld_note(context: Context, missed: pd.DataFrame) -> str:
    """Return what c means where a school's number of teachers is withheld."""
    _ = context.language
    if not missed["is_withheld"].any():
        return ""
    return _(
        "c: a number of teachers that is small, or where a small one would reach the line; not "
        "shown."
    )


def _misses(context: Context, missed: pd.DataFrame) -> dict[str, int]:
    """How many of the failing schools miss each line."""
    counts = missed["resource"].value_counts()
    return {resource: int(counts.get(resource, 0)) for resource in resource_names(context)}


def _chart(context: Context, missed: pd.DataFrame, finding: str) -> Chart:
    """Return a bar per resource: the failing schools that miss its line."""
    _ = context.language
    names = resource_names(context)
    counts = _misses(context, missed)
    frame = pd.DataFrame(
        {
            "id": list(names),
            "label": list(names.values()),
            "value": list(counts.values()),
            "text": [
                context.language.quantity(n, context.text(SEVEN_LINES, "counted"))
                for n in counts.values()
            ],
        }
    )
    options = {"value_range": [0, 5], "uirevision": "quality.failing_schools"}
    return Chart("bar", frame, options, alt=finding, title=_("Failing schools that miss the line"))


def _listing(context: Context, missed: pd.DataFrame) -> Table:
    """Return a row per school in the query's order, a column per resource."""
    _ = context.language
    names = resource_names(context)
    schools: dict[str, dict[str, object]] = {}
    for row in records(missed):
        school = schools.setdefault(
            row["school_id"],
            {
                "school_id": row["school_id"],
                "school_name": row["school_name"],
                "county": context.county_short(row["county_id"]),
                "missed_lines": row["missed_lines"],
                **dict.fromkeys(names, ""),
            },
        )
        school[row["resource"]] = own_and_line(context, row["resource"], row["amount"], row["line"])
    return Table(
        pd.DataFrame(list(schools.values())),
        (
            Column("school_name", _("School"), leads_to=Selects.SCHOOL, id_column="school_id"),
            Column("county", _("County")),
            Column("missed_lines", _("Lines missed"), 0),
            *(Column(resource, name) for resource, name in names.items()),
        ),
    )


def _table(context: Context, missed: pd.DataFrame) -> Table:
    """Return a row per school and line missed, with the share of the line that is reached."""
    _ = context.language
    names = resource_names(context)
    return Table(
        missed.assign(
            county=[context.county(county) for county in missed["county_id"]],
            resource_name=[names[resource] for resource in missed["resource"]],
            withheld_text=[_("c suppressed") if c else "" for c in missed["is_withheld"]],
        ),
        (
            Column("school_name", _("School")),
            Column("county", _("County")),
            Column("missed_lines", _("Lines missed"), 0),
            Column("resource_name", _("Resource")),
            Column("amount", _("What the school has"), 2),
            Column("line", _("What it should have"), 2),
            Column("attainment_pct", _("Reached of the line (%)"), 1),
            *(
                (Column("withheld_text", _("Why there is no value")),)
                if missed["is_withheld"].any()
                else ()
            ),
        ),
    )
