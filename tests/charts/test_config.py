"""The look and the safety of the server: .streamlit/config.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from streamlit import config

from dashboard.charts.dark import DARK_COLOURS, INK, PAPER
from dashboard.charts.theme import COLOURS, FOCUS, FONT_FAMILY, HOLLOW, STATUS_MARKS
from tests.charts.colours import contrast

FILE = Path(__file__).parents[2] / ".streamlit" / "config.toml"
SETTINGS: dict[str, dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))


def options(settings: dict[str, Any], section: str = "") -> list[str]:
    """The full names of all options, those of sections in sections included."""
    names = []
    for name, value in settings.items():
        path = f"{section}.{name}".lstrip(".")
        names += options(value, path) if isinstance(value, dict) else [path]
    return names


@pytest.mark.parametrize("option", options(SETTINGS))
def test_every_option_exists(option: str) -> None:
    assert option in config.get_config_options()


def test_colours_and_fonts_are_the_charts() -> None:
    light, dark = SETTINGS["theme"]["light"], SETTINGS["theme"]["dark"]

    assert light["chartCategoricalColors"] == list(COLOURS)
    assert dark["chartCategoricalColors"] == [DARK_COLOURS[colour] for colour in COLOURS]
    assert light["primaryColor"] == FOCUS
    assert (dark["backgroundColor"], dark["textColor"]) == (PAPER, INK)
    assert SETTINGS["theme"]["font"] == FONT_FAMILY
    statuses = {
        "green": STATUS_MARKS["met"].colour,
        "blue": STATUS_MARKS["on_track"].colour,
        "orange": STATUS_MARKS["behind"].colour,
        "gray": HOLLOW,
    }
    for name, colour in statuses.items():
        for use in ("Color", "TextColor"):
            assert light[name + use] == colour
            assert dark[name + use] == DARK_COLOURS[colour]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_words_can_be_read(mode: str) -> None:
    theme = SETTINGS["theme"][mode]

    for paper in ("backgroundColor", "secondaryBackgroundColor"):
        assert contrast(theme["textColor"], theme[paper]) >= 7
        assert contrast(theme["linkColor"], theme[paper]) >= 4.5
    assert contrast(theme["yellowTextColor"], theme["yellowBackgroundColor"]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_light_and_dark_name_the_same_options(mode: str) -> None:
    assert set(SETTINGS["theme"][mode]) == set(SETTINGS["theme"]["light"])


def test_nothing_is_served_or_sent_that_nobody_asked_for() -> None:
    assert SETTINGS["server"]["enableAgentApi"] is False
    assert SETTINGS["server"]["enableCORS"] is True
    assert SETTINGS["server"]["enableXsrfProtection"] is True
    assert SETTINGS["browser"]["gatherUsageStats"] is False
    assert SETTINGS["client"]["showErrorDetails"] == "none"
