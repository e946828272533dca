"""The chosen counties' indicators, line by line: one against all others, or several side by side.

The page lays two of these cards beside each other, each with the indicators of some subjects.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

import pandas as pd

from dashboard.cards import ranking, sentences
from dashboard.cards.changes import compared_columns
from dashboard.cards.context import Context
from dashboard.cards.counting import county_counts, no_targets
from dashboard.cards.county.standings import (
    IndicatorStandings,
    county_standings,
    status_change,
    value_and_target,
)
from dashboard.cards.model import Card, Column, Selects, Table
from dashboard.cards.overview.subjects import page_title
from dashboard.cards.registry import card
from dashboard.filters import CITY
from dashboard.frames import Row
from dashboard.indicators.precision import printed
from dashboard.indicators.status import Status

NOTHING = "–"
NO_BREAK = "\N{NO-BREAK SPACE}"


class Lead(Enum):
    """How one of two counties stands to the other."""

    AHEAD = auto()
    EVEN = auto()
    BEHIND = auto()


Cells = dict[
    str, Callable[[IndicatorStandings], str]
]  # what a column says about an indicator, by heading


@card("county.figures")
def figures(context: Context, *, subjects: tuple[str, ...]) -> Card:
    """Show the indicators of some pages for the chosen counties."""
    _ = context.language
    standings = [
        standing
        for indicator_id, standing in county_standings(context).items()
        if context.indicator(indicator_id).page in subjects
        and any(standing.rows[county]["missing"] != "z" for county in context.chosen)
    ]
    names = context.language.listed([page_title(context, subject) for subject in subjects])
    return Card(
        card_id=f"county.figures.{subjects[0]}",
        finding=_("{subjects}: {finding}", subjects=names, finding=_finding(context, standings)),
        subtitle=context.subtitle(_("now / target"), context.geography, context.month),
        listing=_listing(context, standings, _cells(context)),
        table=_table(context, standings),
        change=status_change(context, Status.BEHIND, [s.indicator_id for s in standings]),
        is_change_of_statuses=True,
        indicator_ids=tuple(standing.indicator_id for standing in standings),
        notes=(_rule(context, standings),),
    )


def _cells(context: Context) -> Cells:
    """Return the columns for one chosen county, for two, and for more."""
    if len(context.chosen) == 1:
        return _cells_of_one(context, context.chosen[0])
    if len(context.chosen) == 2:
        return _cells_of_two(context, context.chosen)
    return {
        **{context.county_short(c): _now(context, c) for c in context.chosen},
        context.language("City"): _now(context, CITY),
    }


def _cells_of_one(context: Context, county: str) -> Cells:
    _ = context.language
    return {
        _("Now / target"): _now(context, county, with_target=True),
        _("To target"): lambda standing: _to_target(context, standing, county),
        _("City"): lambda standing: _city(context, standing),
        _("vs city"): lambda standing: _apart(context, standing, county, CITY),
        _("Change"): lambda standing: _change(context, standing, county),
        _("Place"): lambda standing: _place(context, standing, county),
        _("To best"): lambda standing: _to_best(context, standing, county),
    }


def _cells_of_two(context: Context, counties: tuple[str, ...]) -> Cells:
    _ = context.language
    first, second = counties
    names = [context.county_short(county) for county in counties]
    return {
        names[0]: _now(context, first, with_target=True),
        names[1]: _now(context, second, with_target=True),
        _("Difference"): lambda standing: _apart(context, standing, first, second),
        _("{county}, place", county=names[0]): lambda s: _place(context, s, first),
        _("{county}, place", county=names[1]): lambda s: _place(context, s, second),
        _("City"): _now(context, CITY),
    }


def _listing(context: Context, standings: list[IndicatorStandings], cells: Cells) -> Table:
    frame = pd.DataFrame(
        {
            "indicator_id": [standing.indicator_id for standing in standings],
            "indicator": [context.text(s.indicator_id, "short") for s in standings],
            **{heading: [say(s) for s in standings] for heading, say in cells.items()},
        }
    )
    name = Column(
        "indicator",
        context.language("Target"),
        leads_to=Selects.INDICATOR,
        id_column="indicator_id",
    )
    return Table(frame, (name, *(Column(heading, heading) for heading in cells)))


def _now(
    context: Context, unit: str, *, with_target: bool = False
) -> Callable[[IndicatorStandings], str]:
    """Say where a county or the city stands: the mark of its status, value, and target."""

    def say(standing: IndicatorStandings) -> str:
        row, indicator_id = standing.rows[unit], standing.indicator_id
        if row["missing"] == "z":
            return NOTHING
        text = (
            value_and_target(context, indicator_id, row)
            if with_target or ranking.is_completion(context, indicator_id)
            else context.shown(indicator_id, row)
        )
        mark = "" if row["status"] is None else f"{context.status(row['status'])[0]}{NO_BREAK}"
        return mark + text

    return say


def _city(context: Context, standing: IndicatorStandings) -> str:
    """Return the city's figure without mark and unit: the county's beside it has the same unit."""
    row, indicator_id = standing.rows[CITY], standing.indicator_id
    if row["value"] is None:
        return NOTHING
    if not ranking.is_completion(context, indicator_id) or row["target"] is None:
        return context.number(indicator_id, row["value"])
    return "/".join(context.number(indicator_id, row[name]) for name in ("value", "target"))


def _to_target(context: Context, standing: IndicatorStandings, county: str) -> str:
    row = standing.rows[county]
    if row["value"] is None or row["target"] is None:
        return NOTHING
    return _signed(context, standing.indicator_id, row["value"] - row["target"])


def _apart(context: Context, standing: IndicatorStandings, one: str, other: str) -> str:
    """How far two lie apart in what counties are compared by."""
    indicator_id = standing.indicator_id
    scores = [ranking.score(context, indicator_id, standing.rows[unit]) for unit in (one, other)]
    if scores[0] is None or scores[1] is None:
        return NOTHING
    return _signed_score(context, indicator_id, scores[0] - scores[1])


def _change(context: Context, standing: IndicatorStandings, county: str) -> str:
    return _signed(context, standing.indicator_id, standing.rows[county]["difference"])


def _place(context: Context, standing: IndicatorStandings, county: str) -> str:
    place = standing.place(context, county)
    return NOTHING if place is None else f"{place.place}/{place.counties}"


def _to_best(context: Context, standing: IndicatorStandings, county: str) -> str:
    """How far the best county is ahead, and which one it is."""
    place = standing.place(context, county)
    if place is None:
        return NOTHING
    if place.better == 0:
        return context.language("best")
    distance = _score_text(context, standing.indicator_id, place.distance)
    return f"{distance} {context.county_short(place.best)}"


def _signed(context: Context, indicator_id: str, difference: float) -> str:
    """Return a difference in the indicator's unit."""
    if difference is None:
        return NOTHING
    decimals = context.indicator(indicator_id).decimals
    return context.language.number(difference, decimals, sign=True)


