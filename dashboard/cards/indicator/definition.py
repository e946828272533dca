"""What an indicator means (口径), in the words of the methods page, and the plan's own words."""

from __future__ import annotations

import pandas as pd

from dashboard.cards.asked import aim, asked_note, goal_of
from dashboard.cards.context import Context
from dashboard.cards.model import Card, Column, Table
from dashboard.cards.registry import card
from dashboard.indicators import definitions


@card("indicator.definition")
def definition(context: Context, *, indicator_id: str) -> Card:
    """Everything the catalogue says of the indicator, and the passage of the plan that asks for it.

    The passage is that of the plan of the chosen month's year.
    """
    _ = context.language
    rules = definitions.indicator_rules(_, context.indicator(indicator_id))
    entries = [*_plan(context, indicator_id), *((rule.term, rule.text) for rule in rules)]
    table = Table(
        pd.DataFrame(entries, columns=["term", "text"]),
        (Column("term", _("Term")), Column("text", _("Meaning"))),
    )
    name = context.text(indicator_id, "name")
    return Card(
        card_id="indicator.definition",
        finding=_("What “{name}” means", name=name),
        subtitle=context.subtitle(_("definition, rule and source of each indicator")),
        listing=table,
        table=table,
        indicator_ids=(indicator_id,),
    )


def _plan(context: Context, indicator_id: str) -> list[tuple[str, str]]:
    _ = context.language
    clause = context.clause(indicator_id)
    if clause is None:
        return []
    quote = _("clause {number}: “{quote}”", number=clause["clause"], quote=clause["quote_zh"])
    office = _.pick(clause["office_zh"], clause["office_en"])
    goal = goal_of(context, indicator_id)
    entries = [(_("Plan"), quote), (_("Responsible"), office)]
    if goal is not None:
        entries.append((_("Asked for"), aim(context, indicator_id, goal.target)))
        entries.append((_("Basis"), definitions.basis_words(_, goal.basis)))
    asked = asked_note(context, indicator_id)
    return [*entries, (_("Asked of"), asked)] if asked else entries
