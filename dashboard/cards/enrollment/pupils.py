"""Pupils and classes by stage over the years, and the cohorts that are on their way."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.changes import counted, no_newer, since
from dashboard.cards.context import Context
from dashboard.cards.enrollment.stages import stage_names
from dashboard.cards.model import Card, Chart, Column, Table
from dashboard.cards.people_axis import people_axis
from dashboard.cards.phrases import autumns, withheld
from dashboard.cards.registry import card
from dashboard.filters import Comparison
from dashboard.frames import Row, records
from dashboard.indicators import SUPPRESSED

ALL_STAGES = "student_aid_coverage"  # reported from kindergarten to senior secondary
CHART_HEIGHT = 270


def pupil_years(context: Context) -> pd.DataFrame:
    """Return pupils and classes of the chosen counties by stage and school year, in order.

    Columns stage, school_year, pupils (none where is_withheld), classes (none where projected),
    is_withheld, is_projected, has_estimated_grade.
    """
    return context.query(
        "enrollment/pupils", as_of=context.filters.as_of, counties=list(context.chosen)
    )


def stage_changes(years: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a row per stage: the latest year, the year before and the last projected one.

    Keys stage, school_year, pupils, classes, previous, projected_year, projected; a missing year is
    None. There are no rows where the latest year is withheld.
    """
    latest = _latest_year(years)
    if is_withheld(years):
        return []
    rows = []
    for stage, of_stage in years.groupby("stage", sort=False):
        by_year = {row["school_year"]: row for row in records(of_stage)}
        if latest not in by_year:
            continue
        now, before = by_year[latest], by_year.get(latest - 1)
        ahead = [row for row in by_year.values() if row["is_projected"]]
        rows.append(
            {
                "stage": stage,
                "school_year": latest,
                "pupils": now["pupils"],
                "classes": now["classes"],
                "previous": None if before is None or before["is_withheld"] else before["pupils"],
                "projected_year": ahead[-1]["school_year"] if ahead else None,
                "projected": ahead[-1]["pupils"] if ahead else None,
            }
        )
    return rows


def is_withheld(years: pd.DataFrame) -> bool:
    """Whether the pupils of the latest year could be known, and are not shown."""
    return bool(years.loc[years["school_year"] == _latest_year(years), "is_withheld"].any())


def _latest_year(years: pd.DataFrame) -> Any:
    return years.loc[~years["is_projected"], "school_year"].max()


@card("enrollment.pupils")
def pupils(context: Context) -> Card:
    """Pupils by stage over six years and, dashed, three years ahead by cohort progression."""
    _ = context.language
    years = pupil_years(context)
    changes = stage_changes(years)
    finding = _finding(context, years, changes)
    return Card(
        card_id="enrollment.pupils",
        finding=finding,
        subtitle=context.subtitle(
            _("pupils by stage; dashed: projected"),
            context.geography,
            autumns(context, years["school_year"]),
        ),
        change=_since_then(context, years),
        charts=(_pupils_chart(context, years, finding),),
        listing=_stages_listing(context, changes) if changes else None,
        table=_years_table(context, years),
        clauses_of=("large_schools",),
        sources=("schools", "enrolment"),
        notes=_notes(context, years),
    )


def cohort_sentence(context: Context, changes: list[dict[str, Any]]) -> str:
    """Name the stage whose pupils change the most, in percent, up to the last projected year."""
    _ = context.language
    ahead = [row for row in changes if row["projected"] is not None and row["pupils"]]
    if not ahead:
        return ""
    most = max(ahead, key=lambda row: abs(row["projected"] / row["pupils"] - 1))
    return _(
        "{stage} {now}, {projected} projected for {year}",
        stage=stage_names(context)[most["stage"]],
        now=_.people(most["pupils"]),
        projected=_.people(most["projected"]),
        year=_.school_year(most["projected_year"]),
    )


def total_sentence(context: Context, years: pd.DataFrame, changes: list[dict[str, Any]]) -> str:
    """Say how many pupils there are in all stages together, against the year before."""
    _ = context.language
    parts = {"geography": context.geography}
    if is_withheld(years):
        return withheld(context, _("Pupils"))
    if not changes:
        return _("{geography}: {measure} not reported", **parts, measure=_("Pupils"))
    now = sum(row["pupils"] for row in changes)
    parts["pupils"] = _.people(now)
    if context.missing_from("schools", "enrolment"):
        said = _("{geography}: {pupils} in school", **parts)
        return _("{text} (provisional)", text=said)
    if any(row["previous"] is None for row in changes):
        return _("{geography}: {pupils} in school", **parts)
    change = now - sum(row["previous"] for row in changes)
    parts["difference"] = _.people(abs(change))
    if change < 0:
        return _("{geography}: {pupils} in school, {difference} fewer than a year before", **parts)
    return _("{geography}: {pupils} in school, {difference} more than a year before", **parts)


def _since_then(context: Context, years: pd.DataFrame) -> str:
    """Say how many more or fewer pupils there are than stood at the month compared with."""
    _ = context.language
    counted_years = years[~years["is_projected"] & ~years["is_withheld"]]
    totals = counted_years.groupby("school_year")["pupils"].sum()
    then = pupil_years(context.city_then)
    year = then.loc[~then["is_projected"], "school_year"].max()
    if totals.empty or year not in totals.index:
        return since(context, _("not reported now") if totals.empty else _("not reported then"))
    latest = totals.index.max()
    if is_withheld(years):
        return since(context, _("withheld, not compared"))
    if year == latest:
        return since(context, no_newer(context, _.school_year(year)), comparison="")
    if context.filters.comparison == Comparison.LAST_YEAR:  # the finding says the difference
        count = _.people(totals[year])
        return _("Value {comparison}: {value}", comparison=context.comparison, value=count)
    change = counted(context, totals[latest], totals[year], _("pupils"))
    return since(context, change, comparison=_.school_year(year))


