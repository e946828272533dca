"""The pages of the dashboard, read from the folders that hold them.

A new file in a section is tested and pictured without being named anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from dashboard.settings import ROOT

PAGES_DIR = ROOT / "pages"
FIRST_PAGE = "overview"


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
    scripts = sorted(path.relative_to(ROOT) for path in PAGES_DIR.glob("*/*.py"))
    pages = [AppPage(script.as_posix(), script.stem) for script in scripts]
    return sorted(pages, key=lambda page: page.name != FIRST_PAGE)
