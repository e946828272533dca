"""Vocational training: the year's total as it grows, its months, its kinds of trainees."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Chart, Column, Table
from dashboard.cards.phrases import month_label, not_reported
from dashboard.cards.registry import card
from dashboard.cards.running_total import (
    forecast_sentence,
    running_total_chart,
    running_total_table,
    year_months,
)
from dashboard.filters import shift_month
from dashboard.frames import Row

TRAINING = "vocational_training"
HEIGHT = 320
# The two smallest kinds make one part of a bar: more parts could not be told apart.
PART_OF = {
    "enterprise": "enterprise",
    "community": "community",
    "farmer": "farmer",
    "veteran": "others",
    "unemployed": "others",
}


@card("skills.training_total")
def training_total(context: Context) -> Card:
    """Show the year's person-times against the even pace, the target and the year before."""
    _ = context.language
    row = context.chosen_value(TRAINING)
    months = year_months(context, TRAINING)
    finding = sentences.sentence(
        context,
        _reached(context, row),
        forecast_sentence(context, TRAINING, row),
    )
    return Card(
        card_id="skills.training_total",
        finding=finding,
        subtitle=context.subtitle(
            _("person-times trained since January"),
            context.geography,
            _("to {month}", month=context.month),
        ),
        charts=(running_total_chart(context, TRAINING, months, finding, height=HEIGHT),),
        table=running_total_table(context, TRAINING, months),
        indicator_ids=(TRAINING,),
        notes=(_("Training has its seasons: the even pace is a guide only."),),
    )


def _reached(context: Context, row: Row) -> str:
    measure = context.text(TRAINING, "short")
    if row["value"] is None:
        return not_reported(context, measure)
    return context.language(
        "{geography}: {measure} {value}",
        geography=context.geography,
        measure=measure,
        value=context.value(TRAINING, row["value"]),
    )


@card("skills.training_months")
def training_months(context: Context) -> Card:
    """Show what every month of the year has brought, by kind of trainee."""
    _ = context.language
    kinds = _kinds(context)
    months = _month_sums(kinds)
    finding = _months_finding(context, months)
    options = {
        "horizontal": False,
        "axis_note": context.text(TRAINING, "counted"),
        "empty_text": _("x not reported"),
        "height": HEIGHT,
        "uirevision": "training_months",
    }
    return Card(
        card_id="skills.training_months",
        finding=finding,
        subtitle=context.subtitle(
            _("person-times by month and kind"), context.geography, context.filters.as_of[:4]
        ),
        charts=(Chart("stacked_bar", _months_frame(context, kinds, months), options, finding),),
        table=_kinds_table(context, kinds),
        indicator_ids=(TRAINING,),
    )


def _months_frame(context: Context, kinds: pd.DataFrame, months: pd.DataFrame) -> pd.DataFrame:
    """Return a row per month and part of its bar; the months to come hold their places."""
    _ = context.language
    names = _part_names(context)
    totals = months["person_times"]
    labelled = _labelled_months(totals.dropna())
    parts = kinds.assign(part=kinds["training_kind"].map(PART_OF)).groupby(["month", "part"])
    amounts = parts["person_times"].sum(min_count=1).to_dict()
    rows = []
    for month, total in totals.items():
        is_missing = pd.isna(total) and str(month) <= context.filters.as_of
        total_text = _.number(total) if month in labelled else ""
        for part, name in names.items():
            amount = amounts.get((month, part))
            rows.append(
                {
                    "id": month,
                    "label": month_label(context, str(month)),
                    "series": name,
                    "value": amount,
                    "text": _.number(amount),
                    "total_text": _("x not reported") if is_missing else total_text,
                }
            )
    return pd.DataFrame(rows)


def _month_sums(kinds: pd.DataFrame) -> pd.DataFrame:
    """Person-times of all kinds by month, and of the same month a year before."""
    return kinds.groupby("month")[["person_times", "person_times_before"]].sum(min_count=1)


def _labelled_months(reported: pd.Series) -> set[str]:
    """Return the months whose sums are written on their bars.

    The latest, and the highest apart from it.

    On a phone the numbers of neighbours would stand over each other.
    """
    if reported.empty:
        return set()
    latest, best = str(reported.index[-1]), str(reported.idxmax())
    return {latest} if shift_month(best, 1) == latest else {latest, best}


def _months_finding(context: Context, months: pd.DataFrame) -> str:
    """Return latest month beside the same a year before, and the month that has brought most."""
    _ = context.language
    reported = months["person_times"].dropna()
    if reported.empty:
        return not_reported(context, context.text(TRAINING, "short"))
    latest, best = str(reported.index[-1]), str(reported.idxmax())
    before = months["person_times_before"][latest]
    text = _("{month}: {amount}", month=_.month(latest), amount=_people(context, reported[latest]))
    if not pd.isna(before):
        text = _(
            "{month}: {amount}, {before} a year before",
            month=_.month(latest),
            amount=_people(context, reported[latest]),
            before=_people(context, before),
        )
    if len(reported) == 1:
        return text
    if best == latest:
        return sentences.sentence(context, text, _("the most in a month of this year"))
    amount = _people(context, reported[best])
    most = _("most in {month}, {amount}", month=_.month(best), amount=amount)
    return sentences.sentence(context, text, most)


