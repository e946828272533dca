"""Equal access: disabled pupils taught at home, and pupils eligible for aid."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.registry import card
from dashboard.frames import Row, records
from dashboard.report import Card, Column, Table

HOME_TAUGHT = "home_teaching_share"
AIDED = "student_aid_coverage"
SMALL_COUNTS = "suppressed_below_people"


@card("enrollment.special_needs", whole_city=True)
def special_needs(context: Context) -> Card:
    """The share taught at home and the share of eligible pupils aided, by county."""
    _ = context.language
    home = context.chosen_value(HOME_TAUGHT)
    aided = context.chosen_value(AIDED)
    return Card(
        card_id="enrollment.special_needs",
        finding=sentences.sentence(
            context,
            _home_sentence(context, home),
            sentences.standing_sentence(context, AIDED, context.geography, aided),
        ),
        subtitle=context.subtitle(
            _("certified disabled pupils taught at home (last year); eligible pupils aided"),
            _("by county"),
            _.month(home["period"]) if home["period"] else "",
        ),
        listing=_counties_listing(context),
        table=_counties_table(context),
        indicator_ids=(HOME_TAUGHT, AIDED),
        notes=_notes(context, home),
    )


def _home_sentence(context: Context, row: Row) -> str:
    if _is_small(context, row["numerator"]):
        return context.language(
            "{geography}: {measure} withheld",
            geography=context.geography,
            measure=context.text(HOME_TAUGHT, "short"),
        )
    return sentences.standing_sentence(context, HOME_TAUGHT, context.geography, row)


def _fewest(context: Context) -> float:
    """Below how many people a count is withheld, because they could be known."""
    return context.database.catalogue.thresholds[SMALL_COUNTS].value


def _is_small(context: Context, people: float | None) -> bool:
    return not pd.isna(people) and 0 < float(people or 0) < _fewest(context)


def _counties_listing(context: Context) -> Table:
    """A row per county, the city's last."""
    _ = context.language
    home, aid = context.standings(HOME_TAUGHT), context.standings(AIDED)
    frame = pd.DataFrame(
        {
            "county": [context.county(county) for county in home["county_id"]],
            HOME_TAUGHT: [_home_text(context, row) for row in records(home)],
            AIDED: [context.value(AIDED, row["value"]) for row in records(aid)],
            "unaided": [_unaided_text(context, row) for row in records(aid)],
            "status": [context.status(status) for status in aid["status"]],
        }
    )
    return Table(
        frame,
        (
            Column("county", _("County")),
            Column(HOME_TAUGHT, context.text(HOME_TAUGHT, "short")),
            Column(AIDED, context.text(AIDED, "short")),
            Column("unaided", _("Not aided yet")),
            Column("status", _("Status of aid")),
        ),
    )


def _home_text(context: Context, row: Row) -> str:
    """The share taught at home, last year's behind it."""
    if _is_small(context, row["numerator"]):
        return context.language("c suppressed")
    value = context.value(HOME_TAUGHT, row["value"])
    if pd.isna(row["value"]) or pd.isna(row["previous"]):
        return value
    return f"{value} ({context.value(HOME_TAUGHT, row['previous'])})"


def _unaided_text(context: Context, row: Row) -> str:
    """How many eligible pupils have had no aid; not a number that could point to somebody."""
    _ = context.language
    if pd.isna(row["value"]):
        return _("x not reported")
    unaided = row["denominator"] - row["numerator"]
    if _is_small(context, unaided):
        return _("fewer than {count}", count=_.number(_fewest(context)))
    return _.people(unaided)


def _counties_table(context: Context) -> Table:
    """Both shares by county with the numbers they are made of; small ones are left out."""
    _ = context.language
    frame = pd.concat(
        [_without_small_counts(context, i) for i in (HOME_TAUGHT, AIDED)], ignore_index=True
    )
    return Table(
        frame.assign(county=[context.county(county) for county in frame["county_id"]]),
        (
            Column("measure", _("Indicator")),
            Column("county", _("County")),
            Column("period", _("Period")),
            Column("numerator", _("Numerator"), 0),
            Column("denominator", _("Denominator"), 0),
            Column("value", _("Value") + " (%)", context.indicator(HOME_TAUGHT).decimals),
            Column("previous", _("a year before") + " (%)", context.indicator(AIDED).decimals),
        ),
    )


def _without_small_counts(context: Context, indicator_id: str) -> pd.DataFrame:
    """An indicator's standings; where few people could be known, without what tells their number.

    At home it is those taught there, of the aided those who are not.
    """
    rows = context.standings(indicator_id).assign(measure=context.text(indicator_id, "name"))
    is_home = indicator_id == HOME_TAUGHT
    people = rows["numerator"] if is_home else rows["denominator"] - rows["numerator"]
    withheld = ["numerator", "denominator", *(("value", "previous") if is_home else ())]
    is_small = (people > 0) & (people < _fewest(context))
    rows[withheld] = rows[withheld].astype(float).mask(is_small)
    return rows


def _notes(context: Context, home: Row) -> tuple[str, ...]:
    """What is withheld, and who has not reported."""
    _ = context.language
    taught = context.standings(HOME_TAUGHT)["numerator"]
    is_hidden = any(_is_small(context, count) for count in taught)
    notes = (
        _("c: fewer than {count} people, not shown.", count=_.number(_fewest(context)))
        if is_hidden
        else "",
        sentences.late_sentence(context, home["late_counties"]),
    )
    return tuple(note for note in notes if note)
