"""Chromium, the screens it shows, and what a page must not do in it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    ViewportSize,
    sync_playwright,
)

SCREENS: dict[str, ViewportSize] = {
    "desktop": {"width": 1920, "height": 1080},
    "projector": {"width": 1280, "height": 720},
    "phone": {"width": 390, "height": 844},
}
EXECUTABLES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A request that would leave this machine finds nobody.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--no-first-run",
]
SETTLE_TIMEOUT_MS = 60_000
# How long a page is quiet before it is taken at its word: a rerun may follow the first run at once.
RERUN_MS = 500
# A chart is drawn anew when its room has changed.
REDRAW_MS = 150

# On a deep link Streamlit's client does not know whether the server lies at / or at /<page>/: it
# asks at both, and Chromium logs the 404 of the wrong guess.
_FINDING_THE_SERVER = re.compile(r"/[^/]+/_stcore/(health|host-config)$")

# Quiet: the script has run, nothing waits to be replaced, every chart is drawn, and all that has
# been so for a while.
_IS_QUIET = """
quietMs => {
  const app = document.querySelector('[data-testid="stApp"]');
  const quiet = app
    && app.getAttribute('data-test-script-state') === 'notRunning'
    && !document.querySelector('[data-stale="true"], [data-testid="stSkeleton"]')
    && [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
        .every(chart => chart.querySelector('.main-svg') || !chart.checkVisibility());
  window.quietSince = quiet ? (window.quietSince ?? performance.now()) : null;
  return quiet && performance.now() - window.quietSince > quietMs;
}
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium from the variable CHROMIUM, from the PATH, or else Playwright's own."""
    found = (path for name in EXECUTABLES if (path := shutil.which(name)))
    executable = os.environ.get("CHROMIUM") or next(found, None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


def settle(page: Page, quiet_ms: int = RERUN_MS) -> None:
    """Wait until the page shows what it will go on showing.

    After a change of the screen alone (`quiet_ms=REDRAW_MS`) no run follows another.
    """
    page.evaluate("window.quietSince = null")
    page.wait_for_function(_IS_QUIET, arg=quiet_ms, timeout=SETTLE_TIMEOUT_MS, polling=50)


@dataclass
class Watch:
    """What went wrong in a browser context: requests that left this machine, console errors."""

    outside: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    @classmethod
    def over(cls, context: BrowserContext) -> Watch:
        """Watch every page of ``context``."""
        watch = cls()
        context.on("request", lambda request: watch._see(request.url))
        context.on("console", watch._hear)
        context.on("weberror", lambda error: watch.console.append(str(error.error)))
        context.on("page", lambda page: page.on("websocket", lambda ws: watch._see(ws.url)))
        return watch

    def complaints(self) -> list[str]:
        """One line for each thing that went wrong."""
        return [f"request left this machine: {url}" for url in self.outside] + [
            f"console error: {text}" for text in self.console
        ]

    def _hear(self, message: ConsoleMessage) -> None:
        url = message.location["url"]
        if message.type == "error" and not _FINDING_THE_SERVER.search(url):
            self.console.append(f"{message.text} ({url})")

    def _see(self, url: str) -> None:
        if not _is_local(url):
            self.outside.append(url)


def _is_local(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"data", "blob"} or parts.hostname in {"127.0.0.1", "localhost"}
