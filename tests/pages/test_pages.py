"""Every page, run without a browser."""

from __future__ import annotations

import pytest

from tests.app_pages import AppPage, discover_pages
from tests.opened import open_page, sound

PAGES = discover_pages()

CHOICES = {
    "default": {},
    "one county": {"counties": "330681"},
    "several counties": {"counties": ["330681", "330624"]},
    "city-run schools": {"counties": "330600"},
    "early month": {"month": "2024-01"},
    "against last month": {"compare": "last_month"},
    "against a chosen month": {"compare": "2024-03"},
    "English": {"lang": "en"},
}
BAD_CHOICES = {
    "unknown county": {"counties": "999999"},
    "no month": {"month": "soon"},
    "month to come": {"month": "2099-01"},
    "unknown comparison": {"compare": "never"},
    "comparison with a later month": {"month": "2024-03", "compare": "2024-06"},
    "unknown language": {"lang": "fr"},
}


@pytest.mark.product
@pytest.mark.parametrize("parameters", CHOICES.values(), ids=CHOICES.keys())
@pytest.mark.parametrize("app_page", PAGES, ids=str)
def test_page_runs_for(app_page: AppPage, parameters: dict[str, str | list[str]]) -> None:
    assert len(open_page(app_page.script, **parameters).main) > 0


def test_a_page_opens_from_the_one_before_it() -> None:
    app = open_page(PAGES[0].script, counties="330681")
    assert sound(app.switch_page("pages/subjects/health.py").run()).query_params["counties"]


@pytest.mark.parametrize("parameters", BAD_CHOICES.values(), ids=BAD_CHOICES.keys())
def test_bad_value_in_the_url_falls_back_with_a_notice(
    parameters: dict[str, str | list[str]],
) -> None:
    assert len(open_page(PAGES[0].script, **parameters).warning) > 0


def test_a_county_without_places_has_no_number_of_them_in_a_listing() -> None:
    app = open_page("pages/overview/county.py", counties=["330602", "330681", "330600"])
    [listing] = [table.value for table in app.table if "列第一项数" in table.value]
    firsts = dict(zip(listing["区县"], listing["列第一项数"], strict=True))
    assert firsts["市直"] == "–"
    assert all(firsts[county].isdigit() for county in ("越城区", "诸暨市"))
