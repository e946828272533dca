"""The committed indicator reference is what the catalogue says today."""

from __future__ import annotations

from pathlib import Path

from dashboard import settings
from dashboard.catalogue import Catalogue, load_catalogue
from dashboard.indicators.reference import reference_markdown

REFERENCE = Path(__file__).parents[1] / "docs" / "indicators.md"


def shipped() -> Catalogue:
    return load_catalogue(settings.QUERIES_DIR / "indicators")


def test_the_committed_reference_is_up_to_date() -> None:
    # Otherwise: python -m dashboard reference > docs/indicators.md
    assert REFERENCE.read_text("utf-8") == reference_markdown(shipped())


def test_the_reference_defines_every_indicator_and_threshold() -> None:
    catalogue = shipped()
    text = reference_markdown(catalogue)
    for indicator in catalogue.indicators.values():
        assert f"### {indicator.name_zh} · {indicator.name_en}" in text
        assert f"| {indicator.caveats_zh} | {indicator.caveats_en} |" in text
    for threshold in catalogue.thresholds.values():
        assert f"| `{threshold.name}` | {threshold.value:g} |" in text
