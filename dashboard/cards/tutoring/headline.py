"""双减 in one sentence."""

from __future__ import annotations

from dashboard.cards.context import Context
from dashboard.cards.phrases import by_geography, named, of_target
from dashboard.cards.registry import headline
from dashboard.cards.tutoring.clean_cases import CASES
from dashboard.cards.tutoring.online_classes import CLASSES
from dashboard.cards.tutoring.outside_resources import RESOURCES
from dashboard.cards.tutoring.rates import RATES, has_providers
from dashboard.filters import CITY
from dashboard.frames import row_at

OF_CITY = (CASES, CLASSES)


@headline("tutoring")
def tutoring_headline(context: Context) -> str:
    """Say the three rates and outside resources; the counties with a case and the classes held."""
    rates = RATES if has_providers(context) else ()
    own = [_figure(context, indicator_id) for indicator_id in context.named((*rates, RESOURCES))]
    city = [
        named(
            context,
            context.text(indicator_id, "short"),
            of_target(context, indicator_id, row_at(context.standings(indicator_id), CITY)),
        )
        for indicator_id in context.named(OF_CITY)
    ]
    return by_geography(context, own, city)


def _figure(context: Context, indicator_id: str) -> str:
    measure = context.text(indicator_id, "short")
    value = context.chosen_value(indicator_id)["value"]
    if value is None:
        return context.language("{measure} not reported", measure=measure)
    return named(context, measure, context.value(indicator_id, value))
