"""The pages of the dashboard, as ``pages/pages.yml`` lists them: all are tested and pictured."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from dashboard.pages import FIRST_PAGE, pages


@dataclass(frozen=True)
class AppPage:
    """One page: its script relative to the repository, and its subject, which is its URL."""

    script: str
    name: str

    def url(self, **parameters: str | list[str]) -> str:
        """Path and query string, e.g. ``/health?counties=330681&month=2024-08``."""
        path = "/" if self.name == FIRST_PAGE else f"/{self.name}"
        return f"{path}?{urlencode(parameters, doseq=True)}" if parameters else path

    def __str__(self) -> str:
        return self.name


def discover_pages() -> list[AppPage]:
    """Every page, the first one in front and the rest in the order of their paths."""
    found = [AppPage(page.script, page.id) for page in pages().values()]
    return sorted(found, key=lambda page: (page.name != FIRST_PAGE, page.script))
