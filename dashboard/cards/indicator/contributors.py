"""Which schools make up most of what is missing."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.contributions import gap_note, target_of, unit_text
from dashboard.cards.indicator.schools import counts_whole_schools, schools, schools_table
from dashboard.cards.model import Card, Chart, Column, Selects, Table
from dashboard.cards.phrases import present
from dashboard.cards.registry import card
from dashboard.frames import records

SHOWN = 10
NAMED = 6  # of a county's schools; the list below has them all


@card("indicator.contributors")
def contributors(context: Context, *, indicator_id: str) -> Card:
    """Show the schools with the largest gap in the chosen counties, and their share of all gaps.

    Shares are of the schools' gaps together. What schools beyond the line have too much makes up
    for a part of that, so what the counties miss is less; it stands in the note.
    """
    frame = _short_schools(context, indicator_id)
    if counts_whole_schools(context, indicator_id):
        return _by_name(context, indicator_id, frame)
    finding = _finding(context, indicator_id, frame)
    period = context.chosen_value(indicator_id)["period"]
    return Card(
        card_id="indicator.contributors",
        finding=finding,
        subtitle=context.subtitle(
            gap_note(context, indicator_id), context.geography, context.language.month(period)
        ),
        charts=(_chart(context, indicator_id, frame, finding),),
        table=_table(context, indicator_id, frame),
        indicator_ids=(indicator_id,),
        notes=_notes(context, indicator_id, frame),
    )


def _by_name(context: Context, indicator_id: str, frame: pd.DataFrame) -> Card:
    """Show the schools that do not meet the requirement, by county: each weighs the same."""
    _ = context.language
    names = {
        county: list(frame.loc[frame["county_id"] == county, "unit_name"])
        for county in context.chosen
    }
    most = max(names, key=lambda county: len(names[county]))
    rows = [
        {
            "county": context.county(county),
            "schools": len(schools_of),
            "names": _.listed(schools_of[:NAMED])
            + (_(" and others") if len(schools_of) > NAMED else ""),
        }
        for county, schools_of in names.items()
        if schools_of
    ]
    listing = Table(
        pd.DataFrame(rows, columns=["county", "schools", "names"]),
        (
            Column("county", _("County")),
            Column("schools", _("Schools"), 0),
            Column("names", _("Names")),
        ),
    )
    return Card(
        card_id="indicator.contributors",
        finding=_(
            "Most in {county}: {count}",
            county=context.county(most),
            count=_.plural("{count} school", "{count} schools", len(names[most])),
        )
        if rows
        else _("{geography}: no school that can be shown has a gap", geography=context.geography),
        subtitle=context.subtitle(
            _("schools that do not meet the requirement"),
            context.geography,
            _.month(context.chosen_value(indicator_id)["period"]),
        ),
        listing=listing if rows else None,
        table=_table(context, indicator_id, frame),
        indicator_ids=(indicator_id,),
    )


def _short_schools(context: Context, indicator_id: str) -> pd.DataFrame:
    """Return schools with a gap, the largest first; their shares of all, one by one and summed."""
    frame = schools(context, indicator_id, context.chosen)
    short = frame[frame["shortfall"] > 0].sort_values(
        ["shortfall", "unit_id"], ascending=[False, True], kind="stable"
    )
    total = short["shortfall"].sum()
    return short.assign(
        share_pct=short["shortfall"] / total * 100,
        cumulated_pct=short["shortfall"].cumsum() / total * 100,
    )


def _finding(context: Context, indicator_id: str, frame: pd.DataFrame) -> str:
    """How much of the gap the schools shown make up."""
    _ = context.language
    if frame.empty:
        return _("{geography}: no school that can be shown has a gap", geography=context.geography)
    shown = frame.head(SHOWN)
    parts = {"geography": context.geography, "count": _.number(len(shown))}
    if len(shown) == len(frame):
        return _("{geography}: {count} schools make up the whole gap", **parts)
    return _(
        "{geography}: these {count} of {all} schools make up {share} of the gap",
        **parts,
        all=_.number(len(frame)),
        share=_.quantity(float(shown["cumulated_pct"].iloc[-1]), "%"),
    )


def _chart(context: Context, indicator_id: str, frame: pd.DataFrame, alt: str) -> Chart:
    _ = context.language
    rows = records(frame.head(SHOWN))
    bars = pd.DataFrame(
        {
            "id": [row["unit_id"] for row in rows],
            "label": [row["unit_name"] for row in rows],
            "value": [row["shortfall"] for row in rows],
            "text": [
                _(
                    "{amount}, so far {share}",
                    amount=_.number(row["shortfall"], _decimals(row["shortfall"])),
                    share=_.quantity(row["cumulated_pct"], "%"),
                )
                for row in rows
            ],
            "hover": [
                sentences.sentence(
                    context,
                    row["unit_name"],
                    context.county(row["county_id"]),
                    unit_text(context, indicator_id, row),
                )
                for row in rows
            ],
        }
    )
    options = {
        "axis_note": gap_note(context, indicator_id),
        "empty_text": _("no school that can be shown has a gap"),
        "uirevision": f"contributors_{indicator_id}",
    }
    return Chart("bar", bars, options, alt, Selects.SCHOOL)


def _decimals(shortfall: float) -> int:
    """Allow parts of a person in a shortfall where the line is a share; small ones show it."""
    return 0 if shortfall >= 10 else 1


def _notes(context: Context, indicator_id: str, frame: pd.DataFrame) -> tuple[str, ...]:
    """Return the gap of these schools together, and what of it the others make up for."""
    _ = context.language
    gap = sentences.gap_sentence(context, indicator_id, context.chosen_value(indicator_id))
    all_schools = _all_schools(context, indicator_id, gap) if gap else ""
    if frame.empty:
        return present(all_schools)
    total = float(frame["shortfall"].sum())
    amount = _.quantity(total, context.text(indicator_id, "counted"), _decimals(total))
    note = _("Gap of these schools together: {amount}.", amount=amount)
    if target_of(context, indicator_id) is None:
        return (note,)
    return present(note, all_schools)


def _all_schools(context: Context, indicator_id: str, gap: str) -> str:
    """Say what the counties miss: schools beyond the target make up for some, some are withheld."""
    _ = context.language
    withheld = int(schools(context, indicator_id, context.chosen)["is_withheld"].sum())
    if withheld:
        return _(
            "All schools together, with {count} withheld for few people (c): {gap}.",
            count=_.number(withheld),
            gap=gap,
        )
    return _("All schools together, with those beyond the target: {gap}.", gap=gap)


def _table(context: Context, indicator_id: str, frame: pd.DataFrame) -> Table:
    _ = context.language
    table = schools_table(context, indicator_id, frame)
    return Table(
        table.frame,
        (
            *table.columns,
            Column("share_pct", _("Share (%)"), 1),
            Column("cumulated_pct", _("Cumulated (%)"), 1),
        ),
    )
