"""What holds between a plan year and the indicator catalogue.

The plan decides what is asked: kind, comparator, scope. The catalogue says how a value is worked
out. Where the one asks what the other cannot answer, the plan is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Protocol

from msgspec import Struct

from dashboard.contract import Problem, Vocabulary, Words
from dashboard.plan.problems import plan_problem
from dashboard.plan.rows import Kind, Scope, Target


class Definition(Protocol):
    """What the plan has to know of an indicator; see `dashboard.catalogue.Indicator`."""

    @property
    def kind(self) -> Kind: ...

    @property
    def scope(self) -> Scope: ...

    @property
    def denominator(self) -> str: ...

    @property
    def unit_zh(self) -> str: ...

    @property
    def tolerance(self) -> float | None: ...


class Known(Struct, frozen=True):
    """What a plan may name: the catalogue's indicators by id, and the counties' codes."""

    indicators: Mapping[str, Definition]
    counties: Collection[str]

    def vocabularies(self) -> dict[str, Vocabulary]:
        """Return the words that data/plan/datapackage.yaml holds fields to."""
        return {
            "indicators": indicator_vocabulary(self.indicators),
            "units": Vocabulary(Words("区县.csv", "区县.csv"), (*self.counties, "all")),
        }


def indicator_vocabulary(indicators: Collection[str]) -> Vocabulary:
    """Return the ids of the catalogue's indicators."""
    return Vocabulary(Words("指标口径", "the indicator catalogue"), tuple(indicators))


def askable_kinds(definition: Definition) -> tuple[Kind, ...]:
    """Return the kinds of target that an indicator can have: what its value can be held against.

    Differences, numbers of counties and steps are values of their own sort. Anything else can be
    asked to be better than a year before, and to reach a number: a rate where the value is a share
    or a ratio, a count where it is a sum.
    """
    if definition.kind in ("change", "milestone"):
        return (definition.kind,)
    if definition.kind != "directional":
        return (definition.kind, "directional")
    is_ratio = definition.denominator == "base" or definition.unit_zh == "%"
    return ("directional", "rate" if is_ratio else "count")


def disagreements(
    targets: Mapping[int, Target], indicators: Mapping[str, Definition]
) -> Iterator[Problem]:
    """Yield what targets (by line) ask that their indicators cannot answer."""
    for line, target in targets.items():
        definition = indicators[target.indicator_id]
        for column, value, wrong in _contradictions(target, definition):
            yield plan_problem("targets.csv", wrong, row=line, column=column, value=value)


def _contradictions(target: Target, definition: Definition) -> Iterator[tuple[str, str, Words]]:
    name = target.indicator_id
    kinds = askable_kinds(definition)
    if target.kind not in kinds:
        yield (
            "kind",
            target.kind,
            Words(
                f"“{name}”在口径中是 {definition.kind} 类，不能按 {target.kind} 类提目标。"
                f"可填：{'、'.join(kinds)}。",
                f"“{name}” is of kind {definition.kind} in the catalogue and cannot have a target"
                f" of kind {target.kind}. Write {' or '.join(kinds)}.",
            ),
        )
    if target.scope == "county" and definition.scope == "city":
        yield (
            "scope",
            target.scope,
            Words(
                f"“{name}”只有全市数据，不能对各区县提目标。请填 city。",
                f"“{name}” is known for the whole city only; counties cannot be asked. Write city.",
            ),
        )
    if target.target is not None and target.unit_zh != definition.unit_zh:
        unit = definition.unit_zh
        yield (
            "unit_zh",
            target.unit_zh,
            Words(
                f"“{name}”的单位在口径中是“{unit}”。请按该单位填写目标，或改正单位。",
                f"the catalogue gives “{name}” in “{unit}”."
                " Write the target in that unit, or correct the unit.",
            ),
        )
    if target.comparator == "stable" and definition.tolerance is None:
        yield (
            "comparator",
            target.comparator,
            Words(
                f"“{name}”的口径没有规定多大的变动仍算稳定（tolerance）。请先在口径中补上。",
                f"the catalogue does not say which change of “{name}” still is stable (tolerance)."
                " Add it there first.",
            ),
        )
