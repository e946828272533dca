from __future__ import annotations

import json
from math import cos, radians
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts import STATUS_MARKS, county_map_chart
from dashboard.charts.county_map import LETTERS, LEVELS
from dashboard.charts.dark import DARK_COLOURS
from dashboard.charts.options import ChartOptions
from tests.charts.colours import contrast


def square(county_id: str, west: float, south: float) -> dict[str, Any]:
    """An outline of a fifth of a degree each way, with four places in it."""
    corners = [(0.0, 0.0), (0.2, 0.0), (0.2, 0.2), (0.0, 0.2), (0.0, 0.0)]
    return {
        "id": county_id,
        "rings": [[[west + x, south + y] for x, y in corners]],
        "label": [west + 0.1, south + 0.1],
        "spots": [[west + x, south + y] for x in (0.05, 0.15) for y in (0.05, 0.15)],
    }


OUTLINES = [square("330602", 120.0, 29.8), square("330681", 120.2, 29.8)]
FRAME = pd.DataFrame(
    {
        "id": ["330602", "330681", "330600"],
        "label": ["越城区", "诸暨市", "市直"],
        "value": [70.0, None, 80.0],
        "text": ["70.0%", "x 未报", "80.0%"],
        "level": [0, None, 3],
        "status": ["behind", None, "met"],
        "hover": ["越城区\n70.0%", "诸暨市\nx 未报", "市直\n80.0%"],
    }
)
LEVEL_TEXTS = ["70–72%", "72–75%", "75–77%", "77–80%"]
STATUS_TEXTS = {"met": "已达成", "behind": "滞后"}


def drawn(**options: Any) -> go.Figure:
    return county_map_chart(
        FRAME,
        ChartOptions(
            outlines=OUTLINES, **{"level_texts": LEVEL_TEXTS, "missing_text": "无数据", **options}
        ),
    )


def areas(figure: go.Figure) -> list[Any]:
    return [trace for trace in figure.data if trace.fill == "toself"]


def spots(figure: go.Figure) -> list[Any]:
    return [trace for trace in figure.data if trace.mode == "markers"]


def test_areas_are_light_for_low_and_hatched_where_there_is_no_value() -> None:
    yuecheng, zhuji, city_run = areas(drawn())

    assert (yuecheng.fillcolor, city_run.fillcolor) == (LEVELS[0], LEVELS[3])
    assert yuecheng.fillpattern.shape is None
    assert zhuji.fillpattern.shape == "/"


def test_a_kilometre_to_the_east_is_as_long_as_one_to_the_north() -> None:
    figure = drawn()
    ring = areas(figure)[0]

    assert figure.layout.yaxis.scaleanchor == "x"
    assert max(ring.x) - min(ring.x) == pytest.approx(0.2 * cos(radians(29.9)), abs=1e-3)
    assert max(ring.y) - min(ring.y) == pytest.approx(0.2)


def test_a_unit_without_an_area_is_a_square_that_touches_no_county() -> None:
    yuecheng, zhuji, tile = areas(drawn())

    assert max(tile.x) - min(tile.x) == pytest.approx(max(tile.y) - min(tile.y), abs=1e-3)
    for county in (yuecheng, zhuji):
        apart_x = min(tile.x) >= max(county.x) or max(tile.x) <= min(county.x)
        apart_y = min(tile.y) >= max(county.y) or max(tile.y) <= min(county.y)
        assert apart_x or apart_y


def test_the_tile_lies_in_a_free_corner_where_there_is_one() -> None:
    step = [*OUTLINES, square("330603", 120.2, 30.0)]  # nothing in the north-west
    frame = pd.concat([FRAME, FRAME[:1].assign(id="330603", label="柯桥区")], ignore_index=True)
    figure = county_map_chart(frame, ChartOptions(outlines=step))
    tile = areas(figure)[2]

    assert min(tile.x) == pytest.approx(min(min(area.x) for area in areas(figure)))
    assert max(tile.y) == pytest.approx(30.2)


def test_the_axes_hold_everything_and_stay() -> None:
    figure = drawn()
    everything = areas(figure)

    for axis, name in ((figure.layout.xaxis, "x"), (figure.layout.yaxis, "y")):
        ends = np.hstack([np.array(area[name], dtype=float) for area in everything])
        assert axis.range[0] <= ends.min()
        assert ends.max() <= axis.range[1]
        assert axis.fixedrange
    again = drawn(highlight=["330681"])
    assert again.layout.xaxis.range == figure.layout.xaxis.range
    assert again.layout.height == figure.layout.height


def test_unseen_places_all_over_a_county_take_the_click() -> None:
    yuecheng, zhuji, city_run = spots(drawn())

    assert {ids[0] for ids in yuecheng.customdata} == {"330602"}
    assert len(zhuji.x) == 5  # the outline's four and the middle of its name
    assert len(city_run.x) > 4
    for trace in (yuecheng, zhuji, city_run):
        assert trace.marker.opacity == 0
        assert trace.selected.marker.opacity == trace.unselected.marker.opacity == 0
    assert yuecheng.hovertext == "越城区<br>70.0%"


def test_a_chosen_county_has_a_dark_border_in_a_light_one() -> None:
    borders = [t for t in drawn(highlight=["330681"]).data if t.mode == "lines" and not t.fill]

    assert [border.line.width for border in borders] == [8, 4]
    assert list(borders[0].x) == list(areas(drawn())[1].x)


def test_names_and_values_stand_in_their_county() -> None:
    notes = {note.text: note for note in drawn(note_text="示意图").layout.annotations}
    by_status = [note.text for note in drawn(status_texts=STATUS_TEXTS).layout.annotations]

    assert notes["<b>越城区</b><br>70.0%"].y == pytest.approx(29.9)
    assert any("▼</span> 70.0%" in text for text in by_status)
    assert "<b>诸暨市</b><br>x 未报" in notes
    assert "示意图" in notes


def test_the_key_names_the_levels_or_the_statuses_and_what_is_missing() -> None:
    by_value = drawn().layout.title.text
    by_status = drawn(status_texts=STATUS_TEXTS)

    assert all(text in by_value for text in (*LEVEL_TEXTS, "无数据"))
    assert all(text in by_status.layout.title.text for text in ("●", "已达成", "▼", "滞后"))
    assert areas(by_status)[0].fillcolor == STATUS_MARKS["behind"].colour


def test_letters_can_be_read_on_every_colour_in_the_light_and_in_the_dark() -> None:
    for fill, letters in zip(LEVELS, LETTERS, strict=True):
        assert contrast(letters, fill) >= 4.5
        assert contrast(DARK_COLOURS[letters], DARK_COLOURS[fill]) >= 4.5


def test_a_county_of_several_pieces_is_one_area() -> None:
    island = {**OUTLINES[0], "rings": [*OUTLINES[0]["rings"], *square("", 120.0, 30.1)["rings"]]}
    area = areas(county_map_chart(FRAME[:1], ChartOptions(outlines=[island])))[0]

    assert list(area.x).count(None) == 1
    json.dumps(area.to_plotly_json(), default=list)


def test_without_outlines_there_is_no_map() -> None:
    figure = county_map_chart(FRAME, ChartOptions(outlines=[], empty_text="没有轮廓"))

    assert [note.text for note in figure.layout.annotations] == ["没有轮廓"]
