"""Short phrases that findings, subtitles and notes of several pages are made of."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.cards.asked import aim
from dashboard.cards.context import Context
from dashboard.filters import CITY
from dashboard.frames import Row
from dashboard.rounding import rounded


def not_reported(context: Context, measure: str) -> str:
    """Say that the chosen counties have no value of a measure."""
    return context.language(
        "{geography}: {measure} not reported", geography=context.geography, measure=measure
    )


def withheld(context: Context, measure: str) -> str:
    """Say that so few people are counted that they could be known."""
    return context.language(
        "{geography}: {measure} withheld", geography=context.geography, measure=measure
    )


def named(context: Context, name: str, value: str) -> str:
    """Put a value behind its name: 小学12.3%, Primary 12.3%."""
    return f"{name}{context.language.pick('', ' ')}{value}"


def with_target(context: Context, indicator_id: str, row: Row) -> str:
    """Name an indicator with its value and its target: 信息技术培训率97.5%（目标100.0%）.

    Where nothing is asked, the value alone.
    """
    measure, value = context.text(indicator_id, "short"), context.shown(indicator_id, row)
    if row["target"] is None:
        return named(context, measure, value)
    return context.language(
        "{measure} {value} (target {target})",
        measure=measure,
        value=value,
        target=aim(context, indicator_id, row["target"]),
    )


def of_target(context: Context, indicator_id: str, row: Row) -> str:
    """Write what is reached with what is asked for: 47/52个; alone where nothing is asked."""
    if row["value"] is None or row["target"] is None:
        return context.shown(indicator_id, row)
    number = context.language.number(row["value"], context.indicator(indicator_id).decimals)
    text = f"{number}/{context.value(indicator_id, row['target'])}"
    return context.language("{text} (provisional)", text=text) if row["missing"] else text


def by_geography(context: Context, own: list[str], city: list[str]) -> str:
    """Say what holds for the chosen counties, then what exists for the whole city only."""
    _ = context.language
    whole = context.county(CITY)
    groups = {context.geography: [*own]}
    groups.setdefault(whole, []).extend(city)
    parts = [
        _(
            "{geography}: {figures}",
            geography=geography,
            figures=_.listed([f for f in figures if f]),
        )
        for geography, figures in groups.items()
    ]
    return _.pick("；", "; ").join(parts)


def month_label(context: Context, month: str) -> str:
    """Write a month of the year on an axis: 9月, 9."""
    number = str(int(month[5:7]))
    return context.language.pick(f"{number}月", number)


def percent(context: Context, indicator_id: str, share: float | None, *, missing: str = "") -> str:
    """Format a share in percent with the decimals of the indicator it belongs to.

    ``missing`` stands for a share that is not there; without it, that it is not reported.
    """
    text = context.language.quantity(share, "%", context.indicator(indicator_id).decimals)
    return text or missing or context.language("x not reported")


def points(context: Context, indicator_id: str, difference: float) -> str:
    """Format how far two shares lie apart, in percentage points."""
    unit = context.language("percentage points")
    return context.language.quantity(
        abs(difference), unit, context.indicator(indicator_id).decimals
    )


def share_change(context: Context, indicator_id: str, change: float) -> str:
    """Say in which direction a share moved and by how many percentage points."""
    _ = context.language
    if rounded(change, context.indicator(indicator_id).decimals) == 0:
        return _("unchanged")
    message = _("up {points}") if change > 0 else _("down {points}")
    return message.format(points=points(context, indicator_id, change))


def year_span(years: Iterable[int | str]) -> str:
    """Name the first and the last of some years: 2019–2023; a single one alone."""
    ordered = sorted({str(year) for year in years})
    return "–".join(dict.fromkeys((ordered[0], ordered[-1]))) if ordered else ""


def autumns(context: Context, school_years: Iterable[int]) -> str:
    """Name the span of autumn statistics: 2019–2024年秋季, autumn 2019–2024."""
    span = year_span(school_years)
    return context.language("autumn {years}", years=span) if span else ""


def stage_names(context: Context, *stages: str) -> dict[str, str]:
    """Return the names of school stages and types by their codes, in the order asked for."""
    _ = context.language
    names = {
        "primary": _("Primary"),
        "junior": _("Junior secondary"),
        "nine_year": _("Nine-year"),
        "senior": _("General senior"),
        "vocational": _("Secondary vocational"),
    }
    return {stage: names[stage] for stage in stages}


def clause_number(context: Context, indicator_id: str) -> str:
    """Return the number of an indicator's clause in the plan; nothing where it has none."""
    clause = context.clause(indicator_id)
    return "" if clause is None else str(clause["clause"])


def clause_words(context: Context, indicator_id: str) -> str:
    """Name an indicator's clause: 第12条, clause 12."""
    number = clause_number(context, indicator_id)
    return context.language("clause {number}", number=number) if number else ""


def present(*notes: str) -> tuple[str, ...]:
    """Leave out the notes that have nothing to say."""
    return tuple(note for note in notes if note)
