"""The counties where they lie, coloured by an indicator, and the city's own schools as a tile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.charts.columns import customdata, hovers, numbers, raw_words, words
from dashboard.charts.options import DEFAULTS, ChartOptions
from dashboard.charts.text import plain_text

Points = npt.NDArray[np.float64]  # one row per point, x and y alike in length on the ground

HEIGHT = 430
LEVELS = ("#DCEBF7", "#6BACE6", "#2073BC", "#12436D")  # light for low
LETTERS = ("#000000", "#000000", "#FFFFFF", "#FFFFFF")  # on each of them
BLANK = "#EDEDED"
BORDER = "#595959"
TILE = 0.2  # side of a tile, as a share of the map's height
ROOM = 0.02  # around the map, as a share of its height
REACH = 24  # pixels: a click farther from every spot means no county


def county_map_chart(frame: pd.DataFrame, options: ChartOptions = DEFAULTS) -> go.Figure:
    """Return an area per county, filled by the level of its value or by its status.

    A tile for the rest.

    Frame, one row per county: `id`, `label`, `value`; optional `text` (the value as it reads,
    below the name), `level` (0, 1, …: the place of its colour among `level_texts`, light for
    low), `status`, `hover`. Where `value` is missing the area is
    hatched. Options: `outlines`, one mapping per area with `id`, `rings` (each a list of
    [longitude, latitude]), `label` and `spots` (where the name stands and a click is taken); a row
    without one becomes a tile; `level_texts` explain the colours, or `status_texts` the statuses,
    which then colour the areas and stand as marks before the texts; `note_text` stands below the
    map; `highlight` lists the ids with a thick border.
    """
    if frame.empty or not options.outlines:
        return theme.empty_figure(options.empty_text, uirevision=options.uirevision)
    places = _places(raw_words(frame, "id"), options.outlines)
    fills = _fills(frame, "value", "level", "status" if options.status_texts else "")
    labels, texts = words(frame, "label"), words(frame, "text")
    marks = [theme.STATUS_MARKS.get(status) for status in raw_words(frame, "status")]
    hover = hovers(frame, "hover", labels, texts)
    chosen = set(options.highlight or ())
    notes = [
        _label(place, fill, label, text, mark if options.status_texts else None)
        for place, fill, label, text, mark in zip(places, fills, labels, texts, marks, strict=True)
    ]
    areas = [_area(place, fill) for place, fill in zip(places, fills, strict=True)]
    # Above all areas: a neighbour must not cover the border of a chosen county.
    borders = [line for place in places if place.id in chosen for line in _borders(place)]
    spots = [_spots(place, text) for place, text in zip(places, hover, strict=True)]
    key = _key(frame, "status", options.level_texts, options.status_texts)
    if not all(fills):
        key.append(theme.KeyEntry("▨", theme.HOLLOW, plain_text(options.missing_text)))
    layout = theme.base_layout(
        height=options.height or HEIGHT, top=4, bottom=22, key=key, uirevision=options.uirevision
    )
    layout |= _axes(places) | {
        "annotations": [*notes, _note(options.note_text)],
        "hoverdistance": REACH,
    }
    return theme.DrawnFigure([*areas, *borders, *spots], layout)


@dataclass(frozen=True)
class _Place:
    """A county on the paper: its borders, where its name stands, and where it can be clicked."""

    id: str
    rings: tuple[Points, ...]
    label: tuple[float, float]
    spots: Points


def _places(ids: Sequence[str], outlines: Sequence[Mapping[str, Any]]) -> list[_Place]:
    """Every row's place: the counties' own, and tiles in a free corner for the others."""
    latitudes = [point[1] for outline in outlines for ring in outline["rings"] for point in ring]
    # A degree of longitude is shorter than one of latitude, by the cosine of the latitude.
    ground = np.array([cos(radians((min(latitudes) + max(latitudes)) / 2)), 1.0])
    areas = {
        outline["id"]: _Place(
            outline["id"],
            tuple(np.asarray(ring) * ground for ring in outline["rings"]),
            (outline["label"][0] * ground[0], outline["label"][1]),
            np.asarray(outline["spots"]) * ground,
        )
        for outline in outlines
    }
    drawn = [areas[county_id] for county_id in ids if county_id in areas]
    tiles = _tiles([county_id for county_id in ids if county_id not in areas], drawn)
    return [areas.get(county_id) or tiles[county_id] for county_id in ids]


def _tiles(ids: Sequence[str], areas: Sequence[_Place]) -> dict[str, _Place]:
    """Squares in the corner of the map that no county reaches, else beside it."""
    borders = np.vstack([ring for area in areas for ring in area.rings])
    taken = np.vstack([borders, *(area.spots for area in areas)])
    low, high = borders.min(axis=0), borders.max(axis=0)
    side = float(high[1] - low[1]) * TILE
    corners = [
        (float(x), float(y)) for y in (high[1] - side, low[1]) for x in (low[0], high[0] - side)
    ]
    free = [corner for corner in corners if not _holds(corner, side * 1.15, taken)]
    beside = [(float(high[0]) + side / 2, float(low[1]) + 1.2 * n * side) for n in range(len(ids))]
    return {
        county_id: _square(county_id, corner, side)
        for county_id, corner in zip(ids, [*free, *beside], strict=False)
    }


def _holds(corner: tuple[float, float], side: float, points: Points) -> bool:
    """Whether any point lies in the square, or closer to it than the names' room."""
    margin = side / 8
    from_corner = points - corner
    return bool(((from_corner > -margin) & (from_corner < side + margin)).all(axis=1).any())


