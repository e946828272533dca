"""The values of every indicator: one set of rows that pages, exports and the command line all read.

A rate is the ratio of the sums over the chosen counties, never a mean of rates. A county that has
not reported is missing, never zero, and the total says who is missing. City-only figures are never
split: counties, and a choice of counties, have no value of their own.

``snapshot`` reads sums of indicator rows out of the database, ``owed`` knows what of them is
missing, ``sums`` adds them up and divides, ``comparable`` knows which schools compare over time,
``goals`` what the plan asks of whom, ``standing`` makes one row of a value, its goal and the status
rule, ``values`` hands out the rows, and ``changes`` compares them between two months.
``counts`` counts the targets by where they stand, ``moves`` tells a fall from a first measurement.
"""

from dashboard.indicators.changes import Change, Obstacle, joint_change, unit_change
from dashboard.indicators.counts import CountedTarget, Counts, count_targets
from dashboard.indicators.goals import asked_counties, plan_goal, plan_month
from dashboard.indicators.indicator_month import (
    NOT_APPLICABLE,
    PROVISIONAL,
    SUPPRESSED,
    UNAVAILABLE,
    VALUE_COLUMNS,
)
from dashboard.indicators.moves import Move, move
from dashboard.indicators.returns import missing_returns
from dashboard.indicators.sums import Schools
from dashboard.indicators.values import (
    compared_months,
    county_ids,
    expected_path,
    history,
    months,
    together,
    unit_rows,
    values,
)

__all__ = [
    "NOT_APPLICABLE",
    "PROVISIONAL",
    "SUPPRESSED",
    "UNAVAILABLE",
    "VALUE_COLUMNS",
    "Change",
    "CountedTarget",
    "Counts",
    "Move",
    "Obstacle",
    "Schools",
    "asked_counties",
    "compared_months",
    "count_targets",
    "county_ids",
    "expected_path",
    "history",
    "joint_change",
    "missing_returns",
    "months",
    "move",
    "plan_goal",
    "plan_month",
    "together",
    "unit_change",
    "unit_rows",
    "values",
]
