"""Nobody can work out from what is shown how few people a withheld number stands for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest

from dashboard import indicators
from dashboard.cards import Context, build_card
from dashboard.data import Database, open_database
from dashboard.filters import Filters
from dashboard.settings import SAMPLE_DIR
from dashboard.ui.card import csv_bytes
from dashboard.words.language import language
from tests.small_numbers.attack import (
    Published,
    choices,
    is_small,
    parts_of,
    published,
    recovered,
    small_targets,
    truth,
)
from tests.small_numbers.delivery import open_delivery, open_sample_unsuppressed

pytestmark = pytest.mark.slow

FEWEST = 5
MADE = ("helped_share", "trained_share", "staff_ratio", "promoted", "weak_sight")
CITY_ONLY = {"graduate_retention", "unnatural_death_rate"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Database, Database]:
    """The hand-made delivery: as it is read, and with nothing withheld."""
    folder = tmp_path_factory.mktemp("made")
    return open_delivery(folder / "read"), open_delivery(folder / "raw", fewest=1)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Database, Database]:
    """The sample: as it is read, and with nothing withheld."""
    return open_database(SAMPLE_DIR), open_sample_unsuppressed(tmp_path_factory.mktemp("queries"))


def people_indicators(database: Database) -> list[str]:
    everything = database.catalogue.indicators.values()
    return [i.indicator_id for i in everything if i.people and i.indicator_id not in CITY_ONLY]


def attacked(
    read: Database, raw: Database, indicator_id: str, as_of: str, *, most: int | None = None
) -> Iterator[tuple[str, Published, list[Any]]]:
    """Every period with what is shown of it and the small numbers that follow from that."""
    chosen = choices(indicators.county_ids(read), most=most)
    shown = published(read, indicator_id, as_of, chosen)
    for period, cells in truth(raw, indicator_id).items():
        if period in shown:
            targets = small_targets(raw, indicator_id, cells, FEWEST)
            yield period, shown[period], recovered(shown[period], cells, targets)


@pytest.mark.parametrize("indicator_id", MADE)
@pytest.mark.parametrize("as_of", ["2023-10", "2024-10"])
def test_no_small_number_of_a_made_delivery_can_be_worked_out(
    made: tuple[Database, Database], indicator_id: str, as_of: str
) -> None:
    found = {period: cells for period, _, cells in attacked(*made, indicator_id, as_of)}
    assert found and not any(found.values())


@pytest.mark.parametrize("indicator_id", MADE)
def test_without_suppression_the_attack_succeeds(
    made: tuple[Database, Database], indicator_id: str
) -> None:
    raw = made[1]
    shown = published(raw, indicator_id, "2024-10", choices(indicators.county_ids(raw)))
    assert any(
        is_small(raw, indicator_id, sides, FEWEST)
        for period in shown.values()
        for sides in [*period.schools.values(), *(sides for _, sides in period.sums)]
        if sides[0] is not None
    )


def test_primary_suppression_alone_would_be_worked_out(made: tuple[Database, Database]) -> None:
    """One withheld county, the others and the city: the attack finds it."""
    cells = truth(made[1], "promoted")["2023-09"]
    small = small_targets(made[1], "promoted", cells, FEWEST)
    counties = {county for county, _ in cells}
    few = {next(iter(t))[0] for t in small if len(t) > 1}
    assert few == {"330602"}
    shown = Published([((c,), (0, None)) for c in counties - few])
    assert not recovered(shown, cells, [t for t in small if len(t) > 1])
    shown.sums.append((tuple(counties), (0, None)))
    assert recovered(shown, cells, [t for t in small if len(t) > 1])


@pytest.mark.parametrize("as_of", ["2022-10", "2024-11"])
def test_no_small_number_of_the_sample_can_be_worked_out(
    sample: tuple[Database, Database], as_of: str
) -> None:
    read, raw = sample
    found = {}
    attacks = 0
    for indicator_id in people_indicators(read):
        for period, _, cells in attacked(read, raw, indicator_id, as_of, most=1):
            attacks += 1
            if cells:
                found[indicator_id, period] = cells
    assert attacks > 50
    assert not found


@pytest.mark.parametrize("version", ["made", "sample"])
def test_no_small_number_is_shown_as_it_is(
    version: str, made: tuple[Database, Database], sample: tuple[Database, Database]
) -> None:
    read, _raw = made if version == "made" else sample
    every = indicators.county_ids(read)
    for indicator_id in people_indicators(read):
        shown = published(read, indicator_id, "2024-11", choices(every, most=1))
        for period in shown.values():
            for members, sides in period.sums:
                if len(members) < len(every):  # the whole city's own figure always shows
                    assert not is_small(read, indicator_id, sides, FEWEST), indicator_id
            for cell, sides in period.schools.items():
                assert not is_small(read, indicator_id, sides, FEWEST), (indicator_id, cell)


def test_what_the_withheld_have_together_is_no_small_number(
    sample: tuple[Database, Database],
) -> None:
    read, _raw = sample
    rows = read._ask("select * from indicator_rows where unit_id = 'withheld'", {})
    assert len(rows) > 100
    for row in rows.itertuples():
        sides = (row.numerator, row.denominator)
        assert all(part == 0 or part >= FEWEST for part in parts_of(read, row.indicator_id, sides))


@pytest.mark.parametrize("counties", [(), ("330602",), ("330604", "330624", "330600")])
@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("indicator_id", ["senior_title_teachers", "student_aid_coverage"])
def test_cards_hovers_and_downloads_say_c_and_nothing_more(
    sample: tuple[Database, Database], counties: tuple[str, ...], code: str, indicator_id: str
) -> None:
    read, _raw = sample
    context = Context(read, Filters("2024-09", counties), language(code))
    withheld = context.standings(indicator_id)
    withheld = withheld[withheld["missing"] == "c"]
    assert len(withheld) > 1
    card = build_card("standing", context, indicator_id=indicator_id)
    drawn = card.charts[0].frame.set_index("id")
    table = card.table.frame.set_index("county_id")
    numbers = ["numerator", "denominator", "value", "gap", "gap_units", "forecast", "difference"]
    for county in withheld.index:
        assert drawn.loc[county, "text"] == context.missing("c")
        assert pd.isna(drawn.loc[county, "value"])
        assert context.missing("c") in drawn.loc[county, "hover"]
        assert table.loc[county, numbers].isna().all()
        assert table.loc[county, "status"] is None
        line = next(
            line
            for line in csv_bytes(card, context).decode("utf-8-sig").splitlines()
            if line.startswith(context.county(county))
        )
        assert context.missing("c") in line
        assert context.language("x not reported") not in line
    assert not set(card.notes) & {context.language("x not reported")}
    assert any("c" in note for note in card.notes)


def test_a_withheld_county_is_neither_missing_nor_behind(sample: tuple[Database, Database]) -> None:
    values = indicators.values(sample[0], "2024-09")
    withheld = values[values["missing"] == "c"]
    assert len(withheld) > 3
    assert withheld["status"].isna().all()
    missing = {
        (row.indicator_id, period.split(":")[0])
        for row in values.itertuples()
        for period in row.missing_periods
    }
    assert not missing & set(zip(withheld["indicator_id"], withheld["county_id"], strict=True))


def test_what_is_for_the_city_only_is_never_split(sample: tuple[Database, Database]) -> None:
    for indicator_id in CITY_ONLY:
        rows = sample[0]._ask(
            "select distinct county_id, unit_id from indicator_rows where indicator_id = $i",
            {"i": indicator_id},
        )
        assert rows.values.tolist() == [["all", "all"]]


def test_raw_rows_are_gone(sample: tuple[Database, Database]) -> None:
    schemas = sample[0]._ask("select distinct schema_name from duckdb_tables()", {})
    assert schemas["schema_name"].tolist() == ["main"]
