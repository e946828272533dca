"""Several indicators in one card: county by county in one listing, one table, common notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.contributions import contribution_charts
from dashboard.cards.model import Card, Chart, Column, Table
from dashboard.cards.phrases import named, present, with_target
from dashboard.cards.standing import standings_table
from dashboard.filters import CITY
from dashboard.frames import Row, records


def standing_rows(context: Context, indicator_id: str) -> dict[str, Row]:
    """Return where every unit and the city stand, by county_id in the official order."""
    return {str(row["county_id"]): row for row in records(context.standings(indicator_id))}


def county_listing(context: Context, columns: Mapping[str, Iterable[str]]) -> Table:
    """List every unit in the official order and the city; ``columns`` are cells by heading."""
    counties = [context.county(county) for county in (*context.county_ids, CITY)]
    frame = pd.DataFrame(
        {context.language("County"): counties, **{h: list(cells) for h, cells in columns.items()}}
    )
    return Table(frame, tuple(Column(heading, heading) for heading in frame.columns))


def joint_table(context: Context, indicator_ids: tuple[str, ...]) -> Table:
    """Return the numbers behind several standings, each row naming its indicator.

    The indicators share decimals; where they do not share a unit, each row names it as well.
    """
    _ = context.language
    standings = pd.concat([context.standings(i) for i in indicator_ids])
    shares_unit = len({context.text(i, "unit") for i in indicator_ids}) == 1
    table = standings_table(context, indicator_ids[0], standings, with_unit=shares_unit)
    ids = table.frame["indicator_id"]
    return Table(
        table.frame.assign(
            indicator=[context.text(i, "short") for i in ids],
            unit=[context.text(i, "unit") for i in ids],
        ),
        (
            Column("indicator", _("Target")),
            *(() if shares_unit else (Column("unit", _("Unit")),)),
            *table.columns,
        ),
    )


def joint_notes(context: Context, rows: Mapping[str, Row]) -> tuple[str, ...]:
    """Return what is missing to each target, and what ``c`` means.

    ``rows`` are the indicators' values for the chosen counties together.
    """
    gaps = {i: sentences.gap_sentence(context, i, row) for i, row in rows.items()}
    missing = [named(context, context.text(i, "short"), gap) for i, gap in gaps.items() if gap]
    reasons = [reason for i in rows for reason in context.standings(i)["missing"]]
    return present(
        sentences.sentence(context, *missing),
        sentences.withheld_sentence(context, reasons),
    )


def rates_by_county(
    context: Context,
    *,
    card_id: str,
    indicator_ids: tuple[str, ...],
    measure: str,
    with_places: bool = True,
) -> Card:
    """Rates of one unit side by side: each county's with its status, and what it is compared with.

    Narrowed to one county, the schools that pull each rate down or up come with it. Without places
    nobody is first or last: numbers of people follow the size of a county.
    """
    _ = context.language
    indicator_ids = context.named(indicator_ids) or indicator_ids
    chosen = {i: context.chosen_value(i) for i in indicator_ids}
    period = chosen[indicator_ids[0]]["period"]
    figures = [_figure(context, i, row) for i, row in chosen.items()]
    return Card(
        card_id=card_id,
        finding=_(
            "{geography}: {figures}",
            geography=context.geography,
            figures=sentences.sentence(context, *figures),
        ),
        subtitle=context.subtitle(measure, _("by county"), _.month(period) if period else ""),
        charts=_contributions(context, indicator_ids),
        listing=county_listing(context, _rate_columns(context, indicator_ids)),
        table=joint_table(context, indicator_ids),
        indicator_ids=indicator_ids,
        notes=present(
            _places(context, indicator_ids) if with_places else "",
            *joint_notes(context, chosen),
        ),
    )


def _rate_columns(context: Context, indicator_ids: tuple[str, ...]) -> dict[str, list[str]]:
    """By heading: each rate with its status and, in brackets, what it is compared with."""
    return {
        context.language(
            "{value} ({compared})",
            value=context.text(indicator_id, "short"),
            compared=context.comparison_of(indicator_id),
        ): [
            _rate_text(context, indicator_id, row)
            for row in standing_rows(context, indicator_id).values()
        ]
        for indicator_id in indicator_ids
    }


def _rate_text(context: Context, indicator_id: str, row: Row) -> str:
    """Return a rate as it stands, beside what it is compared with: ▼ behind 96.6% (95.2%)."""
    value = context.shown(indicator_id, row)
    if row["status"] is not None:
        value = f"{context.status(row['status'])} {value}"
    if row["compared"] is None:
        return value
    compared = context.value(indicator_id, row["compared"])
    return context.language("{value} ({compared})", value=value, compared=compared)


def _figure(context: Context, indicator_id: str, row: Row) -> str:
    """Return a rate beside its target, or beside the year before where that is the line."""
    if row["target"] is not None:
        return with_target(context, indicator_id, row)
    measure, value = context.text(indicator_id, "short"), context.shown(indicator_id, row)
    if row["value"] is None or row["previous"] is None:
        return named(context, measure, value)
    return context.language(
        "{measure} {value} ({previous} a year before)",
        measure=measure,
        value=value,
        previous=context.value(indicator_id, row["previous"]),
    )


def _places(context: Context, indicator_ids: tuple[str, ...]) -> str:
    """Return a single county's place in every rate, else which chosen county stands worst."""
    county = context.filters.single_county
    parts = []
    for indicator_id in indicator_ids:
        standings = context.standings(indicator_id)
        place = (
            sentences.extreme_sentence(context, indicator_id, standings.loc[list(context.chosen)])
            if county is None
            else sentences.rank_sentence(context, indicator_id, standings, county)
        )
        if place:
            parts.append(
                context.language(
                    "{measure}: {place}", measure=context.text(indicator_id, "short"), place=place
                )
            )
    return sentences.sentence(context, *parts)


def _contributions(context: Context, indicator_ids: tuple[str, ...]) -> tuple[Chart, ...]:
    county = context.filters.single_county
    if county is None:
        return ()
    charts = []
    for indicator_id in indicator_ids:
        measure = context.text(indicator_id, "short")
        for chart in contribution_charts(context, indicator_id, county):
            title = context.subtitle(measure, chart.title)
            charts.append(replace(chart, title=title, alt=title))
    return tuple(charts)
