"""Pages follow the plan of their year: what it drops is gone, what no card shows stands below."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import settings
from dashboard.catalogue import load_catalogue
from dashboard.pages import subjects
from tests.opened import open_page
from tests.plan.years import plans

pytestmark = pytest.mark.slow

DROPPED = (
    "large_schools",
    "group_kindergarten_coverage",
    "tutoring_platform_rate",
    "psychology_center_coverage",
    "arts_bases",
    "projects_completed",
    "graduate_retention",
    "teachers_per_class",
    "fitness_pass_rate",
    "clean_case_counties",
)
CATALOGUE = load_catalogue(settings.QUERIES_DIR / "indicators")
DROPPED_INDICATORS = [CATALOGUE.indicator(indicator_id) for indicator_id in DROPPED]
NAMES = {text for each in DROPPED_INDICATORS for text in (each.name_zh, each.short_zh)}


@pytest.fixture(scope="module", autouse=True)
def shortened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The plan of 2024 without ten of its indicators, read anew: a process reads its plan once."""
    folder = plans(tmp_path_factory.mktemp("plan"), 2024, dropped=DROPPED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLAN_DIR", str(folder))
        st.cache_resource.clear()
        yield
    st.cache_resource.clear()


def words(app: AppTest) -> str:
    shown = [*app.title, *app.header, *app.markdown, *app.caption]
    return "\n".join([*(element.value for element in shown), *(str(t.value) for t in app.table)])


@pytest.mark.parametrize("page", subjects())
def test_a_page_names_nothing_that_the_plan_drops(page: str) -> None:
    app = open_page(f"pages/subjects/{page}.py")
    assert not [name for name in NAMES if name in words(app)]


def test_what_no_card_has_shown_stands_below() -> None:
    """The card of two psychology rates is gone with one of them: the other stands alone."""
    app = open_page("pages/subjects/health.py")
    assert "工作要点的其他目标" in [header.value for header in app.header]
    assert "心理教师" in words(app)
