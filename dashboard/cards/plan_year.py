"""What has to be said of the plan year that a figure is looked at in: none, a changed target."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard import indicators
from dashboard.cards.context import Context
from dashboard.cards.model import Card
from dashboard.plan import Plan, TargetChange


def year_sentence(context: Context) -> str:
    """Say that the chosen month's year has no plan, or that a newer plan has no data yet."""
    _ = context.language
    year = context.filters.as_of[:4]
    if context.plan is None:
        return _("There is no work plan of {year}: values are shown, and not judged.", year=year)
    next_year = max(context.database.plans)
    months = indicators.months(context.database)
    if context.filters.as_of == months[-1] and next_year > int(year):
        return _(
            "There are no data of {next_year} yet: this is {year} by its own plan.",
            next_year=next_year,
            year=year,
        )
    return ""


def change_sentences(context: Context, indicator_ids: Iterable[str]) -> list[str]:
    """Say by how much, since when and why the bureau has changed targets by the chosen month."""
    return [
        sentence
        for indicator_id in indicator_ids
        for sentence in _of_indicator(context, indicator_id)
    ]


def _of_indicator(context: Context, indicator_id: str) -> list[str]:
    plan = context.plan
    if plan is None:
        return []
    known = sorted(
        (change for change in plan.target_changes if change.indicator_id == indicator_id),
        key=lambda change: change.from_month,
    )
    if not known:
        return []
    numbers = [_first_number(plan, indicator_id), *(change.target for change in known)]
    return [
        _sentence(context, change, before)
        for change, before in zip(known, numbers, strict=False)
        if change.from_month <= context.filters.as_of
    ]


def _first_number(plan: Plan, indicator_id: str) -> float | None:
    return next(target.target for target in plan.targets if target.indicator_id == indicator_id)


def _sentence(context: Context, change: TargetChange, before: float | None) -> str:
    _ = context.language
    name = change.indicator_id
    return _(
        "{indicator}: from {month} on the target is {target} instead of {before} ({reason}).",
        indicator=context.text(name, "name"),
        month=_.month(change.from_month),
        target=context.value(name, change.target),
        before=context.value(name, before),
        reason=_.pick(change.reason_zh, change.reason_en),
    )


def is_of_year(context: Context, card: Card) -> bool:
    """Whether the year's plan names all that a card is about; else the card is not shown in it."""
    return all(map(context.is_named, card.indicator_ids))


def year_notes(context: Context, indicator_ids: Sequence[str]) -> tuple[str, ...]:
    """Return what a card about these indicators has to say of its plan year, best at its end."""
    if not indicator_ids:
        return ()
    none = () if context.plan is not None else (year_sentence(context),)
    return (*none, *change_sentences(context, indicator_ids))
