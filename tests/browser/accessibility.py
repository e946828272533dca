"""What axe-core finds on a page as it is now."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = {"serious", "critical"}
# Its name is put there by the style sheet, which Chromium reads aloud and axe-core does not see;
# test_deliveries.py holds that it has one.
_NAMED_BY_STYLE = {"exclude": [[".st-key-uploader button"]]}


def complaints(page: Page, but: str = "") -> list[str]:
    """One line for each grave violation on the page as it is now, ``but`` for one rule's."""
    violations: list[dict[str, Any]] = (
        Axe().run(page, context=_NAMED_BY_STYLE).response["violations"]
    )
    return [
        f"{violation['id']}: {node['html'][:160]}: {node['failureSummary']}"
        for violation in violations
        if violation["impact"] in GRAVE and violation["id"] != but
        for node in violation["nodes"]
    ]
