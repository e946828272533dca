"""What axe-core finds on a page as it is now."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = {"serious", "critical"}


def complaints(page: Page, but: str = "") -> list[str]:
    """One line for each grave violation on the page as it is now, ``but`` for one rule's."""
    violations: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:160]}: {node['failureSummary']}"
        for violation in violations
        if violation["impact"] in GRAVE and violation["id"] != but
        for node in violation["nodes"]
    ]
