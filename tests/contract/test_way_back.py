"""The page 数据 goes back to a version that can be shown, and says why it does not to another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.archive import Archive
from dashboard.settings import ROOT
from dashboard.ui.deliveries.desk import Desk
from tests.contract.conftest import Contract

pytestmark = pytest.mark.slow

TIMEOUT_SECONDS = 60


@pytest.fixture(autouse=True)
def a_process_of_its_own(archive: Archive) -> Iterator[None]:
    assert archive.current() is not None
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def went_back(archive: Archive, version: str) -> AppTest:
    """The page after somebody went back to a version: a dialog is not to be pressed from here."""
    app = AppTest.from_file(ROOT / "app.py", default_timeout=TIMEOUT_SECONDS)
    app.run()
    app.switch_page("pages/data/deliveries.py").run()
    desk: Desk = app.session_state["deliveries_desk"]
    desk.roll_back(archive, version, "误报", "v0002")
    app.run()
    assert [exception.message for exception in app.exception] == []
    return app


def test_the_page_goes_back_to_a_version_of_before(archive: Archive) -> None:
    app = went_back(archive, "v0001")
    assert archive.current() == archive.manifest("v0001")
    assert app.title[0].value.startswith("当前显示：版本 v0001")


def test_the_page_says_why_it_does_not_go_back(archive: Archive, contract: Contract) -> None:
    def ask_for_more(resource: dict[str, Any]) -> None:
        field = {"name": "年检合格机构数", "title": "inspected", "constraints": {"required": True}}
        resource["schema"]["fields"].append(field)

    contract(ask_for_more)
    app = went_back(archive, "v0001")
    (said,) = [each.value for each in app.error if "现在无法显示" in each.value]
    assert "年检合格机构数" in said and "当前版本不变" in said
    assert archive.current() == archive.manifest("v0002")