def _signed_score(context: Context, indicator_id: str, difference: float) -> str:
    return context.language.number(difference, _decimals(context, indicator_id), sign=True)


def _score_text(context: Context, indicator_id: str, difference: float) -> str:
    return context.language.number(difference, _decimals(context, indicator_id))


def _decimals(context: Context, indicator_id: str) -> int:
    """Shares of own targets are whole percentage points; rates have their own decimals."""
    if ranking.is_completion(context, indicator_id):
        return 0
    return context.indicator(indicator_id).decimals


def _finding(context: Context, standings: list[IndicatorStandings]) -> str:
    _ = context.language
    if len(context.chosen) == 2:
        return _ahead_sentence(context, standings, context.chosen)
    shown = [standing.indicator_id for standing in standings]
    parts = []
    for county in context.chosen:
        counts = county_counts(context, county).among(shown)
        if counts:
            behind = counts.by_status[Status.BEHIND]
            name = context.county(county)
            parts.append(_("{county} behind on {count} targets", county=name, count=behind))
    return sentences.sentence(context, *parts) or no_targets(context)


def _ahead_sentence(
    context: Context, standings: list[IndicatorStandings], pair: tuple[str, ...]
) -> str:
    """On how many indicators each of two counties is ahead of the other."""
    ahead = {
        county: sum(_lead(context, standing, county) == Lead.AHEAD for standing in standings)
        for county in pair
    }
    return sentences.sentence(
        context,
        *(
            context.language("{county} ahead on {count}", county=context.county(c), count=count)
            for c, count in ahead.items()
        ),
    )


