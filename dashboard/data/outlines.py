"""The counties' outlines for the map: a GeoJSON file in, rings and places inside them out.

The file is a FeatureCollection in degrees of longitude and latitude. A county's feature bears its
six-digit code as ``id``, or as the property ``adcode``, and is a Polygon or a MultiPolygon; holes
are left out. The properties ``label_lon`` and ``label_lat`` say where its name stands; without
them it stands where the outline is farthest away.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]  # one row per point: longitude, latitude

SPACING = 0.035  # degrees between the places inside a county: less than a fingertip on any screen
COARSENESS = 0.001  # degrees; finer turns of an outline, some 100 m, are smaller than a pixel
LEAST_POINTS = 4  # of a ring: a triangle whose last point is the first again


class OutlinesError(Exception):
    """A file that gives no map; says why in both languages."""

    def __init__(self, file: str, message_zh: str, message_en: str) -> None:
        self.file = file
        self.message_zh = message_zh
        self.message_en = message_en
        super().__init__(f"{file}: {message_en}")


@dataclass(frozen=True, eq=False)
class Outline:
    """One county on the map."""

    county_id: str
    rings: tuple[Points, ...]  # outer rings, each closed
    label: tuple[float, float]  # longitude and latitude of the middle of its name
    spots: Points  # places spread evenly over the area: a click near one means the county


def load_outlines(path: Path) -> dict[str, Outline]:
    """Return every outline of a file by county code.

    Raises OutlinesError for a file that cannot be read, is no GeoJSON or not in degrees.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        features = {_code(feature): feature for feature in found["features"]}
    except OSError as error:
        raise OutlinesError(
            path.name, f"无法读取（{error.strerror}）", f"cannot be read ({error.strerror})"
        ) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise OutlinesError(
            path.name,
            "不是 GeoJSON 的 FeatureCollection",
            "is not a FeatureCollection of GeoJSON",
        ) from error
    return {code: _outline(path, code, feature) for code, feature in features.items()}


def _code(feature: dict[str, Any]) -> str:
    return str(feature.get("id") or (feature.get("properties") or {}).get("adcode"))


def _outline(path: Path, county_id: str, feature: dict[str, Any]) -> Outline:
    try:
        rings = tuple(_simplified(_ring(ring)) for ring in _outer_rings(feature["geometry"]))
        label = _given_label(feature.get("properties") or {})
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise OutlinesError(
            path.name,
            f"区县 {county_id} 的轮廓不是以经纬度（度）表示的多边形",
            f"the outline of county {county_id} is no polygon in degrees",
        ) from error
    spots = _spots(rings)
    return Outline(county_id, rings, label or _farthest_inside(rings, spots), spots)


def _outer_rings(geometry: dict[str, Any]) -> list[Any]:
    shapes = geometry["coordinates"]
    polygons = {"Polygon": [shapes], "MultiPolygon": shapes}[geometry["type"]]
    if not polygons:
        raise ValueError("no polygon")
    return [polygon[0] for polygon in polygons]


def _ring(coordinates: Sequence[Sequence[float]]) -> Points:
    """Return a closed ring; heights are dropped.

    Raises ValueError when it is none or not in degrees.
    """
    ring = np.array([point[:2] for point in coordinates], dtype=np.float64)
    if len(ring) < LEAST_POINTS or ring.shape[1] != 2:
        raise ValueError("too few points")
    if not (np.abs(ring) <= (180.0, 90.0)).all():  # false for what is no number, too
        raise ValueError("not in degrees")
    return ring if (ring[0] == ring[-1]).all() else np.vstack([ring, ring[:1]])


def _given_label(properties: dict[str, Any]) -> tuple[float, float] | None:
    if "label_lon" not in properties or "label_lat" not in properties:
        return None
    return float(properties["label_lon"]), float(properties["label_lat"])


def _simplified(ring: Points) -> Points:
    """Leave out the points that lie within ``COARSENESS`` of the line without them.

    This is the method of Douglas and Peucker, on the two halves of the ring: its first point and
    the one farthest from it stay.
    """
    turn = int(np.argmax(_lengths(ring - ring[0])))
    keep = np.zeros(len(ring), dtype=bool)
    keep[[0, turn, -1]] = True
    pieces = [(0, turn), (turn, len(ring) - 1)]
    while pieces:
        first, last = pieces.pop()
        if last - first < 2:
            continue
        away = _distances(ring[first + 1 : last], ring[first], ring[last])
        farthest = int(np.argmax(away))
        if away[farthest] > COARSENESS:
            middle = first + 1 + farthest
            keep[middle] = True
            pieces += [(first, middle), (middle, last)]
    return ring[keep]


def _distances(points: Points, start: Points, end: Points) -> npt.NDArray[np.float64]:
    """How far points lie from the line between two others, in degrees."""
    along = end - start
    length = float(along @ along)
    if length == 0:
        return _lengths(points - start)
    share = np.clip((points - start) @ along / length, 0.0, 1.0)
    return _lengths(points - start - share[:, None] * along)


def _lengths(steps: Points) -> npt.NDArray[np.float64]:
    return np.asarray(np.hypot(steps[:, 0], steps[:, 1]))


def _spots(rings: Sequence[Points]) -> Points:
    """Points of a grid common to all counties that lie within the rings; at least their middle."""
    corners = np.vstack(rings)
    low = np.floor(corners.min(axis=0) / SPACING)
    high = np.ceil(corners.max(axis=0) / SPACING)
    columns, rows = (np.arange(low[i], high[i] + 1) * SPACING for i in (0, 1))
    grid = np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2)
    inside = np.any([_is_inside(grid, ring) for ring in rings], axis=0)
    return grid[inside] if inside.any() else corners.mean(axis=0, keepdims=True)


def _is_inside(points: Points, ring: Points) -> npt.NDArray[np.bool_]:
    """Whether points lie within a ring: a ray from each to the east crosses it an odd time."""
    x, y = points[:, :1], points[:, 1:]
    (x0, y0), (x1, y1) = ring[:-1].T, ring[1:].T
    spans = (y0 > y) != (y1 > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = x0 + (y - y0) * (x1 - x0) / (y1 - y0)
    return np.asarray((spans & (x < crossing)).sum(axis=1) % 2 == 1)


def _farthest_inside(rings: Sequence[Points], spots: Points) -> tuple[float, float]:
    """Return the spot with the most room around it."""
    room = np.min(
        [_distances(spots, start, end) for ring in rings for start, end in pairwise(ring)],
        axis=0,
    )
    longitude, latitude = spots[int(np.argmax(room))]
    return float(longitude), float(latitude)
