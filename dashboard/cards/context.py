"""Everything a card may ask for: the data, what the reader has chosen, and the words to say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from dashboard import indicators
from dashboard.cards.model import Card
from dashboard.catalogue import Indicator
from dashboard.data import Database
from dashboard.filters import CITY, Comparison, Filters, shift_month
from dashboard.frames import Row, records
from dashboard.indicators.precision import MORE_DECIMALS, decimals_of
from dashboard.indicators.status import Status
from dashboard.plan import Plan
from dashboard.rounding import DUST, rounded
from dashboard.words.language import Language

EARLIER_MONTHS = 24  # the year to compare with, and the yearly figure that was the latest then
AXIS_ROOM = 0.06  # of the axis, at both ends
STATUS_SYMBOLS = {
    Status.MET: "●",
    Status.ON_TRACK: "▲",
    Status.NEAR: "◆",
    Status.BEHIND: "▼",
    Status.NOT_DUE: "○",
}


@dataclass(frozen=True)
class Context:
    """One reader's view of one data version."""

    database: Database
    filters: Filters
    language: Language

    # --- data -------------------------------------------------------------------------------

    def query(self, name: str, **parameters: Any) -> pd.DataFrame:
        """Run one of the queries under ``queries/``."""
        return self.database.run_query(name, **parameters)

    @cached_property
    def county_ids(self) -> tuple[str, ...]:
        """All seven units in the official order."""
        return indicators.county_ids(self.database)

    @cached_property
    def chosen(self) -> tuple[str, ...]:
        """The chosen units in the official order; all of them for the whole city."""
        counties = self.filters.counties
        return tuple(c for c in self.county_ids if c in counties) or self.county_ids

    @cached_property
    def ranked(self) -> tuple[str, ...]:
        """The counties that have places: those with an area, not the city's own schools."""
        return tuple(self._counties.index[self._counties["unit_kind"] == "county"])

    @property
    def highlight(self) -> list[str] | None:
        """The counties that charts of all seven bring out; none where all are meant."""
        return None if self.filters.is_city else list(self.chosen)

    def standings(self, indicator_id: str) -> pd.DataFrame:
        """Return an indicator for every unit and the city, whatever is chosen, by county_id.

        Beside the columns of :func:`dashboard.indicators.values`: ``compared``, the value that
        stood at the month that the reader compares with, and the ``difference`` to it, over how
        many schools (``schools_compared``, ``schools_left_out``). They are missing where the two
        months do not compare. ``compared_period`` is when it was measured. See
        :class:`dashboard.indicators.Change`.
        """
        key = ("standings", indicator_id, self.filters.as_of, self.filters.comparison)
        return self.database.derived(key, lambda: self._stand(indicator_id)).copy(deep=False)

    def _stand(self, indicator_id: str) -> pd.DataFrame:
        frame = indicators.values(self.database, self.filters.as_of, (), [indicator_id])
        frame = frame.set_index("county_id", drop=False)
        months = self.filters.as_of, self.filters.compared_month
        changes = [
            indicators.unit_change(self.database, indicator_id, *months, unit)
            for unit in frame.index
        ]
        numbers = {
            "compared": [change.compared for change in changes],
            "difference": [change.difference for change in changes],
            "schools_compared": [c.schools.compared if c.schools else None for c in changes],
            "schools_left_out": [c.schools.left_out if c.schools else None for c in changes],
        }
        return frame.assign(
            **pd.DataFrame(numbers, frame.index, dtype="float64"),
            compared_period=pd.Series(
                [change.compared_period for change in changes], frame.index, dtype="object"
            ),
        )

    def chosen_change(self, indicator_id: str) -> indicators.Change:
        """Return how the chosen counties together differ from the month compared with.

        A city-only figure is the city's, whatever is chosen.
        """
        counties = () if self.is_city_only(indicator_id) else self.filters.counties
        months = self.filters.as_of, self.filters.compared_month
        return indicators.joint_change(self.database, indicator_id, *months, counties)

    @property
    def months(self) -> tuple[str, str]:
        """The chosen month, and the one that it is compared with."""
        return self.filters.as_of, self.filters.compared_month

    @cached_property
    def then(self) -> Context:
        """The same view of the data at the month that the reader compares with."""
        month = self.filters.compared_month
        return replace(self, filters=replace(self.filters, as_of=month))

    @cached_property
    def city_then(self) -> Context:
        """The whole city at that month: what had been measured by then, whoever is chosen."""
        return replace(self.then, filters=replace(self.then.filters, counties=()))

    def chosen_values(self, as_of: str | None = None) -> pd.DataFrame:
        """Return every indicator for the chosen counties together, by indicator_id."""
        rows = self._together(as_of or self.filters.as_of)
        return pd.DataFrame(list(rows.values())).set_index("indicator_id", drop=False)

    def chosen_value(self, indicator_id: str, as_of: str | None = None) -> Row:
        """Return one indicator for the chosen counties together.

        A city-only figure is the city's, whatever is chosen: nobody else has it.
        """
        counties = () if self.is_city_only(indicator_id) else self.filters.counties
        month = as_of or self.filters.as_of
        return indicators.together(self.database, month, counties)[indicator_id]

    def _together(self, as_of: str) -> Mapping[str, Row]:
        return indicators.together(self.database, as_of, self.filters.counties)

    def missing_from(self, *sources: str) -> tuple[str, ...]:
        """Return which of the chosen counties' newest returns of exports are not in."""
        return indicators.missing_returns(self.database, sources, self.filters.as_of, self.chosen)

    def history(self, indicator_id: str) -> pd.DataFrame:
        """Return an indicator's values up to the chosen month, for every unit and the city."""
        return indicators.history(self.database, indicator_id, self.filters.as_of)

    def value_range(self, *indicator_ids: str) -> list[float] | None:
        """Return the ends of an axis that holds a rate of every unit in every month one can choose.

        So the axis stays where it is when the month or the comparison changes.
        """
        return self.database.derived(
            ("value range", indicator_ids), lambda: self._reach(indicator_ids)
        )

    def _reach(self, indicator_ids: tuple[str, ...]) -> list[float] | None:
        months = indicators.months(self.database)
        first = shift_month(months[0], -EARLIER_MONTHS)
        known: list[float] = []
        for indicator_id in indicator_ids:
            past = indicators.history(self.database, indicator_id, months[-1])
            known += list(past.loc[past["period"] >= first, "value"].dropna())
            goal = indicators.plan_goal(self.database, indicator_id, months[-1])
            known += [goal.target] if goal is not None and goal.target is not None else []
        if not known:
            return None
        low, high = min(known), max(known)
        room = (high - low or abs(high) or 1.0) * AXIS_ROOM
        # what is never negative begins at zero, with room for a mark that stands there
        return [-room / 4 if 0 <= low <= room else low - room, high + room]

    def is_city_only(self, indicator_id: str) -> bool:
        """Whether an indicator exists for the whole city only."""
        indicator = self.indicator(indicator_id)
        return indicator.scope == "city" and indicator.kind != "county_count"

    @property
    def plan(self) -> Plan | None:
        """The plan of the chosen month's year, if there is one."""
        return self.database.plans.get(int(self.filters.as_of[:4]))

    @cached_property
    def _targeted(self) -> frozenset[str]:
        plan = self.plan
        named = () if plan is None else plan.targets
        return frozenset(target.indicator_id for target in named)

    def named(self, indicator_ids: Iterable[str]) -> tuple[str, ...]:
        """Return those that the year's plan names, in their order; all where there is no plan.

        What a plan drops is named nowhere in its year.
        """
        return tuple(each for each in indicator_ids if self.is_named(each))

    def is_named(self, indicator_id: str) -> bool:
        """Whether the year's plan names an indicator; where there is no plan, every one is."""
        return self.plan is None or indicator_id in self._targeted

    def indicators_of(self, page: str) -> list[Indicator]:
        """Return the indicators of a subject page that the year's plan names."""
        found = self.database.catalogue.by_page(page)
        return [indicator for indicator in found if self.is_named(indicator.indicator_id)]

    # --- words ------------------------------------------------------------------------------

    def indicator(self, indicator_id: str) -> Indicator:
        """Return an indicator's definition."""
        return self.database.catalogue.indicator(indicator_id)

    def text(self, indicator_id: str, field: str) -> str:
        """Return one of an indicator's texts (name, short, unit …) in the reader's language."""
        return self.indicator(indicator_id).text(field, self.language.code)

    @cached_property
    def _counties(self) -> pd.DataFrame:
        return self.query("values/counties").set_index("county_id")

    @cached_property
    def _county_names(self) -> Mapping[str, str]:
        names = self._counties[self.language.pick("name_zh", "name_en")]
        return dict(zip(names.index, names, strict=True))

    @cached_property
    def _county_shorts(self) -> Mapping[str, str]:
        names = self._counties[self.language.pick("short_zh", "name_en")]
        return dict(zip(names.index, names, strict=True))

    def county(self, county_id: str) -> str:
        """Return a county's name; the city's for ``all``."""
        return self.language("Whole city") if county_id == CITY else self._county_names[county_id]

    def county_short(self, county_id: str) -> str:
        """Return a county's short name, for columns and tiles."""
        return self._county_shorts[county_id]

    @property
    def geography(self) -> str:
        """Name the chosen counties, or the city."""
        if len(self.chosen) == len(self.county_ids):
            return self.language("Whole city")
        return self.language.listed([self.county(c) for c in self.chosen])

    def value(self, indicator_id: str, value: float | None, *, sign: bool = False) -> str:
        """Format a value with the indicator's decimals and unit; its symbol when missing."""
        indicator = self.indicator(indicator_id)
        decimals = indicator.decimals if value is None else decimals_of(indicator, value)
        unit = indicator.text("unit", self.language.code)
        text = self.language.quantity(value, unit, decimals, sign=sign)
        return text or self.language("x not reported")

    def number(self, indicator_id: str, value: float) -> str:
        """Format a value with the indicator's decimals and without its unit."""
        return self.language.number(value, decimals_of(self.indicator(indicator_id), value))

    def shown(self, indicator_id: str, row: Row, *, sign: bool = False) -> str:
        """Format the value of a row of :func:`dashboard.indicators.values` or ``history``.

        The symbol of why there is none stands in its place.
        """
        if row["value"] is None:
            return self.missing(row["missing"])
        value = self.value(indicator_id, row["value"], sign=sign)
        if row["missing"] == indicators.PROVISIONAL:
            return self.language("{text} (provisional)", text=value)
        return value

    def missing(self, reason: str | None) -> str:
        """Name why a value, or a part of it, is missing."""
        _ = self.language
        return {
            indicators.NOT_APPLICABLE: _("z not applicable"),
            indicators.SUPPRESSED: _("c suppressed"),
            indicators.PROVISIONAL: _("p provisional"),
        }.get(reason or "", _("x not reported"))

    def decimals(self, indicator_id: str, value: float) -> int:
        """Return how many decimals a value is written with."""
        return decimals_of(self.indicator(indicator_id), value)

    def difference(self, indicator_id: str, difference: float) -> str:
        """Format the size of a difference: rates differ by percentage points."""
        indicator = self.indicator(indicator_id)
        unit = indicator.text("unit", self.language.code)
        if unit == "%":
            unit = self.language("percentage points")
        size = abs(difference)
        decimals = indicator.decimals
        if size > DUST:  # a difference that there is must not read as none
            while rounded(size, decimals) == 0 and decimals < indicator.decimals + MORE_DECIMALS:
                decimals += 1
        return self.language.quantity(size, unit, decimals)

    def status(self, status: str | None) -> str:
        """Return a status as symbol and word."""
        if status is None:
            return "– " + self.language("no status")
        return f"{STATUS_SYMBOLS[Status(status)]} {self.status_word(status)}"

    def status_word(self, status: str) -> str:
        """Return a status as a word."""
        _ = self.language
        return {
            Status.MET: _("met"),
            Status.ON_TRACK: _("on track"),
            Status.NEAR: _("near"),
            Status.BEHIND: _("behind"),
            Status.NOT_DUE: _("not due yet"),
        }[Status(status)]

    def clause(self, indicator_id: str) -> Row | None:
        """Return an indicator's clause, its words and office in the plan of the chosen year."""
        return self._clauses.get(indicator_id)

    @cached_property
    def _clauses(self) -> Mapping[str, Row]:
        frame = self.query("values/clauses", year=int(self.filters.as_of[:4]))
        return {str(row["indicator_id"]): row for row in records(frame)}

    def sources(self, card: Card) -> list[str]:
        """Name the exports behind a card with the date of their data."""
        _ = self.language
        names = dict.fromkeys(card.sources)
        for indicator_id in card.indicator_ids:
            names.update(dict.fromkeys(self.indicator(indicator_id).sources))
        texts = []
        for name in names:
            source = self.database.sources.get(name)
            if source is None:
                continue
            parts = {"file": source.file_name, "modified": _.date(source.modified)}
            texts.append(
                _(
                    "Source: {file}, data to {latest}, file of {modified}",
                    **parts,
                    latest=source.latest,
                )
                if source.latest
                else _("Source: {file}, file of {modified}", **parts)
            )
        return texts

    @property
    def month(self) -> str:
        """The chosen month in words."""
        return self.language.month(self.filters.as_of)

    def comparison_of(self, *indicator_ids: str) -> str:
        """Name the period that these indicators' compared figures are of.

        The menu's word (last month) stands only where that is what they are of: what is measured
        once a year is compared with an earlier September, and that is named. Where they differ,
        each row of a table says its own (``compared_period``).
        """
        words = {self._compared_with(indicator_id) for indicator_id in indicator_ids}
        return words.pop() if len(words) == 1 else self.language("period compared with")

    def _compared_with(self, indicator_id: str) -> str:
        return self.period_compared(
            self.chosen_value(indicator_id)["period"],
            self.chosen_change(indicator_id).compared_period,
        )

    def period_compared(self, period: str | None, compared_period: str | None) -> str:
        """Name a period that a figure of another one is compared with."""
        is_year_before = (
            self.filters.comparison == Comparison.LAST_YEAR
            and period is not None
            and compared_period == shift_month(period, -12)
        )
        if compared_period in (None, self.filters.compared_month) or is_year_before:
            return self.comparison
        return self.language.month(str(compared_period))

    @property
    def comparison(self) -> str:
        """What is compared with as the menu says it; see ``comparison_of`` for figures."""
        _ = self.language
        if self.filters.comparison == Comparison.LAST_YEAR:
            return _("a year before")
        if self.filters.comparison == Comparison.LAST_MONTH:
            return _("last month")
        return self.language.month(self.filters.compared_month)

    def subtitle(self, *parts: str) -> str:
        """Join measure, geography and period into a card's second line."""
        return " · ".join(part for part in parts if part)
