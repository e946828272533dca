"""How the schools of each county spread."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.contributions import target_of, unit_share, unit_text, unit_value
from dashboard.cards.indicator.schools import is_all_or_nothing, schools, schools_table
from dashboard.cards.model import Card, Chart, Selects
from dashboard.cards.registry import card
from dashboard.cards.side_by_side import standing_rows
from dashboard.frames import Row, records

GROUP_COLOURS = {"meets": "#12436D", "misses": "#F46A25", "withheld": "#BFBFBF"}


@card("indicator.distribution")
def distribution(context: Context, *, indicator_id: str) -> Card:
    """Show a dot per school in its county's row; a part of a bar where it counts or not."""
    _ = context.language
    frame = schools(context, indicator_id, context.county_ids)
    is_split = is_all_or_nothing(context, indicator_id)
    finding = (_split_finding if is_split else _spread_finding)(context, indicator_id, frame)
    period = context.chosen_value(indicator_id)["period"]
    withheld = int(frame["is_withheld"].sum())
    return Card(
        card_id="indicator.distribution",
        finding=finding,
        subtitle=context.subtitle(
            context.text(indicator_id, "name"), _("by school"), _.month(period)
        ),
        charts=(
            _bars(context, indicator_id, frame, finding)
            if is_split
            else _dots(context, indicator_id, frame, finding),
        ),
        table=schools_table(context, indicator_id, frame),
        indicator_ids=(indicator_id,),
        notes=(_("{count} schools withheld: few people (c).", count=_.number(withheld)),)
        if withheld
        else (),
    )


def _known(context: Context, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the chosen counties' schools that have a figure to show."""
    return frame[frame["county_id"].isin(context.chosen) & ~frame["is_withheld"]]


def _spread_finding(context: Context, indicator_id: str, frame: pd.DataFrame) -> str:
    """How many of the chosen counties' schools miss the target; without one, how far they reach."""
    _ = context.language
    known = _known(context, frame)
    target = target_of(context, indicator_id)
    parts = {"geography": context.geography, "count": _.number(len(known))}
    if known.empty:
        return _("{geography}: no school with a figure to show", geography=context.geography)
    if target is not None:
        return _(
            "{geography}: {missing} of {count} schools miss the target of {target}",
            **parts,
            missing=_.number(int((known["shortfall"] > 0).sum())),
            target=context.value(indicator_id, target),
        )
    ordered = records(known.sort_values("value", kind="stable"))
    low, middle, high = ordered[0], ordered[len(ordered) // 2], ordered[-1]
    return _(
        "{geography}: {count} schools from {low} to {high}, the middle one {middle}",
        **parts,
        low=unit_share(context, indicator_id, low),
        high=unit_share(context, indicator_id, high),
        middle=unit_share(context, indicator_id, middle),
    )


def _split_finding(context: Context, indicator_id: str, frame: pd.DataFrame) -> str:
    """How many of the chosen counties' schools do not count."""
    _ = context.language
    known = _known(context, frame)
    return _(
        "{geography}: {missing} of {count} schools do not meet the requirement",
        geography=context.geography,
        missing=_.number(int((known["numerator"] == 0).sum())),
        count=_.number(len(known)),
    )


def _dots(context: Context, indicator_id: str, frame: pd.DataFrame, alt: str) -> Chart:
    _ = context.language
    counties = standing_rows(context, indicator_id)
    means = {county: _mean(context, indicator_id, row) for county, row in counties.items()}
    places = {county: place for place, county in enumerate(context.county_ids)}
    rows = records(frame.sort_values("county_id", key=lambda c: c.map(places), kind="stable"))
    indicator, target = context.indicator(indicator_id), target_of(context, indicator_id)
    dots = pd.DataFrame(
        {
            "row_id": [row["county_id"] for row in rows],
            "row": [context.county(row["county_id"]) for row in rows],
            "id": [row["unit_id"] for row in rows],
            "label": [row["unit_name"] for row in rows],
            "value": [row["value"] for row in rows],
            "mean": [means[row["county_id"]][0] for row in rows],
            "text": [means[row["county_id"]][1] for row in rows],
            "hover": [_hover(context, indicator_id, row) for row in rows],
        }
    )
    options = {
        "series_text": _("a school"),
        "mean_text": _("the county"),
        "highlight": context.highlight,
        "target": target,
        "target_text": _("target {value}", value=context.value(indicator_id, target))
        if target is not None
        else "",
        "tick_suffix": "%" if indicator.scale == 100 else "",
        "missing_text": _("x not reported"),
        "empty_text": _("x not reported"),
        "uirevision": f"distribution_{indicator_id}",
    }
    return Chart("dot_strip", dots, options, alt, Selects.SCHOOL)


def _mean(context: Context, indicator_id: str, row: Row) -> tuple[float | None, str]:
    """Return county's rate over all its schools, the withheld ones with them, and how it reads."""
    if row["numerator"] is None or not row["denominator"]:
        return None, context.missing(row["missing"])
    return unit_value(context, indicator_id, row), unit_share(context, indicator_id, row)


def _hover(context: Context, indicator_id: str, school: Row) -> str:
    return sentences.sentence(
        context, school["unit_name"], unit_text(context, indicator_id, school)
    )


def _bars(context: Context, indicator_id: str, frame: pd.DataFrame, alt: str) -> Chart:
    """By county, the schools that meet the requirement, those that do not, and those withheld."""
    _ = context.language
    names = {"meets": _("meet it"), "misses": _("do not meet it"), "withheld": _("c suppressed")}
    meets = (frame["numerator"] > 0).map({True: "meets", False: "misses"})
    groups = meets.mask(frame["is_withheld"], "withheld")
    counts = frame.groupby(["county_id", groups]).size().to_dict()
    counties = [county for county in context.county_ids if county in set(frame["county_id"])]
    shown = [group for group in names if group in set(groups)]
    rows = [
        {
            "id": county,
            "label": context.county(county),
            "series": names[group],
            "value": counts.get((county, group), 0),
            "text": _.number(counts.get((county, group), 0)),
            "total_text": _.plural(
                "{count} school",
                "{count} schools",
                sum(counts.get((county, other), 0) for other in shown),
            ),
        }
        for county in counties
        for group in shown
    ]
    options = {
        "part_colours": [GROUP_COLOURS[group] for group in shown],
        "missing_text": _("x not reported"),
        "empty_text": _("x not reported"),
        "uirevision": f"distribution_{indicator_id}",
    }
    return Chart("stacked_bar", pd.DataFrame(rows), options, alt, Selects.COUNTY)