def _square(county_id: str, corner: tuple[float, float], side: float) -> _Place:
    steps = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)])
    inside = np.array([(x, y) for x in (0.2, 0.5, 0.8) for y in (0.2, 0.5, 0.8)])
    middle = (corner[0] + side / 2, corner[1] + side / 2)
    return _Place(county_id, (corner + steps * side,), middle, corner + inside * side)


def _fills(
    frame: pd.DataFrame, value_column: str, level_column: str, status_column: str
) -> list[str]:
    """Return the colour of each area; nothing where its value is missing."""
    values, levels = numbers(frame, value_column), numbers(frame, level_column)
    statuses = raw_words(frame, status_column)
    fills = []
    for value, level, status in zip(values, levels, statuses, strict=True):
        if value is None:
            fills.append("")
        elif status_column:
            fills.append(theme.colour_of(status) if status else BLANK)
        else:
            fills.append(LEVELS[int(level)] if level is not None else BLANK)
    return fills


def _area(place: _Place, fill: str) -> dict[str, Any]:
    """Return the filled outline; several rings are one area."""
    hatched = {"fillpattern": {"shape": "/", "fgcolor": theme.CONTEXT, "bgcolor": "#FFFFFF"}}
    return {
        **_line(place, BORDER, 1.0),
        "fill": "toself",
        **({"fillcolor": fill} if fill else {"fillcolor": BLANK, **hatched}),
    }


def _borders(place: _Place) -> list[dict[str, Any]]:
    """Return what marks a chosen county: a dark line in a light one, to be seen on any colour."""
    return [_line(place, "#FFFFFF", 8.0), _line(place, theme.INK, 4.0)]


def _line(place: _Place, colour: str, width: float) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for ring in place.rings:
        x += [*([None] if x else []), *np.round(ring[:, 0], 4).tolist()]
        y += [*([None] if y else []), *np.round(ring[:, 1], 4).tolist()]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "line": {"color": colour, "width": width},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _spots(place: _Place, hover: str) -> dict[str, Any]:
    """Unseen marks all over the area: Streamlit hears of clicks on marks only, not on fills."""
    unseen = {"marker": {"opacity": 0}}
    points = np.vstack([place.spots, place.label])
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.round(points[:, 0], 4).tolist(),
        "y": np.round(points[:, 1], 4).tolist(),
        "marker": {"size": 12, "opacity": 0},
        "customdata": customdata([place.id] * len(points)),
        "hovertext": hover,
        "hoverinfo": "text",
        "selected": unseen,
        "unselected": unseen,
    }


def _label(
    place: _Place, fill: str, name: str, text: str, mark: theme.StatusMark | None
) -> dict[str, Any]:
    """Return a county's name and value in its middle.

    On a level's colour, else on a piece of paper.
    """
    on_level = mark is None and fill in LEVELS
    if mark and fill:
        text = f'<span style="color:{mark.colour}">{mark.glyph}</span> {text}'
    return {
        "text": f"<b>{name}</b><br>{text}" if text else f"<b>{name}</b>",
        "x": place.label[0],
        "y": place.label[1],
        "showarrow": False,
        "align": "center",
        "font": {
            "size": theme.TICK_SIZE,
            "color": LETTERS[LEVELS.index(fill)] if on_level else theme.INK,
        },
        **({} if on_level else {"bgcolor": theme.PAPER}),
    }


def _key(
    frame: pd.DataFrame,
    status_column: str,
    level_texts: Sequence[str],
    status_texts: Mapping[str, str],
) -> list[theme.KeyEntry]:
    if not status_texts:
        return [
            theme.KeyEntry("■", colour, plain_text(text))
            for colour, text in zip(LEVELS, level_texts, strict=False)
        ]
    shown = set(raw_words(frame, status_column))
    return [
        theme.KeyEntry(mark.glyph, mark.colour, plain_text(status_texts.get(status, "")))
        for status, mark in theme.STATUS_MARKS.items()
        if status in shown
    ]


def _axes(places: Sequence[_Place]) -> dict[str, Any]:
    """Return fixed axes on which a kilometre is as long to the north as to the east."""
    borders = np.vstack([ring for place in places for ring in place.rings])
    low, high = borders.min(axis=0), borders.max(axis=0)
    room = float(high[1] - low[1]) * ROOM
    hidden = {"visible": False, "fixedrange": True, "constrain": "domain"}
    return {
        "xaxis": {**hidden, "range": [float(low[0]) - room, float(high[0]) + room]},
        "yaxis": {
            **hidden,
            "range": [float(low[1]) - room, float(high[1]) + room],
            "scaleanchor": "x",
            "constraintoward": "top",
        },
    }


def _note(text: str) -> dict[str, Any]:
    return {
        "text": plain_text(text),
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": 0,
        "yref": "paper",
        "yanchor": "top",
        "yshift": -3,
        "showarrow": False,
        "font": {"size": theme.NOTE_SIZE, "color": theme.QUIET_INK},
    }
