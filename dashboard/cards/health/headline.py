"""健康 in one sentence."""

from __future__ import annotations

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.cards.health.fitness_groups import GOOD_FITNESS, PASSED_FITNESS
from dashboard.cards.health.health_schools import HEALTH_SCHOOLS
from dashboard.cards.health.myopia import chosen_round, myopia_sentence
from dashboard.cards.registry import headline


@headline("health")
def health_headline(context: Context) -> str:
    """Myopia against the same season, fitness as last measured, health-promoting schools."""
    _ = context.language
    good, passed, schools = (
        context.chosen_value(i) for i in (GOOD_FITNESS, PASSED_FITNESS, HEALTH_SCHOOLS)
    )
    fitness = ""
    if good["value"] is not None and context.named((GOOD_FITNESS, PASSED_FITNESS)):
        fitness = _(
            "fitness good rate {good}, pass rate {passed} ({period})",
            good=context.value(GOOD_FITNESS, good["value"]),
            passed=context.shown(PASSED_FITNESS, passed),
            period=_.month(good["period"]),
        )
    return sentences.sentence(
        context,
        myopia_sentence(context, chosen_round(context)),
        fitness,
        _(
            "health-promoting schools {value}",
            value=context.value(HEALTH_SCHOOLS, schools["value"]),
        )
        if context.is_named(HEALTH_SCHOOLS)
        else "",
    )