@card("skills.training_kinds")
def training_kinds(context: Context) -> Card:
    """Who has been trained since January, beside the same months of the year before."""
    _ = context.language
    kinds = _kinds(context)
    sums = _sums(context, kinds)
    finding = _kinds_finding(context, sums)
    options = {
        "series_text": _("this year"),
        "comparison_text": _("a year before"),
        "missing_text": _("x not reported"),
        "axis_note": context.text(TRAINING, "counted"),
        "height": HEIGHT,
        "uirevision": "training_kinds",
    }
    return Card(
        card_id="skills.training_kinds",
        finding=finding,
        subtitle=context.subtitle(
            _("person-times since January by kind"),
            context.geography,
            _("to {month}", month=context.month),
        ),
        charts=(Chart("bar", _kinds_frame(context, sums), options, finding),),
        table=_kinds_table(context, kinds),
        indicator_ids=(TRAINING,),
    )


def _sums(context: Context, kinds: pd.DataFrame) -> pd.DataFrame:
    """Person-times since January and in the same months a year before, by kind."""
    so_far = kinds[kinds["month"] <= context.filters.as_of]
    columns = ["person_times", "person_times_before"]
    sums = so_far.groupby("training_kind")[columns].sum(min_count=1)
    if context.chosen_value(TRAINING)["previous"] is None:  # a part of either year is not in
        sums["person_times_before"] = None
    return sums.reindex(list(_kind_names(context)))


def _kinds_frame(context: Context, sums: pd.DataFrame) -> pd.DataFrame:
    names = _kind_names(context)
    return pd.DataFrame(
        {
            "id": sums.index,
            "label": [names[str(kind)] for kind in sums.index],
            "value": sums["person_times"].to_numpy(),
            "comparison": sums["person_times_before"].to_numpy(),
            "text": [context.language.number(amount) for amount in sums["person_times"]],
        }
    )


def _kinds_finding(context: Context, sums: pd.DataFrame) -> str:
    """Return the largest kind with its share, and the kind that has grown most."""
    _ = context.language
    names, amounts = _kind_names(context), sums["person_times"].dropna()
    if amounts.empty:
        return not_reported(context, context.text(TRAINING, "short"))
    largest = str(amounts.idxmax())
    text = _(
        "Most are {kind}: {amount}, {share} of all",
        kind=names[largest],
        amount=_people(context, amounts[largest]),
        share=_.quantity(amounts[largest] / amounts.sum() * 100, "%", 1),
    )
    changes = (sums["person_times"] - sums["person_times_before"]).dropna()
    if changes.empty or changes.max() <= 0:
        return text
    most = str(changes.idxmax())
    growth = _(
        "largest increase on a year before: {kind}, {amount}",
        kind=names[most],
        amount=_people(context, changes[most]),
    )
    return sentences.sentence(context, text, growth)


# ---- what the cards share ------------------------------------------------------------------------


def _kinds(context: Context) -> pd.DataFrame:
    return context.query(
        "skills/training_kinds", as_of=context.filters.as_of, counties=list(context.chosen)
    )


def _kinds_table(context: Context, kinds: pd.DataFrame) -> Table:
    """Return a row per kind and month so far, the latest month first."""
    _ = context.language
    names = _kind_names(context)
    rows = kinds[kinds["month"] <= context.filters.as_of].iloc[::-1]
    return Table(
        rows.assign(
            kind=[names[kind] for kind in rows["training_kind"]],
            month_text=[_.month(month) for month in rows["month"]],
        ),
        (
            Column("month_text", _("Month")),
            Column("kind", _("Trainees")),
            Column("person_times", _("Person-times"), 0),
            Column("person_times_before", _("Same month a year before"), 0),
        ),
    )


def _kind_names(context: Context) -> dict[str, str]:
    _ = context.language
    return {
        "enterprise": _("Employees"),
        "community": _("Residents"),
        "farmer": _("Farmers"),
        "veteran": _("Veterans"),
        "unemployed": _("Unemployed"),
    }


def _part_names(context: Context) -> dict[str, str]:
    """Return the parts of a month's bar, from the bottom to the top."""
    names = _kind_names(context)
    others = context.language("Veterans and unemployed")
    return {part: names.get(part, others) for part in dict.fromkeys(PART_OF.values())}


def _people(context: Context, amount: float) -> str:
    return context.language.quantity(amount, context.text(TRAINING, "counted"))
