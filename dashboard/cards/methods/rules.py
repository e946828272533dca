"""The rules that hold for every indicator: sums, expected values, statuses, missing values."""

from __future__ import annotations

import pandas as pd

from dashboard.cards.context import Context
from dashboard.cards.model import Card, Column, Table
from dashboard.cards.registry import card
from dashboard.indicators import definitions
from dashboard.indicators.definitions import Explanation


@card("methods.status", whole_city=True)
def status_rules(context: Context) -> Card:
    """When a target counts as met, on track, behind or not due yet."""
    _ = context.language
    return _rules_card(
        context,
        "methods.status",
        _("How a status is judged"),
        _("value against target and what is expected by now"),
        definitions.status_rules(_, context.database.catalogue),
    )


@card("methods.pace", whole_city=True)
def pace_rules(context: Context) -> Card:
    """Show what is expected by a month."""
    _ = context.language
    return _rules_card(
        context,
        "methods.pace",
        _("What is expected by now"),
        _("each indicator follows one of these through the year"),
        definitions.pace_rules(_),
    )


@card("methods.values", whole_city=True)
def value_rules(context: Context) -> Card:
    """How export rows become a value."""
    _ = context.language
    return _rules_card(
        context,
        "methods.values",
        _("How a value is worked out"),
        _("from the rows of the exports"),
        definitions.value_rules(_),
    )


@card("methods.symbols", whole_city=True)
def symbol_rules(context: Context) -> Card:
    """Show what stands where there is no number, and how sure a definition is."""
    _ = context.language
    return _rules_card(
        context,
        "methods.symbols",
        _("What stands where a number is missing, and how sure a definition is"),
        _("a missing value is never zero"),
        [
            *definitions.symbol_rules(_, context.database.catalogue),
            *definitions.certainty_rules(_),
        ],
    )


@card("methods.thresholds", whole_city=True)
def thresholds(context: Context) -> Card:
    """Show the numbers that definitions rest on."""
    _ = context.language
    found = context.database.catalogue.thresholds.values()
    frame = pd.DataFrame(
        {
            "note": [threshold.text("note", _.code) for threshold in found],
            "value": [f"{threshold.value:g}" for threshold in found],
        }
    )
    table = Table(frame, (Column("note", _("What it is for")), Column("value", _("Number"))))
    return Card(
        card_id="methods.thresholds",
        finding=_("{count} numbers that definitions rest on", count=len(frame)),
        subtitle=_("kept in the catalogue, not in the code"),
        listing=table,
        table=table,
    )


def _rules_card(
    context: Context, card_id: str, finding: str, subtitle: str, rules: list[Explanation]
) -> Card:
    _ = context.language
    frame = pd.DataFrame([(rule.term, rule.text) for rule in rules], columns=["term", "text"])
    table = Table(frame, (Column("term", _("Term")), Column("text", _("Meaning"))))
    return Card(card_id=card_id, finding=finding, subtitle=subtitle, listing=table, table=table)
