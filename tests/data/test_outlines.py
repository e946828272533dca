"""The map's file: the committed one, and what another may look like."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dashboard.data.outlines import OutlinesError, load_outlines
from dashboard.settings import SCHEMATIC_OUTLINES

SQUARE = [[120.0, 30.0], [121.0, 30.0], [121.0, 31.0], [120.0, 31.0], [120.0, 30.0]]
SMALL = [[122.0, 30.0], [122.2, 30.0], [122.2, 30.2], [122.0, 30.2], [122.0, 30.0]]
COUNTIES = ("330602", "330603", "330604", "330681", "330683", "330624")

Write = Callable[..., Path]


def feature(kind: str = "Polygon", coordinates: Any = None, **members: Any) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": [SQUARE] if coordinates is None else coordinates}
    return {"type": "Feature", "id": "330602", "geometry": geometry, **members}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write features as a file and return its path."""

    def file(*features: dict[str, Any]) -> Path:
        path = tmp_path / "survey.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
        return path

    return file


def test_the_committed_file_holds_the_six_counties() -> None:
    found = load_outlines(SCHEMATIC_OUTLINES)

    assert set(found) == set(COUNTIES)
    for outline in found.values():
        assert all((ring[0] == ring[-1]).all() for ring in outline.rings)
        assert len(outline.spots) > 40


def test_no_place_belongs_to_two_counties() -> None:
    spots = np.vstack([outline.spots for outline in load_outlines(SCHEMATIC_OUTLINES).values()])

    assert len(np.unique(spots.round(6), axis=0)) == len(spots)


def test_places_lie_inside_and_all_over(write: Write) -> None:
    spots = load_outlines(write(feature()))["330602"].spots

    assert (spots >= (120.0, 30.0)).all()
    assert (spots <= (121.0, 31.0)).all()
    assert len(spots) == pytest.approx((1 / 0.035) ** 2, rel=0.1)


def test_the_code_may_be_a_property_and_a_number(write: Write) -> None:
    path = write({**feature(), "id": None, "properties": {"adcode": 330681}})

    assert list(load_outlines(path)) == ["330681"]


def test_a_county_may_have_several_pieces_and_holes_are_left_out(write: Write) -> None:
    hole = [[120.4, 30.4], [120.6, 30.4], [120.6, 30.6], [120.4, 30.4]]
    path = write(feature("MultiPolygon", [[SQUARE, hole], [SMALL]]))

    outline = load_outlines(path)["330602"]

    assert [len(ring) for ring in outline.rings] == [5, 5]
    assert (outline.spots[:, 0] > 121.5).any()


def test_the_name_stands_where_the_file_says_or_where_there_is_room(write: Write) -> None:
    given = write(feature(properties={"label_lon": 120.2, "label_lat": 30.1}))
    assert load_outlines(given)["330602"].label == (120.2, 30.1)

    longitude, latitude = load_outlines(write(feature()))["330602"].label
    assert abs(longitude - 120.5) < 0.05
    assert abs(latitude - 30.5) < 0.05


def test_turns_smaller_than_a_pixel_are_left_out_and_open_rings_closed(write: Write) -> None:
    fine = [[120.0 + n / 1000, 30.0 + (n % 2) * 0.0004] for n in range(1001)] + [
        [121.0, 31.0],
        [120.0, 31.0],
    ]
    path = write(feature(coordinates=[fine]))

    (ring,) = load_outlines(path)["330602"].rings

    assert len(ring) <= 7
    assert (ring[0] == ring[-1]).all()
    assert (ring.min(axis=0) == (120.0, 30.0)).all()


@pytest.mark.parametrize(
    "spoilt",
    [
        feature("LineString", SQUARE),
        feature(coordinates=[SQUARE[:2]]),
        feature(coordinates=[[[500_000, 3_300_000]] * 5]),  # metres of a projected map
        feature(coordinates=[[["a", "b"]] * 5]),
        feature(coordinates=[[[float("nan"), 30.0]] * 5]),
        feature("MultiPolygon", []),
        feature(properties={"label_lon": "x", "label_lat": 30}),
        {"type": "Feature", "id": "330602"},
        {"type": "Feature", "id": "330602", "geometry": None},
    ],
    ids=["line", "two points", "metres", "words", "nan", "empty", "label", "none", "null"],
)
def test_what_is_no_polygon_in_degrees_is_refused_by_its_county(
    write: Write, spoilt: dict[str, Any]
) -> None:
    with pytest.raises(OutlinesError) as refused:
        load_outlines(write(spoilt))

    assert "330602" in refused.value.message_zh
    assert "330602" in refused.value.message_en


@pytest.mark.parametrize(
    "content", ["", "no json", "[]", "{}", '{"features": 3}', '{"features": [1]}']
)
def test_what_is_no_geojson_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "survey.geojson"
    path.write_text(content, "utf-8")

    with pytest.raises(OutlinesError) as refused:
        load_outlines(path)

    assert refused.value.file == "survey.geojson"


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutlinesError):
        load_outlines(tmp_path / "nothing.geojson")
