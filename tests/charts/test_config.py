"""The look and the safety of the server: .streamlit/config.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from streamlit import config

from dashboard.charts.theme import COLOURS, FOCUS, FONT_FAMILY

FILE = Path(__file__).parents[2] / ".streamlit" / "config.toml"
SETTINGS: dict[str, dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("option", [f"{s}.{key}" for s, keys in SETTINGS.items() for key in keys])
def test_every_option_exists(option: str) -> None:
    assert option in config.get_config_options()


def test_colours_and_fonts_are_the_charts() -> None:
    theme = SETTINGS["theme"]

    assert theme["chartCategoricalColors"] == list(COLOURS)
    assert theme["primaryColor"] == FOCUS
    assert theme["font"] == FONT_FAMILY


def test_nothing_is_served_or_sent_that_nobody_asked_for() -> None:
    assert SETTINGS["server"]["enableAgentApi"] is False
    assert SETTINGS["server"]["enableCORS"] is True
    assert SETTINGS["server"]["enableXsrfProtection"] is True
    assert SETTINGS["browser"]["gatherUsageStats"] is False
    assert SETTINGS["client"]["showErrorDetails"] == "none"
