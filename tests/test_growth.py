"""Growth judged by whole stations, with numbers worked out by hand."""

from __future__ import annotations

import pytest

from dashboard import settings
from dashboard.catalogue import load_catalogue
from dashboard.indicators.growth import assess_growth, is_growth, things_needed
from dashboard.indicators.status import Assessment, Goal, Measurement, Nearness, Status
from dashboard.indicators.sums import Sums

CATALOGUE = load_catalogue(settings.QUERIES_DIR / "indicators")
STATIONS = CATALOGUE.indicator("vision_stations_growth")
NEARNESS = Nearness.of(CATALOGUE.thresholds)
TEN_PERCENT = Goal(">=", 10.0, "2024-12")
EVEN_YEARS = tuple(float(month) for month in range(1, 13))  # the years before, month by month


def judged(added: int, base: int, as_of: str = "2024-12") -> Assessment:
    sums = Sums(numerator=float(added), denominator=float(base))
    value = added / base * 100 if base else None
    reading = Measurement(as_of=as_of, period=as_of, value=value, profile=EVEN_YEARS)
    return assess_growth(STATIONS, TEN_PERCENT, reading, sums, NEARNESS)


def test_the_growth_of_stations_is_the_only_one() -> None:
    assert [i for i, d in CATALOGUE.indicators.items() if is_growth(d)] == [STATIONS.indicator_id]


@pytest.mark.parametrize(
    ("base", "needed"), [(1, 1), (9, 1), (10, 1), (11, 2), (30, 3), (34, 4), (40, 4), (41, 5)]
)
def test_a_part_of_a_station_is_a_whole_one(base: int, needed: int) -> None:
    assert things_needed(STATIONS, 10.0, base) == needed


@pytest.mark.parametrize(
    ("added", "base", "status"),
    [
        (4, 34, Status.MET),
        (3, 34, Status.BEHIND),  # 8.8%
        (3, 30, Status.MET),  # 10.0% to the station
        (1, 4, Status.MET),
        (0, 4, Status.BEHIND),
    ],
)
def test_the_target_is_reached_with_the_last_station(added: int, base: int, status: Status) -> None:
    assert judged(added, base).status == status


def test_the_pace_is_one_of_stations_and_is_written_in_percent() -> None:
    # four of 40 in twelve months: two by June, which is 5%
    halfway = judged(2, 40, "2024-06")
    assert halfway.expected == pytest.approx(5.0)
    assert halfway.status == Status.ON_TRACK
    assert judged(1, 40, "2024-06").status == Status.BEHIND
    # … and by May one and two thirds, so one
    assert judged(1, 40, "2024-05").expected == pytest.approx(2.5)
    assert judged(1, 40, "2024-05").status == Status.ON_TRACK


def test_without_a_station_to_grow_from_nothing_is_judged() -> None:
    assert judged(0, 0).status is None
