"""A school's page and the lists of schools show no figure that is made of a small number."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.cards import Context
from dashboard.cards.contributions import contributions, has_base
from dashboard.data import Database
from dashboard.filters import Filters
from dashboard.words.language import language
from tests.small_numbers.conftest import FEWEST
from tests.small_numbers.numbers import FULL_TIME, Truth

PUPILS = ("compulsory_pupils", "kindergarten_children", "pupils")
# The numbers of people that each figure of a school's page is made of.
MADE_OF = {
    "pupils": PUPILS,
    "pupils_per_class": PUPILS,
    "pupils_per_teacher": (*PUPILS, FULL_TIME),
    "degree_graduate": (
        "graduate_degree_rate counted",
        "graduate_degree_rate not counted",
        FULL_TIME,
    ),
    "fitness_good": (
        "fitness_good_rate counted",
        "fitness_good_rate not counted",
        "fitness_pass_rate without fitness_good_rate",
        "tested_pupils",
    ),
    "myopia": ("myopia_decline counted", "myopia_decline not counted"),
}
MONTHS = {"fitness_good": "11"}


@pytest.fixture(scope="module")
def small_schools(true_sample: Truth) -> dict[tuple[str, str, str], str]:
    """The county of every small number of a school, by number, school and period."""
    return {
        (number, unit, period): total
        for (number, total, period), cells in true_sample.numbers.items()
        for unit, cell in cells.items()
        if total != "all" and 0 < cell.people < FEWEST
    }


def test_a_school_s_page_shows_no_figure_made_of_a_small_number(
    sample: Database, small_schools: dict[tuple[str, str, str], str]
) -> None:
    schools = sorted({school for number, school, _ in small_schools if number in _numbers()})
    assert len(schools) > 100
    withheld = 0
    for school_id in schools[:: len(schools) // 40]:
        figures = sample.run_query("school/figures", school_id=school_id, as_of="2024-12")
        for row in figures[figures["scope"] == "school"].itertuples():
            period = f"{row.year}-{MONTHS.get(row.figure, '09')}"
            numbers = MADE_OF.get(row.figure, ())
            if any((number, school_id, period) in small_schools for number in numbers):
                withheld += 1
                assert row.is_withheld and pd.isna(row.value), (school_id, row.figure, row.year)
    assert withheld > 40


def _numbers() -> set[str]:
    return {number for numbers in MADE_OF.values() for number in numbers}


def test_the_county_s_and_the_city_s_figures_are_those_of_schools_one_can_see(
    sample: Database,
) -> None:
    """Recomputed of readable rows alone, for a school type with withheld ones."""
    rows = sample._ask(
        "select r.*, s.school_type from indicator_rows as r inner join schools as s"
        " on r.unit_id = s.school_id and r.period = s.school_year || '-09'"
        " where r.indicator_id = 'graduate_degree_rate' and r.period = '2024-09'"
        " and s.school_type = 'kindergarten'",
        {},
    )
    shown = rows[~rows["is_withheld"]]
    school_id = str(shown["unit_id"].iloc[0])
    figures = sample.run_query("school/figures", school_id=school_id, as_of="2024-09")
    own = figures[(figures["figure"] == "degree_graduate") & (figures["year"] == 2024)]
    by_scope = own.set_index("scope")
    county = shown[shown["county_id"] == shown["county_id"].iloc[0]]
    for scope, schools in (("county", county), ("city", shown)):
        expected = schools["numerator"].sum() / schools["denominator"].sum() * 100
        assert by_scope.loc[scope, "value"] == pytest.approx(expected)
    assert by_scope.loc["city", "withheld_schools"] == rows["is_withheld"].sum() > 0


def test_no_list_of_schools_shows_a_small_number(
    sample: Database, small_schools: dict[tuple[str, str, str], str]
) -> None:
    context = Context(sample, Filters("2024-09", ()), language("zh"))
    lists = 0
    for indicator_id, indicator in sample.catalogue.indicators.items():
        if not indicator.people or not has_base(context, indicator_id):
            continue
        period = context.chosen_value(indicator_id)["period"]
        listed = contributions(context, indicator_id, context.county_ids)
        shown = set(listed.loc[listed["numerator"].notna(), "unit_id"])
        lists += 1
        for number in (f"{indicator_id} counted", f"{indicator_id} not counted"):
            small = {unit for n, unit, when in small_schools if (n, when) == (number, period)}
            assert not small & shown, number
    assert lists > 5