def _finding(context: Context, years: pd.DataFrame, changes: list[dict[str, Any]]) -> str:
    return sentences.sentence(
        context, total_sentence(context, years, changes), cohort_sentence(context, changes)
    )


def _pupils_chart(context: Context, years: pd.DataFrame, finding: str) -> Chart:
    """Return a line per stage.

    Special education is too small for the axis and stands in the listing.
    """
    _ = context.language
    names = stage_names(context)
    drawn = years[years["stage"] != "special"]
    unit = people_axis(context, drawn["pupils"])
    frame = pd.DataFrame(
        {
            "id": drawn["stage"],
            "series": drawn["stage"].map(names),
            "x": drawn["school_year"].astype(str),
            "value": drawn["pupils"] / unit.size,
            "text": [
                _("c") if hidden else unit.text(context, count)
                for count, hidden in zip(drawn["pupils"], drawn["is_withheld"], strict=True)
            ],
            "forecast": drawn["is_projected"],
            "hover": [_hover(context, row) for row in records(drawn)],
        }
    )
    return Chart(
        "line",
        frame,
        {
            "from_zero": True,
            "tick_suffix": unit.name,
            "height": CHART_HEIGHT,
            "empty_text": _("x not reported"),
            "uirevision": "pupils",
        },
        finding,
    )


def _hover(context: Context, row: Row) -> str:
    _ = context.language
    stage = f"{_.school_year(row['school_year'])} {stage_names(context)[row['stage']]}"
    count = context.missing(SUPPRESSED) if row["is_withheld"] else _.people(row["pupils"])
    if row["is_projected"]:
        return _("{stage}: {pupils}, projected", stage=stage, pupils=count)
    return _(
        "{stage}: {pupils}, {classes} classes",
        stage=stage,
        pupils=count,
        classes=_.number(row["classes"]),
    )


def _stages_listing(context: Context, changes: list[dict[str, Any]]) -> Table:
    """Return a row per stage: pupils, against last year, classes, and where the cohorts lead."""
    _ = context.language
    names = stage_names(context)
    frame = pd.DataFrame(
        {
            "stage": [names[row["stage"]] for row in changes],
            "pupils": [_.people(row["pupils"]) for row in changes],
            "change": [_change(context, row["pupils"], row["previous"]) for row in changes],
            "classes": [_.number(row["classes"]) for row in changes],
            "class_size": [_class_size(context, row["pupils"], row["classes"]) for row in changes],
            "projected": [_.people(row["projected"]) or "–" for row in changes],
        }
    )
    ahead = [row["projected_year"] for row in changes if row["projected_year"] is not None]
    heading = _("{year} projected", year=ahead[0]) if ahead else ""
    return Table(
        frame,
        (
            Column("stage", _("School stage")),
            Column("pupils", _("Pupils")),
            Column("change", _("On last year")),
            *((Column("projected", heading),) if ahead else ()),
            Column("classes", _("Classes")),
            Column("class_size", _("Pupils per class")),
        ),
    )


def _change(context: Context, now: float, before: float | None) -> str:
    if not before:
        return "–"
    return context.language.quantity((now / before - 1) * 100, "%", 1, sign=True)


def _class_size(context: Context, pupils: float, classes: float | None) -> str:
    return context.language.number(pupils / classes, 1) if classes else "–"


def _notes(context: Context, years: pd.DataFrame) -> tuple[str, ...]:
    """How the years ahead were worked out."""
    _ = context.language
    is_projected = bool(years["is_projected"].any())
    notes = (
        _(
            "Projection: present grades move up a year at a time; a stage takes in as many new "
            "pupils for each leaver of the stage before as in the last three years; kindergarten "
            "intake goes on changing at its average yearly rate of three years. Migration and "
            "births are not forecast."
        )
        if is_projected
        else "",
        _("A grade that began before the exports do is taken to be as large as the next one.")
        if years["has_estimated_grade"].any()
        else "",
        sentences.withheld_sentence(context, [SUPPRESSED] if years["is_withheld"].any() else []),
    )
    return tuple(note for note in notes if note)


def _years_table(context: Context, years: pd.DataFrame) -> Table:
    _ = context.language
    frame = years.assign(
        stage_name=years["stage"].map(stage_names(context)),
        year_name=[_.school_year(year) for year in years["school_year"]],
        class_size=years["pupils"] / years["classes"],
        made=years["is_projected"].map({True: _("projected"), False: _("counted")}),
        withheld_text=[context.missing(SUPPRESSED) if c else "" for c in years["is_withheld"]],
    )
    return Table(
        frame,
        (
            Column("stage_name", _("School stage")),
            Column("year_name", _("School year")),
            Column("pupils", _("Pupils"), 0),
            Column("classes", _("Classes"), 0),
            Column("class_size", _("Pupils per class"), 1),
            Column("made", _("Counted or projected")),
            *(
                (Column("withheld_text", _("Why there is no value")),)
                if years["is_withheld"].any()
                else ()
            ),
        ),
    )
