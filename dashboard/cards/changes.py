"""What has changed since the month compared with: one sentence for every card, without judging.

Most cards get theirs from their indicators (:func:`change_sentence`, for the chosen counties
together). A card without an indicator says its own figures with :func:`counted` or :func:`moved`,
names them with :func:`about` and frames them with :func:`since`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.model import Column
from dashboard.filters import Comparison
from dashboard.indicators import Change, Obstacle
from dashboard.rounding import rounded


def change_sentence(context: Context, indicator_ids: Iterable[str], finding: str = "") -> str:
    """Say how indicators differ from the month compared with; nothing without indicators.

    An indicator that the finding is about need not be named again, and a difference that the
    finding says already gives way to the value that stood then.
    """
    changes = {i: context.chosen_change(i) for i in dict.fromkeys(indicator_ids)}
    if len(changes) == 1:
        return _single(context, *next(iter(changes.items())), finding)
    by_period: dict[str, dict[str, Change]] = {}
    for indicator_id, change in changes.items():
        period = _period(context, indicator_id, change)
        by_period.setdefault(period, {})[indicator_id] = change
    is_one = len(by_period) == 1
    return sentences.sentence(
        context,
        *(_of_period(context, period, found, is_one) for period, found in by_period.items()),
    )


def _of_period(
    context: Context, period: str, changes: Mapping[str, Change], is_for_all: bool
) -> str:
    """Return the sentence of the indicators that are compared with the same period.

    ``is_for_all``: they are all that the card is about, so a common reason needs no names.
    """
    remarks = {_remark(context, change) for change in changes.values() if _is_value(change)}
    common = remarks.pop() if len(remarks) == 1 else None
    said = _grouped(context, changes, common, is_for_all)
    return since(context, *said, comparison=period, remark=common or "")


def _period(context: Context, indicator_id: str, change: Change) -> str:
    """Return period that a change is on, in words; none where nothing has been measured since."""
    if change.obstacle is Obstacle.SAME_MEASUREMENT:
        return ""
    return context.comparison_of(indicator_id)


def since(context: Context, *changes: str, comparison: str | None = None, remark: str = "") -> str:
    """Frame changes with the month compared with: 比2024年3月：增加3所.

    ``comparison`` names another period than the chosen month; empty where nothing is compared.
    """
    _ = context.language
    text = sentences.sentence(context, *changes)
    if not text:
        return ""
    if comparison == "":
        return text[:1].upper() + text[1:]
    comparison = f"{context.comparison if comparison is None else comparison}{remark}"
    if text == _("unchanged"):
        return _("Unchanged on {comparison}", comparison=comparison)
    return _("Compared with {comparison}: {changes}", comparison=comparison, changes=text)


def about(context: Context, measure: str, change: str) -> str:
    """Name what has changed: 晚于计划的项目增加3个."""
    return context.language("{measure}: {change}", measure=measure, change=change)


def no_newer(context: Context, period: str) -> str:
    """Say that nothing has been measured since a period, given in words."""
    return context.language("no newer figure than {period}", period=period)


def counted(context: Context, now: float, then: float | None, unit: str, decimals: int = 0) -> str:
    """Say by how much a count or an amount differs: 增加3所, increase of 3 schools."""
    _ = context.language
    if then is None:
        return _("not reported then")
    difference = now - then
    if rounded(difference, decimals) == 0:
        return _("unchanged")
    amount = _.quantity(abs(difference), unit, decimals)
    return directed(context, difference, amount, is_rate=False)


def rate_change(context: Context, now: float, then: float | None, unit: str, decimals: int) -> str:
    """Say in which direction a rate moved and by how much: 提高0.8个百分点."""
    _ = context.language
    if then is None:
        return _("not reported then")
    difference = now - then
    if rounded(difference, decimals) == 0:
        return _("unchanged")
    unit = _("percentage points") if unit == "%" else unit
    amount = _.quantity(abs(difference), unit, decimals)
    return directed(context, difference, amount, is_rate=True)


def directed(context: Context, difference: float, amount: str, *, is_rate: bool) -> str:
    """Put the sign of a difference into neutral words: rates go up or down, counts in- or decrease.

    ``amount`` is the size of the difference in words.
    """
    _ = context.language
    if is_rate:
        message = _("up by {amount}") if difference > 0 else _("down by {amount}")
    else:
        message = _("increase of {amount}") if difference > 0 else _("decrease of {amount}")
    return message.format(amount=amount)


def _single(context: Context, indicator_id: str, change: Change, finding: str) -> str:
    """Return the sentence of a card about one indicator."""
    remark = _remark(context, change)
    is_named = context.text(indicator_id, "short") in finding
    if change.obstacle is Obstacle.IS_CHANGE or _is_said(context, indicator_id, change, finding):
        value = _value_then(context, indicator_id, change)
        return context.language(
            "Value {comparison}: {value}",
            comparison=f"{context.comparison_of(indicator_id)}{remark}",
            value=value if is_named else _named(context, [indicator_id], value),
        )
    text = _text(context, indicator_id, change)
    if text and not is_named:
        text = _named(context, [indicator_id], text)
    return since(
        context,
        text,
        comparison=_period(context, indicator_id, change),
        remark=remark if _is_value(change) else "",
    )


def _is_said(context: Context, indicator_id: str, change: Change, finding: str) -> bool:
    """Whether a finding, which for some is about the year before, says this difference."""
    indicator = context.indicator(indicator_id)
    if indicator.kind != "directional" or context.filters.comparison != Comparison.LAST_YEAR:
        return False
    if change.difference is None:
        return False
    is_zero = rounded(change.difference, indicator.decimals) == 0
    return is_zero or context.difference(indicator_id, change.difference) in finding


def _grouped(
    context: Context, changes: Mapping[str, Change], common: str | None, is_for_all: bool
) -> list[str]:
    """Every indicator by name with its change; those that cannot have one are named together.

    ``common`` is the remark that all of them share, if they do.
    """
    texts = {
        i: _text(context, i, change)
        + (_remark(context, change) if common is None and _is_value(change) else "")
        for i, change in changes.items()
    }
    groups: dict[str, list[str]] = {}
    for indicator_id, change in changes.items():
        key = indicator_id if _is_value(change) else texts[indicator_id]
        groups.setdefault(key, []).append(indicator_id)
    return [
        # a reason that holds for all of them needs no names
        text if is_for_all and len(ids) == len(changes) > 1 else _named(context, ids, text)
        for ids in groups.values()
        for text in [texts[ids[0]]]
        if text
    ]


def _is_value(change: Change) -> bool:
    """Whether a change says a number of its own, and not only why there is none."""
    return change.obstacle in (None, Obstacle.IS_CHANGE)


def _named(context: Context, indicator_ids: list[str], text: str) -> str:
    names = [context.text(indicator_id, "short") for indicator_id in indicator_ids]
    return about(context, context.language.listed(names), text)


def _text(context: Context, indicator_id: str, change: Change) -> str:
    """One indicator's change, or why it has none; nothing where it does not apply."""
    if change.difference is None:
        return _why_none(context, indicator_id, change)
    indicator = context.indicator(indicator_id)
    if rounded(change.difference, indicator.decimals) == 0:
        return context.language("unchanged")
    amount = context.difference(indicator_id, change.difference)
    is_rate = indicator.unit_en == "%" or (
        indicator.denominator == "base" and indicator.kind != "count"
    )
    return directed(context, change.difference, amount, is_rate=is_rate)


