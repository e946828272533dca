"""What one project reported month by month: money, physical progress, problems."""

from __future__ import annotations

import pandas as pd

from dashboard.cards.changes import directed, rate_change, since
from dashboard.cards.construction.milestones import stage_names
from dashboard.cards.construction.portfolio import text_or_nothing
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Chart, Column, Table
from dashboard.cards.project.lookup import (
    find_project,
    progress_share,
    project_subtitle,
    yuan,
)
from dashboard.cards.registry import card
from dashboard.frames import Row, records
from dashboard.words.language import CHINESE, ENGLISH

# The unit of an axis of money, in yuan, and the decimals of its numbers.
_MONEY_AXES = {CHINESE: ("万元", 1e4, 0), ENGLISH: ("million yuan", 1e6, 1)}
_MILESTONES_REACHED = {"preparation": 1, "started": 2, "topped_out": 3, "completed": 4, "in_use": 5}
PROGRESS_HEIGHT = 340


@card("project.investment")
def investment(context: Context, *, project_id: str) -> Card:
    """Show what the project invested in every month reported, against its yearly plan."""
    _ = context.language
    project = find_project(context, project_id)
    months = _months(context, project_id)
    finding = _(
        "Invested this year {invested}, year's plan {planned}",
        invested=yuan(context, project["invested_yuan"]),
        planned=yuan(context, project["year_investment_yuan"]),
    )
    return Card(
        card_id="project.investment",
        finding=finding,
        subtitle=project_subtitle(context, _("investment by month of the year"), project),
        change=_invested_since(context, project),
        charts=(_investment_chart(context, _of_this_year(context, months), finding),),
        table=_table(context, months.assign(year_plan_yuan=project["year_investment_yuan"])),
        clauses_of=("projects_underway",),
        sources=("project_months",),
        notes=(_("The plan is the year's, spread evenly over the months of building."),),
    )


@card("project.progress")
def progress(context: Context, *, project_id: str) -> Card:
    """Show the physical progress over all months reported."""
    _ = context.language
    project = find_project(context, project_id)
    months = _months(context, project_id)
    share, then = (
        find_project(view, project_id)["physical_progress_pct"] for view in (context, context.then)
    )
    finding = (
        _("Physical progress not reported")
        if share is None
        else _("Physical progress {share}", share=progress_share(context, share))
    )
    return Card(
        card_id="project.progress",
        finding=finding,
        subtitle=project_subtitle(context, _("physical progress by month"), project),
        change=since(
            context,
            _("not reported now") if share is None else rate_change(context, share, then, "%", 1),
        ),
        charts=(_progress_chart(context, months, finding),),
        table=_table(context, months),
        clauses_of=("projects_underway",),
        sources=("project_months",),
    )


@card("project.reports")
def reports(context: Context, *, project_id: str) -> Card:
    """Show the monthly reports of the year, the latest first: progress, money, problem, post."""
    _ = context.language
    project = find_project(context, project_id)
    months = _months(context, project_id)
    count = int(months["problem"].notna().sum())
    finding = (
        _("A problem was reported in {count} of {months} months", count=count, months=len(months))
        if count
        else _("No problem reported in {months} months", months=len(months))
    )
    this_year = _of_this_year(context, months).iloc[::-1]
    year = context.filters.as_of[:4]
    return Card(
        card_id="project.reports",
        finding=finding,
        subtitle=project_subtitle(context, _("monthly reports of {year}", year=year), project),
        change="",  # a list of reports
        listing=_table(context, this_year) if len(this_year) else None,
        table=_table(context, months),
        clauses_of=("projects_underway",),
        sources=("project_months",),
    )


def _investment_chart(context: Context, months: pd.DataFrame, alt: str) -> Chart:
    _ = context.language
    unit, scale, decimals = _MONEY_AXES[_.code]
    invested = months["invested_yuan"] / scale
    return Chart(
        "bar",
        months.assign(
            label=[f"{month[2:4]}-{month[5:]}" for month in months["month"]],
            value=invested,
            comparison=months["planned_yuan"] / scale,
            text=[_.number(amount, decimals) for amount in invested],
        ),
        {
            "horizontal": False,
            "series_text": _("invested"),
            "comparison_text": _("plan"),
            "missing_text": _("x not reported"),
            "axis_note": unit,
            "empty_text": _("No report this year"),
        },
        alt=alt,
    )


def _progress_chart(context: Context, months: pd.DataFrame, alt: str) -> Chart:
    _ = context.language
    shares = months["physical_progress_pct"]
    return Chart(
        "line",
        months.assign(
            x=months["month"],
            value=shares,
            text=[_.quantity(share, "%", 1) for share in shares],
        ),
        {
            "value_range": [0, 100],
            "from_zero": True,
            "tick_suffix": "%",
            "missing_text": _("x not reported"),
            "empty_text": _("No report yet"),
            "height": PROGRESS_HEIGHT,
        },
        alt=alt,
    )


def _invested_since(context: Context, project: Row) -> str:
    """Say how much more is invested than at the month compared with, within one year."""
    _ = context.language
    filters = context.filters
    if filters.as_of[:4] != filters.compared_month[:4]:
        return since(context, _("counted by the year, not compared"))
    then = find_project(context.then, project["project_id"])["invested_yuan"]
    if then is None or project["invested_yuan"] is None:
        return since(context, _("not reported then") if then is None else _("not reported now"))
    difference = project["invested_yuan"] - then
    if difference == 0:
        return since(context, _("unchanged"))
    amount = yuan(context, abs(difference))
    return since(context, directed(context, difference, amount, is_rate=False))


def _of_this_year(context: Context, months: pd.DataFrame) -> pd.DataFrame:
    return months[months["month"].str[:4] == context.filters.as_of[:4]]


def _months(context: Context, project_id: str) -> pd.DataFrame:
    """Return the months a project owed a report for, in figures and words; shared by its cards."""
    as_of = context.filters.as_of
    return context.database.derived(
        ("project_months", project_id, as_of, context.language),
        lambda: _in_words(
            context, context.query("project/months", project_id=project_id, as_of=as_of)
        ),
    )


def _in_words(context: Context, months: pd.DataFrame) -> pd.DataFrame:
    rows = records(months)
    stages = stage_names(context)
    year = months["month"].str[:4]
    return months.assign(
        invested_to_date_yuan=months["invested_yuan"].fillna(0).groupby(year).cumsum(),
        month_text=[context.language.month(row["month"]) for row in rows],
        progress_text=[progress_share(context, row["physical_progress_pct"]) for row in rows],
        invested_text=[yuan(context, row["invested_yuan"]) for row in rows],
        planned_text=[context.language.yuan(row["planned_yuan"]) for row in rows],
        stage_text=[
            "" if row["stage"] is None else stages[_MILESTONES_REACHED[row["stage"]]]
            for row in rows
        ],
        problem_text=[text_or_nothing(row["problem"]) for row in rows],
        post_text=[text_or_nothing(row["responsible_post"]) for row in rows],
    )


def _table(context: Context, months: pd.DataFrame) -> Table:
    _ = context.language
    return Table(
        months,
        (
            Column("month_text", _("Month")),
            Column("stage_text", _("Stage")),
            Column("progress_text", _("Physical progress")),
            Column("invested_text", _("Invested")),
            Column("planned_text", _("Planned")),
            Column("problem_text", _("Problem")),
            Column("post_text", _("Responsible post")),
        ),
    )
