"""Vision screening: how many pupils the rounds have examined, and the rounds done in the year."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.health.myopia import MYOPIA
from dashboard.cards.health.rate_axis import rate_axis
from dashboard.cards.health.rounds import round_name
from dashboard.cards.model import Card, Chart, Column, Selects, Table
from dashboard.cards.phrases import not_reported, percent, present, withheld
from dashboard.cards.registry import card
from dashboard.cards.side_by_side import standing_rows
from dashboard.filters import CITY
from dashboard.frames import Row, records
from dashboard.indicators import SUPPRESSED

SCREENING = "vision_screening_rounds"
COVERAGE_FROM_PCT = 80  # screening coverage of 98% and 99% is nearly the same, and looks it
FRAME_COLUMNS = ["id", "label", "value", "comparison", "text", "status", "is_total"]


@card("health.screening")
def screening(context: Context) -> Card:
    """How many of the pupils the latest round has examined, and the rounds done in the year."""
    _ = context.language
    rounds = context.query("health/screening_rounds", as_of=context.filters.as_of)
    rows = records(rounds)
    latest, before = [*sorted({row["period"] for row in rows}, reverse=True), None, None][:2]
    finding = sentences.sentence(
        context, _covered(context, rows, latest), _rounds_done(context, rows)
    )
    chart = Chart(
        "county_dot",
        _frame(context, rows, latest, before),
        _options(context, rows, latest, before),
        finding,
        Selects.COUNTY,
    )
    return Card(
        card_id="health.screening",
        finding=finding,
        subtitle=context.subtitle(
            _("examined / pupils on the roll, rounds done this year"),
            _("by county"),
            round_name(context, latest),
        ),
        charts=(chart,),
        table=_table(context, rounds),
        indicator_ids=(SCREENING,),
        notes=present(
            _next_round(context),
            sentences.withheld_sentence(
                context, (SUPPRESSED for row in rows if row["is_withheld"])
            ),
        ),
    )


def _frame(
    context: Context, rows: list[Row], latest: str | None, before: str | None
) -> pd.DataFrame:
    """Return a row per unit.

    Coverage of the latest round and the one before, rounds done this year.
    """
    _ = context.language
    if latest is None:
        return pd.DataFrame(columns=FRAME_COLUMNS)
    coverage = {(row["county_id"], row["period"]): row["coverage_pct"] for row in rows}
    hidden = {(row["county_id"], row["period"]) for row in rows if row["is_withheld"]}
    cells = []
    for county, standing in standing_rows(context, SCREENING).items():
        value = coverage[county, latest]
        done = context.value(SCREENING, standing["value"])
        covered = _("c") if (county, latest) in hidden else percent(context, MYOPIA, value)
        text = f"{covered} · {done}"
        comparison = coverage.get((county, before))
        cells.append(
            (
                county,
                context.county(county),
                value,
                comparison,
                text,
                standing["status"],
                county == CITY,
            )
        )
    return pd.DataFrame(cells, columns=FRAME_COLUMNS)


def _options(
    context: Context, rows: list[Row], latest: str | None, before: str | None
) -> dict[str, Any]:
    """Return the axis with the coverage from which a round counts as done."""
    _ = context.language
    options = {
        **rate_axis(context, "screening"),
        "series_text": round_name(context, latest),
        "comparison_text": round_name(context, before),
        "highlight": context.highlight,
        "value_range": [COVERAGE_FROM_PCT, 100],
    }
    if rows:
        done_from = float(rows[0]["done_from_pct"])
        options["target"] = done_from
        options["target_text"] = _("done from {value}", value=_.quantity(done_from, "%"))
    return options


def _covered(context: Context, rows: list[Row], latest: str | None) -> str:
    """Return what the latest round covers in the chosen counties that have reported it."""
    _ = context.language
    is_city = set(context.chosen) == set(context.county_ids)
    own = [
        row
        for row in rows
        if row["period"] == latest
        and (row["county_id"] == CITY if is_city else row["county_id"] in context.chosen)
    ]
    if any(row["is_withheld"] for row in own):
        return withheld(context, _("Screening coverage"))
    reported = [row for row in own if row["coverage_pct"] is not None]
    if not reported:
        return not_reported(context, _("Screening coverage"))
    examined, enrolled = (sum(row[name] for row in reported) for name in ("examined", "enrolled"))
    return _(
        "{geography}: {value} examined in {round}",
        geography=context.geography,
        value=percent(context, MYOPIA, examined / enrolled * 100),
        round=round_name(context, latest),
    )


def _rounds_done(context: Context, rows: list[Row]) -> str:
    """How many units have done every round of the year so far; of a single one, how many rounds."""
    _ = context.language
    this_year = [row for row in rows if row["period"][:4] == context.filters.as_of[:4]]
    due = len({row["period"] for row in this_year})
    if not due:
        return ""
    done = dict.fromkeys(context.chosen, 0)
    for row in this_year:
        if row["county_id"] in done:
            done[row["county_id"]] += int(row["is_done"])
    if len(done) == 1:
        return _("{done} of this year's {due} rounds done", done=sum(done.values()), due=due)
    return _(
        "{finished} of {count} units have done this year's {due} rounds",
        finished=sum(rounds == due for rounds in done.values()),
        count=len(done),
        due=due,
    )


def _next_round(context: Context) -> str:
    """When this year's next round is due."""
    as_of = context.filters.as_of
    months = [f"{as_of[:4]}-{month:02d}" for month in context.indicator(SCREENING).season]
    ahead = [month for month in months if month > as_of]
    if not ahead:
        return ""
    _ = context.language
    return _("The next round is due in {month}.", month=_.month(ahead[0]))


def _table(context: Context, rounds: pd.DataFrame) -> Table:
    _ = context.language
    done = {True: _("yes"), False: _("no")}
    return Table(
        rounds.assign(
            county=[context.county(county) for county in rounds["county_id"]],
            done=[done[bool(is_done)] for is_done in rounds["is_done"]],
            withheld_text=[context.missing(SUPPRESSED) if c else "" for c in rounds["is_withheld"]],
        ),
        (
            Column("county", _("County")),
            Column("period", _("Period")),
            Column("enrolled", _("On the roll"), 0),
            Column("examined", _("Examined"), 0),
            Column("coverage_pct", _("Examined") + " (%)", 2),
            Column("done", _("Round done")),
            *(
                (Column("withheld_text", _("Why there is no value")),)
                if rounds["is_withheld"].any()
                else ()
            ),
        ),
    )
