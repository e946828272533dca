"""What the status rule looks at: what the plan asks for, and what was measured."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.plan import Basis, Kind, Scope


@dataclass(frozen=True)
class Goal:
    """What the plan asks for: ``comparator`` is >=, <=, increase, decrease, stable or reach.

    ``kind``, ``scope`` and ``basis`` are the plan's own: see :class:`dashboard.plan.Target`.
    """

    comparator: str
    target: float | None  # in the indicator's unit; none for directions
    due_month: str  # YYYY-MM
    kind: Kind = "rate"
    scope: Scope = "county"
    basis: Basis = "plan"
    counties: tuple[str, ...] = ()  # the city's goal: whom it is judged over; empty for all
    judged_from: str = ""  # the month in which the plan was published, YYYY-MM: none before it

    @property
    def is_direction(self) -> bool:
        """Whether the plan asks to rise, to fall or to stay, and names no number."""
        return self.comparator in ("increase", "decrease", "stable")

    @property
    def wants_more(self) -> bool:
        """Whether more is better."""
        return self.comparator in (">=", "reach", "increase")

    @property
    def asks_some(self) -> bool:
        """Whether the plan asks for some (一批) and gives no number: read as one, at least."""
        return self.comparator == "increase" and self.basis == "reading"

    @property
    def asks_nothing(self) -> bool:
        """Whether there is nothing to do: a target of none at all, of which more is better."""
        return self.target == 0 and self.wants_more


@dataclass(frozen=True)
class Measurement:
    """What was measured, all values in the indicator's unit."""

    as_of: str  # the chosen month, YYYY-MM
    period: str  # the month of the measurement
    value: float | None
    previous: float | None = None  # the same month or season of the year before
    baseline: float | None = None  # at the end of the year before
    planned: float | None = None  # what the units' own plans call for by now
    planned_total: float | None = None  # … and for the whole year
    is_incomplete: bool = False  # a month or a unit of it is missing: the value is provisional
    profile: tuple[float, ...] = ()  # what all years before had brought by each month's end
    highest: float | None = None  # the most there can be, such as the number of counties
