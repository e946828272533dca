"""What numbers mean (口径), in words: the methods page and docs/indicators.md print the same text.

Everything here is generated from the catalogue; only the rules that hold for all indicators are
written down, beside the code that applies them: sums (:mod:`dashboard.indicators`), status
(:mod:`dashboard.indicators.status`), small numbers and missing values.
"""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.catalogue import SMALL_NUMBERS, Catalogue, Indicator
from dashboard.indicators.status import Nearness
from dashboard.words.language import Language


@dataclass(frozen=True)
class Explanation:
    """A term and what it means, in one language."""

    term: str
    text: str


def value_rules(language: Language) -> list[Explanation]:
    """How rows become a value."""
    _ = language
    return [
        Explanation(
            _("Value"),
            _(
                "The sum of numerators divided by the sum of denominators over the chosen "
                "counties, never a mean of rates. A figure that exists once for the city is never "
                "split by county."
            ),
        ),
        Explanation(_("Level"), _("The latest stock-taking up to the chosen month.")),
        Explanation(
            _("Flow"), _("Everything from January of the chosen year to the chosen month.")
        ),
        Explanation(_("Stock"), _("Everything that has begun and not ended by the chosen month.")),
        Explanation(
            _("Change"),
            _(
                "Between two months, of what compares. Of what is measured at schools: in the "
                "boundaries the later figure has, and without schools that are missing from a "
                "register; how many are left out is said. Nothing that comes after a month, a "
                "later register included, changes what is said of it."
            ),
        ),
    ]


def pace_rules(language: Language) -> list[Explanation]:
    """Return what is expected by a month, by trajectory."""
    _ = language
    return [
        Explanation(
            trajectory_word(language, "linear"),
            _(
                "From the value at the end of last year (from nothing, for what is counted within "
                "the year) to the target in equal monthly steps, until the due month."
            ),
        ),
        Explanation(
            trajectory_word(language, "batches"),
            _(
                "The same way, by the share that the city had reached by that month in the years "
                "before; without a year before, not due before the quarter it is due in."
            ),
        ),
        Explanation(
            trajectory_word(language, "planned"),
            _("What the projects' and milestones' own plans call for by the month."),
        ),
        Explanation(
            trajectory_word(language, "seasonal"),
            _(
                "Measured once or twice a year: the target once this year's measurement is in; "
                "nothing is late before its season. Of several rounds, the share that is over."
            ),
        ),
        Explanation(trajectory_word(language, "none"), _("The target itself, all year.")),
        Explanation(
            _("Directions without a number"),
            _(
                "Held against the same month or season of the year before; steady ones must stay "
                "within their tolerance."
            ),
        ),
        Explanation(
            _("Things"),
            _("Counted whole: the pace of things is rounded down, before it judges and prints."),
        ),
        Explanation(
            _("Forecast"),
            _(
                "Where the year leads at its pace, as the years before went on, or as planned; "
                "never more than there can be or the plan lists."
            ),
        ),
    ]


def status_rules(language: Language, catalogue: Catalogue) -> list[Explanation]:
    """Return the five statuses; the symbols are always the same."""
    _ = language
    numbers = Nearness.of(catalogue.thresholds)
    return [
        Explanation(
            _("Judged"),
            _(
                "As it is written: numbers round half up, and whatever reads the same is the same. "
                "A share that is not all never reads 100%."
            ),
        ),
        Explanation(
            "● " + _("met"),
            _(
                "The target is reached. A direction: the best there can be, or better than a year "
                "before at the year's last measurement. Where the plan asks for some and gives no "
                "number: one in the city."
            ),
        ),
        Explanation(
            "▲ " + _("on track"),
            _(
                "Not yet, but what is expected by now is reached; a direction: as a year before, "
                "or better."
            ),
        ),
        Explanation(
            "◆ " + _("near"),
            _(
                "Short of what was due by {rate_pct}% of it at most, for rates and money; by "
                "{things} where {few} or more things were due, by {many_pct}% where more than "
                "{many} were; never for fewer things, nor for things from the due month on.",
                rate_pct=_.number(numbers.rate_pct),
                things=_.number(numbers.things),
                few=_.number(numbers.few_things),
                many=_.number(numbers.many_things),
                many_pct=_.number(numbers.many_things_pct),
            ),
        ),
        Explanation("▼ " + _("behind"), _("Further short of what was due, or the wrong way.")),
        Explanation(
            "○ " + _("not due yet"),
            _(
                "The plan is not published yet, this year's decisive measurement is still to come, "
                "or nothing is due yet and nothing is there."
            ),
        ),
        Explanation(
            "– " + _("no status"),
            _(
                "No value, a part of it missing, or the plan asks nothing of this unit: nothing is "
                "judged."
            ),
        ),
        Explanation(_("Tasks"), task_rule(language)),
        Explanation(
            _("Basis"),
            _(
                "What the plan says and what is read into it are two things; a reading is marked "
                "as one, and never leads a headline. A target that names counties is asked of them "
                "alone."
            ),
        ),
    ]


def task_rule(language: Language) -> str:
    """How a task of the plan, which has no figure, comes to its status."""
    return language(
        "A task stands where its office's last report says: done is met; not done is behind once "
        "its month is over, on track once begun, otherwise not due yet, as all are before the plan "
        "is published. Targets go by the data."
    )


