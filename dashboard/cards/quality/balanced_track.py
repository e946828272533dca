"""The counties on their way to recognition as quality-balanced (优质均衡)."""

from __future__ import annotations

import pandas as pd

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Chart, Column, Selects, Table
from dashboard.cards.registry import card
from dashboard.frames import Row, records
from dashboard.indicators.status import Status

STAGE = "balanced_development_stage"
RECOGNITION = "national_recognition"
RECHECK = "provincial_recheck"
REACHED, OPEN = "reached", "open"  # the states of a step that the year's plan does not ask for


@card("quality.balanced_track")
def balanced_track(context: Context) -> Card:
    """Every county's steps: when it took them, and by when the year's plan asks for the next."""
    _ = context.language
    frame = _frame(context)
    finding = sentences.sentence(context, _asked_sentence(context), _recognised(context, frame))
    states = {
        REACHED: _("taken, not asked this year"),
        **{str(status): context.status_word(status) for status in Status},
    }
    return Card(
        card_id="quality.balanced_track",
        finding=finding,
        subtitle=context.subtitle(
            _("steps to recognition as quality-balanced"), _("by county"), context.month
        ),
        charts=(
            Chart(
                "track",
                frame,
                {
                    "steps": _steps_shown(context, frame),
                    "state_texts": states,
                    "highlight": context.highlight,
                    "uirevision": "quality.balanced_track",
                },
                alt=finding,
                selects=Selects.COUNTY,
            ),
        ),
        table=_table(context, frame),
        indicator_ids=(STAGE,),
    )


def step_names(context: Context) -> dict[str, str]:
    """Name the steps in the order in which they are taken."""
    _ = context.language
    return {
        "provincial_assessment": _("Provincial assessment"),
        RECHECK: _("Provincial re-check"),
        "national_assessment": _("National assessment"),
        RECOGNITION: _("Recognition"),
    }


def _steps_shown(context: Context, frame: pd.DataFrame) -> dict[str, str]:
    """Return the steps from left to right, without the re-check where no county has one."""
    present = set(frame["step_id"])
    return {step: name for step, name in step_names(context).items() if step in present}


def _frame(context: Context) -> pd.DataFrame:
    """Return a row per county and step: its state, its dates, and what stands below its dot."""
    as_of = context.filters.as_of
    names = step_names(context)
    rows = []
    for step in records(context.query("quality/balanced_steps", as_of=as_of)):
        state = _state(step, as_of)
        county = context.county(step["county_id"])
        taken, due = _dates(context, step)
        status = "" if state in (REACHED, OPEN) else context.status(state)
        rows.append(
            {
                "id": step["county_id"],
                "label": county,
                "step_id": step["step"],
                "step": names[step["step"]],
                "state": state,
                "text": _below_dot(context, step),
                "hover": _hover(context, f"{county} {names[step['step']]}", taken, due, status),
                "taken": taken,
                "due": due,
                "status_text": status,
            }
        )
    return pd.DataFrame(rows)


def _state(step: Row, as_of: str) -> str:
    """Return a step's state: a status where the plan asks for it this year."""
    is_taken, is_asked = step["taken_date"] is not None, step["due_month"] is not None
    if not is_asked:
        return REACHED if is_taken else OPEN
    if is_taken:
        return Status.MET
    return Status.BEHIND if step["due_month"] <= as_of else Status.NOT_DUE


def _dates(context: Context, step: Row) -> tuple[str, str]:
    """Return the day a step was taken and the month it is due; nothing where there is none."""
    taken: str = "" if step["taken_date"] is None else context.language.date(step["taken_date"])
    due: str = "" if step["due_month"] is None else context.language.month(step["due_month"])
    return taken, due


def _hover(context: Context, step: str, taken: str, due: str, status: str) -> str:
    """Return a step in words: when it was taken, when it is due, its status."""
    _ = context.language
    lines = [
        step,
        _("taken on {date}", date=taken) if taken else "",
        _("due by {month}", month=due) if due else "",
        status,
    ]
    return "\n".join(line for line in lines if line)


def _below_dot(context: Context, step: Row) -> str:
    """Return the month a step was taken, else the month it is due, in two short lines."""
    if step["taken_date"] is not None:
        return context.language.month(f"{step['taken_date']:%Y-%m}")
    if step["due_month"] is None:
        return ""
    return context.language("due by\n{month}", month=context.language.month(step["due_month"]))


def _asked_sentence(context: Context) -> str:
    """How many of the steps that the plan asks for this year are taken."""
    _ = context.language
    row = context.chosen_value(STAGE)
    if row["target"] is None:
        return _("{geography}: no step asked this year", geography=context.geography)
    return _(
        "{geography}: {taken} of this year's {asked} steps taken, {expected} due by now",
        geography=context.geography,
        taken=_.number(row["value"]),
        asked=_.number(row["target"]),
        expected=_.number(row["expected"]),
    )


def _recognised(context: Context, frame: pd.DataFrame) -> str:
    """Name the chosen counties that are recognised."""
    _ = context.language
    is_recognised = (frame["step_id"] == RECOGNITION) & frame["state"].isin([REACHED, Status.MET])
    names = frame.loc[is_recognised & frame["id"].isin(context.chosen), "label"]
    if names.empty:
        return ""
    return _("recognised: {counties}", counties=_.listed(list(names)))


def _table(context: Context, frame: pd.DataFrame) -> Table:
    _ = context.language
    return Table(
        frame,
        (
            Column("label", _("County")),
            Column("step", _("Step")),
            Column("taken", _("Taken on")),
            Column("due", _("Due")),
            Column("status_text", _("Status")),
        ),
    )
