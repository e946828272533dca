"""The indicator reference, docs/indicators.md, written from the catalogue.

`python -m dashboard reference > docs/indicators.md` renews it; a test fails while it differs.
"""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.catalogue import Catalogue, Indicator, Threshold

_INTRODUCTION = """\
# Indicators

Written by `python -m dashboard reference` from `queries/indicators/*.yml`: change those, not this.

A value is the sum of numerators, divided by the sum of denominators where there are any, over the
chosen counties: never a mean of rates. A figure that exists once for the city is never split.

- **Accumulation**: a *level* is the latest stock-taking, a *flow* the calendar year so far, a
  *stock* everything so far.
- **Pace**: *linear* rises evenly to the target; *planned* follows the units' own plans; *seasonal*
  is judged once its measurement is in; *none* is held to the target all year.
- **Certainty**: V was read in an official or press text, M in a secondary copy; R is general
  knowledge that the bureau has to confirm before publishing.
"""

_MONTHS = "January February March April May June July August September October November December"
_MONTH_NAMES = _MONTHS.split()
_SCOPES = {"county": "for every county", "city": "for the city only"}
_CADENCES = {
    "yearly": "yearly",
    "half_yearly": "half-yearly",
    "monthly": "monthly",
    "continuous": "as it happens",
}
_DIRECTIONS = {
    "higher": "higher is better",
    "lower": "lower is better",
    "stable": "steady is better",
}
_DENOMINATORS = {
    "none": "no denominator",
    "base": "sum over sum",
    "plan": "the denominator is the plan",
}


def reference_markdown(catalogue: Catalogue) -> str:
    """All definitions as one Markdown document that ends with a line break."""
    blocks = [_INTRODUCTION, _contents(catalogue)]
    for subject in catalogue.subjects:
        blocks.append(f"## {_title(subject)}\n")
        thresholds = [t for t in catalogue.thresholds.values() if t.subject == subject]
        if thresholds:
            blocks.append(_threshold_table(thresholds))
        blocks += [_indicator_section(indicator) for indicator in catalogue.by_subject(subject)]
    shared = [t for t in catalogue.thresholds.values() if t.subject not in catalogue.subjects]
    if shared:
        blocks += ["## Thresholds of all subjects\n", _threshold_table(shared)]
    return "\n".join(blocks)


def _contents(catalogue: Catalogue) -> str:
    rows = [
        (
            _title(subject),
            ", ".join(f"`{indicator.indicator_id}`" for indicator in catalogue.by_subject(subject)),
        )
        for subject in catalogue.subjects
    ]
    total = len(catalogue.indicators)
    return f"{total} indicators in {len(rows)} subjects:\n\n" + _table(
        ("subject", "indicators"), rows
    )


def _indicator_section(indicator: Indicator) -> str:
    rows = [
        ("page", f"{indicator.page}, {_SCOPES[indicator.scope]}"),
        ("公式", indicator.formula_zh),
        ("formula", indicator.formula_en),
        ("value", _value(indicator)),
        ("unit", _unit(indicator)),
        ("direction", _direction(indicator)),
        ("cadence", _cadence(indicator)),
        ("pace", indicator.trajectory),
        ("counted", f"{indicator.counted_zh} · {indicator.counted_en}{_people(indicator)}"),
        ("office", f"`{indicator.office}`"),
        ("exports", ", ".join(f"`{source}`" for source in indicator.sources)),
        ("certainty", indicator.certainty),
        ("注意", indicator.caveats_zh),
        ("caveats", indicator.caveats_en),
    ]
    heading = f"### {indicator.name_zh} · {indicator.name_en}\n"
    short = f"`{indicator.indicator_id}` ({indicator.short_zh} · {indicator.short_en})\n"
    return "\n".join((heading, short, _table(("", ""), rows)))


def _value(indicator: Indicator) -> str:
    scale = "" if indicator.scale == 1 else f", times {indicator.scale:g}"
    denominator = _DENOMINATORS[indicator.denominator]
    return f"{indicator.kind}, {indicator.measure}, {denominator}{scale}"


def _unit(indicator: Indicator) -> str:
    if not indicator.unit_zh:
        return f"none, decimals: {indicator.decimals}"
    units = dict.fromkeys((indicator.unit_zh, indicator.unit_en))
    return f"{' · '.join(units)}, decimals: {indicator.decimals}"


def _direction(indicator: Indicator) -> str:
    within = "" if indicator.tolerance is None else f", within {indicator.tolerance:g}"
    return _DIRECTIONS[indicator.direction] + within


def _cadence(indicator: Indicator) -> str:
    months = " and ".join(_MONTH_NAMES[month - 1] for month in indicator.season)
    return _CADENCES[indicator.cadence] + (f", measured in {months}" if months else "")


def _people(indicator: Indicator) -> str:
    return " (people: small cells are not shown)" if indicator.people else ""


def _threshold_table(thresholds: Iterable[Threshold]) -> str:
    return _table(
        ("threshold", "value", "说明", "note"),
        [
            (f"`{threshold.name}`", f"{threshold.value:g}", threshold.note_zh, threshold.note_en)
            for threshold in thresholds
        ],
    )


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, ("---",) * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _title(subject: str) -> str:
    return subject.replace("_", " ").capitalize()
