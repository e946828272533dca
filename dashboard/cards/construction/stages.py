"""How far the projects are: how many are in each stage, by county and by type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import pandas as pd

from dashboard.cards.construction.milestones import stage_names
from dashboard.cards.construction.portfolio import chosen_projects, city_projects, type_names
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Chart, Column, Selects, Table
from dashboard.cards.registry import card

STAGES = (0, 2, 3, 4)  # the milestones reached at which a stage begins


@card("construction.stages")
def stages(context: Context) -> Card:
    """How far the projects are, by county and by type."""
    _ = context.language
    city, chosen = city_projects(context), chosen_projects(context)
    counties = {county_id: context.county(county_id) for county_id in context.county_ids}
    by_county = _stage_rows(context, city, "county_id", counties)
    by_type = _stage_rows(context, chosen, "project_type", type_names(context))
    options = {"uirevision": "stages"}
    return Card(
        card_id="construction.stages",
        finding=_finding(context, chosen),
        subtitle=context.subtitle(
            _("number of projects by stage"), context.geography, context.month
        ),
        charts=(
            Chart(
                "stacked_bar",
                by_county,
                options | {"highlight": context.highlight},
                alt=_("projects by county and stage"),
                selects=Selects.COUNTY,
                title=_("by county"),
            ),
            Chart(
                "stacked_bar",
                by_type,
                options,
                alt=_("projects by type and stage"),
                title=_("by type"),
            ),
        ),
        table=Table(
            pd.concat([by_county, by_type]),
            (
                Column("label", _("County or type")),
                Column("series", _("Stage")),
                Column("value", _("Projects"), 0),
            ),
        ),
        indicator_ids=("projects_underway",),
    )


def _finding(context: Context, projects: pd.DataFrame) -> str:
    _ = context.language
    counts = Counter(_stages_of(projects))
    return _(
        "{count} projects: {stages}",
        count=len(projects),
        stages=context.language.listed(
            [
                _("{count} {stage}", count=counts[stage], stage=text)
                for stage, text in _stage_texts(context).items()
                if counts[stage]
            ]
        ),
    )


def _stage_rows(
    context: Context, projects: pd.DataFrame, column: str, names: Mapping[str, str]
) -> pd.DataFrame:
    """One row per county or type and stage, with the number of projects."""
    number = context.language.number
    counts = Counter(zip(projects[column], _stages_of(projects), strict=True))
    totals = Counter(projects[column])
    return pd.DataFrame(
        [
            {
                "id": key,
                "label": name,
                "series": stage_text,
                "value": counts[key, stage],
                "text": number(counts[key, stage] or None),
                "total_text": number(totals[key]),
            }
            for key, name in names.items()
            for stage, stage_text in _stage_texts(context).items()
        ]
    )


def _stages_of(projects: pd.DataFrame) -> Iterable[int]:
    """Return the stage that each project is in, as one of ``STAGES``."""
    return (
        max(stage for stage in STAGES if stage <= reached)
        for reached in projects["milestones_reached"]
    )


def _stage_texts(context: Context) -> dict[int, str]:
    """Name ``STAGES``; what is completed counts as such, whether in use or not."""
    names = stage_names(context)
    *begun, completed = STAGES
    return {stage: names[stage] for stage in begun} | {
        completed: context.language("completed or in use")
    }