def _lead(context: Context, standing: IndicatorStandings, county: str) -> Lead | None:
    """How one of two counties stands to the other by place; None where one of them has none."""
    [other] = [c for c in context.chosen if c != county]
    own, others = (standing.place(context, c) for c in (county, other))
    if own is None or others is None:
        return None
    if own.place == others.place:
        return Lead.EVEN
    return Lead.AHEAD if own.place < others.place else Lead.BEHIND


def _lead_word(context: Context, standing: IndicatorStandings, county: str) -> str:
    _ = context.language
    lead = _lead(context, standing, county) if len(context.chosen) == 2 else None
    words = {Lead.AHEAD: _("ahead"), Lead.EVEN: _("even"), Lead.BEHIND: _("further back")}
    return NOTHING if lead is None else words[lead]


def _rule(context: Context, standings: list[IndicatorStandings]) -> str:
    """Say in which unit differences are, and who is ranked."""
    return context.language(
        "Change on {comparison}. Differences: percentage points for rates, else the indicator's "
        "unit; between counties, counts by the share of their own targets. City-run schools have "
        "no place.",
        comparison=context.comparison_of(*(standing.indicator_id for standing in standings)),
    )


def _table(context: Context, standings: list[IndicatorStandings]) -> Table:
    """All numbers behind the lines, a row for each indicator and chosen county."""
    _ = context.language
    ids = [standing.indicator_id for standing in standings]
    rows = [
        _numbers(context, standing, county)
        for standing in standings
        for county in context.chosen
        if standing.rows[county]["missing"] != "z"
    ]
    return Table(
        pd.DataFrame(rows),
        (
            Column("indicator", _("Target")),
            Column("unit", _("Unit")),
            Column("county", _("County")),
            Column("period", _("Period")),
            Column("value", _("Value")),
            Column("target", _("Target value")),
            Column("expected", _("Expected by now")),
            Column("status", _("Status")),
            Column("city", _("City")),
            *compared_columns(context, ids),
            Column("place", _("Place")),
            *([Column("lead", _("Against the other"))] if len(context.chosen) == 2 else []),
            Column("best", _("Best county")),
        ),
    )


def _numbers(context: Context, standing: IndicatorStandings, county: str) -> dict[str, object]:
    indicator_id, row = standing.indicator_id, standing.rows[county]
    indicator = context.indicator(indicator_id)
    place = standing.place(context, county)

    def cell(of: Row, name: str) -> float | None:
        return None if of[name] is None else printed(indicator, float(of[name]))

    return {
        "indicator": context.text(indicator_id, "name"),
        "unit": context.text(indicator_id, "unit"),
        "county": context.county(county),
        "period": row["period"],
        "value": cell(row, "value"),
        "target": cell(row, "target"),
        "expected": cell(row, "expected"),
        "status": context.status(row["status"]),
        "city": cell(standing.rows[CITY], "value"),
        "compared": cell(row, "compared"),
        "compared_period": row["compared_period"],
        "place": None if place is None else place.place,
        "lead": _lead_word(context, standing, county),
        "best": "" if place is None else context.county(place.best),
    }