def _why_none(context: Context, indicator_id: str, change: Change) -> str:
    _ = context.language
    return {
        Obstacle.NOT_APPLICABLE: "",
        Obstacle.MISSING_NOW: _("not reported now"),
        Obstacle.MISSING_THEN: _("not reported then"),
        Obstacle.INCOMPLETE_NOW: _incomplete(context, change),
        Obstacle.INCOMPLETE_THEN: _incomplete(context, change),
        Obstacle.WITHHELD: _("withheld, not compared"),
        Obstacle.SAME_MEASUREMENT: no_newer(
            context, _.month(change.compared_period or context.filters.compared_month)
        ),
        Obstacle.COUNTED_ANEW: _("counted by the year, not compared"),
        Obstacle.IS_CHANGE: _("{value} then", value=_value_then(context, indicator_id, change)),
    }[change.obstacle or Obstacle.NOT_APPLICABLE]


def _incomplete(context: Context, change: Change) -> str:
    missing = sentences.missing_words(context, change.missing_periods)
    return context.language("{missing} not in, not compared", missing=missing)


def _value_then(context: Context, indicator_id: str, change: Change) -> str:
    is_signed = context.indicator(indicator_id).kind == "change"
    return context.value(indicator_id, change.compared, sign=is_signed)


def _remark(context: Context, change: Change) -> str:
    """Whom the compared value is without."""
    _ = context.language
    if not change.left_out:
        return ""
    names = _.listed([context.county(county) for county in change.left_out])
    return _(" ({remarks})", remarks=_("without {counties}", counties=names))


def compared_columns(
    context: Context,
    indicator_ids: Iterable[str],
    suffix: str = "",
    decimals: int | None = None,
    column: str = "compared",
) -> tuple[Column, ...]:
    """Head the figures compared with by their period; by row where the indicators' differ."""
    heading = context.comparison_of(*indicator_ids)
    compared = Column(column, heading + suffix, decimals)
    if heading != context.language("period compared with"):
        return (compared,)
    return (compared, Column("compared_period", context.language("Period compared with")))
