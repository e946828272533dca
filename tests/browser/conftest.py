"""The running dashboard and a browser that looks at it."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.chromium import Watch, chromium
from tests.server import Server, serve

FAILURES = Path(__file__).parent / "failures"
# Several browsers share the cores.
expect.set_options(timeout=20_000)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Picture what the browser shows when a test fails, while the page is still open."""
    report = yield
    page = getattr(item, "funcargs", {}).get("page")
    if report.when == "call" and report.failed and isinstance(page, Page):
        FAILURES.mkdir(exist_ok=True)
        name = re.sub(r"[^\w.-]+", "-", item.name).strip("-")
        page.screenshot(path=FAILURES / f"{name}.png", full_page=True)
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One server on the sample for all tests that do not change its data."""
    with serve() as server:
        yield server


@pytest.fixture
def fresh_server() -> Iterator[Callable[..., Server]]:
    """Starts a new server, on the exports in a folder if one is named: ``fresh_server(data_dir)``.
    A second folder is that of the published versions.

    Streamlit learns an app's pages at the first run, so only a server that has served nothing
    shows what a deep link does.
    """
    with ExitStack() as servers:
        yield lambda *folders: servers.enter_context(serve(*folders))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A new browser profile; at its end nothing may have left the machine or logged an error."""
    with browser.new_context(locale="zh-CN") as context:
        watch = Watch.over(context)
        yield context
        assert not watch.complaints(), "\n".join(watch.complaints())


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
