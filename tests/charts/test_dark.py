"""The dark page's colours: seen, read, told apart, and none of the light ones left."""

from __future__ import annotations

from itertools import combinations, pairwise

import pandas as pd
import pytest

from dashboard.charts import COLOURS, COUNTY_COLOURS, SHAPES, STATUS_MARKS, dark_figure, theme
from dashboard.charts.dark import DARK_COLOURS, INK, PAPER
from dashboard.charts.stacked_bar import LIGHT_COLOURS
from tests.charts.colours import TRANSPARENT, colours_in, contrast, difference
from tests.charts.test_charts import drawn

# What stands back on purpose: as on white, where a grid has 1.3 to 1 and a bar behind 1.5.
QUIET = {theme.GRID, "#EDEDED", "#D3DDE7", "#DCEBF7", "#D0D0D0"}
NO_STATUS = {"missing", "withheld", "provisional"}  # why there is none: told apart by their shapes
PAPERS = {"#FFFFFF", "#000000", theme.PAPER}
TEXTS = {theme.INK, theme.QUIET_INK} | {theme.letters(colour) for colour in COLOURS}


@pytest.mark.parametrize("light", sorted(set(DARK_COLOURS) - QUIET - PAPERS))
def test_every_colour_stands_out_from_the_dark_page(light: str) -> None:
    assert contrast(DARK_COLOURS[light], PAPER) >= 3


@pytest.mark.parametrize("light", sorted(TEXTS | {mark.colour for mark in STATUS_MARKS.values()}))
def test_every_colour_of_letters_can_be_read(light: str) -> None:
    assert contrast(DARK_COLOURS[light], PAPER) >= 4.5


@pytest.mark.parametrize("light", [*COLOURS, "#6BACE6", theme.CONTEXT])
def test_a_number_in_a_bar_can_be_read(light: str) -> None:
    letters = "#000000" if light in LIGHT_COLOURS else "#FFFFFF"
    assert contrast(DARK_COLOURS[letters], DARK_COLOURS[light]) >= 4.5


def test_neighbours_of_the_palette_are_told_apart_by_lightness_and_by_colour() -> None:
    palette = [DARK_COLOURS[colour] for colour in COLOURS]
    # As on white: four parts at most are told apart by colour, and two counties' lines follow.
    assert all(contrast(a, b) >= 2.9 for a, b in pairwise(palette[:6]))
    assert all(difference(a, b) >= 25 for a, b in pairwise(palette))


def test_counties_and_statuses_keep_different_colours() -> None:
    counties = [DARK_COLOURS[colour] for colour in COUNTY_COLOURS.values()]
    statuses = [DARK_COLOURS[mark.colour] for s, mark in STATUS_MARKS.items() if s not in NO_STATUS]
    assert all(difference(a, b) >= 20 for a, b in combinations(counties, 2))
    assert all(difference(a, b) >= 30 for a, b in combinations(statuses, 2))


def test_the_focus_stands_out_from_its_context() -> None:
    assert contrast(DARK_COLOURS[theme.FOCUS], DARK_COLOURS[theme.CONTEXT]) >= 3


@pytest.mark.parametrize("shape", SHAPES)
def test_no_light_colour_is_left_and_the_light_figure_stays(shape: str) -> None:
    figure = drawn(shape)
    before = list(colours_in(figure.to_dict()))

    after = list(colours_in(dark_figure(figure).to_dict()))

    assert set(before) <= {*DARK_COLOURS, TRANSPARENT}
    assert set(after) <= {*DARK_COLOURS.values(), TRANSPARENT}
    assert list(colours_in(figure.to_dict())) == before


def test_only_colours_change() -> None:
    frame = pd.DataFrame({"id": ["a"], "label": ["#12436D路小学"], "value": [70.0]})
    light = drawn("county_dot", frame)

    dark = dark_figure(light)

    assert dark.layout.yaxis.ticktext == light.layout.yaxis.ticktext
    assert dark.layout.height == light.layout.height
    assert [trace.x for trace in dark.data] == [trace.x for trace in light.data]
    assert dark.layout.font.color == INK