def symbol_rules(language: Language, catalogue: Catalogue) -> list[Explanation]:
    """Return the symbols that stand where a number would: a missing value is never zero."""
    _ = language
    fewest = language.number(catalogue.thresholds[SMALL_NUMBERS].value)
    return [
        Explanation(
            _("z not applicable"), _("There can be no such figure here, and none is owed.")
        ),
        Explanation(
            _("x not reported"), _("It is owed and not in; totals are without it, and provisional.")
        ),
        Explanation(
            _("c suppressed"),
            _(
                "Fewer than {fewest} people of a school or county are counted, or are not counted; "
                "or the number would tell such a one: the next smallest school or county with it, "
                "or as many without anybody, and a choice with only some of the counties withheld. "
                "The whole city shows.",
                fewest=fewest,
            ),
        ),
        Explanation(
            _("p provisional"),
            _(
                "A month or a county of it is not in. The value is of what is in, and has no "
                "status (but met, where the rest can only add), no comparison, no place and no "
                "forecast; county and month are named."
            ),
        ),
    ]


def certainty_rules(language: Language) -> list[Explanation]:
    """How far a definition can be trusted."""
    return [Explanation(grade, certainty_words(language, grade)) for grade in ("V", "M", "R")]


def certainty_words(language: Language, certainty: str) -> str:
    """Say where a definition was read."""
    _ = language
    return {
        "V": _("read in an official text"),
        "M": _("read in a secondary copy"),
        "R": _("general knowledge: the bureau must confirm it"),
    }[certainty]


def basis_words(language: Language, basis: str) -> str:
    """Say whether the plan gives what is asked, or it is our reading of the plan's words."""
    _ = language
    return {
        "plan": _("the plan's own words"),
        "reading": _("our reading: the plan gives no number, the bureau must confirm it"),
    }[basis]


def indicator_rules(language: Language, indicator: Indicator) -> list[Explanation]:
    """Everything the catalogue says of one indicator, field by field."""
    _ = language
    code = language.code
    counted = indicator.text("counted", code)
    if indicator.people:
        counted = _("{counted} (people: small numbers are not shown)", counted=counted)
    return [
        Explanation(_("Formula"), indicator.text("formula", code)),
        Explanation(_("Adds up as"), accumulation_words(language, indicator)),
        *comparison_rules(language, indicator),
        Explanation(_("Unit"), unit_words(language, indicator)),
        Explanation(_("Direction"), direction_words(language, indicator)),
        Explanation(_("Measured"), cadence_words(language, indicator)),
        Explanation(_("Expected by now"), trajectory_word(language, indicator.trajectory)),
        Explanation(_("Counted"), counted),
        Explanation(
            _("Certainty"),
            f"{indicator.certainty} {certainty_words(language, indicator.certainty)}",
        ),
        Explanation(_("Mind"), indicator.text("caveats", code)),
    ]


def comparison_rules(language: Language, indicator: Indicator) -> list[Explanation]:
    """Return what a change is taken over, for what is measured at schools."""
    _ = language
    if indicator.compared is None:
        return []
    words = {
        "same_schools": _("the same schools: those with a figure at both times"),
        "whole": _("all schools: opening and closing is part of the change"),
    }
    return [Explanation(_("Compared over"), words[indicator.compared])]


def accumulation_words(language: Language, indicator: Indicator) -> str:
    """Say which rows are summed and what is under the line."""
    _ = language
    measure = {"level": _("level"), "flow": _("flow"), "stock": _("stock")}[indicator.measure]
    denominator = {
        "none": _("no denominator"),
        "base": _("sum over sum"),
        "plan": _("the denominator is the plan"),
    }[indicator.denominator]
    parts = [measure, denominator]
    if indicator.scale > 1:
        parts.append(_("times {factor}", factor=_.number(indicator.scale)))
    elif indicator.scale < 1:
        parts.append(_("divided by {divisor}", divisor=_.number(1 / indicator.scale)))
    return language.pick("，", ", ").join(parts)


def unit_words(language: Language, indicator: Indicator) -> str:
    """Name the unit and the decimals shown."""
    return language(
        "{unit}, decimals: {decimals}",
        unit=indicator.text("unit", language.code) or language("none"),
        decimals=indicator.decimals,
    )


def direction_words(language: Language, indicator: Indicator) -> str:
    """Say which way is better."""
    _ = language
    text = {
        "higher": _("higher is better"),
        "lower": _("lower is better"),
        "stable": _("steady is better"),
    }[indicator.direction]
    if indicator.tolerance is None:
        return text
    return _(
        "{direction}, within {tolerance}", direction=text, tolerance=f"{indicator.tolerance:g}"
    )


def cadence_words(language: Language, indicator: Indicator) -> str:
    """Say how often it is measured, and in which months."""
    _ = language
    text = {
        "yearly": _("yearly"),
        "half_yearly": _("half-yearly"),
        "monthly": _("monthly"),
        "continuous": _("as it happens"),
    }[indicator.cadence]
    if not indicator.season:
        return text
    text = _("{cadence}, in {months}", cadence=text, months=_months(language, indicator.season))
    if not indicator.judged:
        return text
    return _(
        "{measured}; judged in {months}", measured=text, months=_months(language, indicator.judged)
    )


def _months(language: Language, months: tuple[int, ...]) -> str:
    return language.listed([language.month_name(month) for month in months])


def trajectory_word(language: Language, trajectory: str) -> str:
    """Name how the expected value runs through the year."""
    _ = language
    return {
        "linear": _("linear"),
        "batches": _("in batches"),
        "planned": _("as planned"),
        "seasonal": _("seasonal"),
        "none": _("the target all year"),
    }[trajectory]
