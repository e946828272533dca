"""Who may deliver in the browser."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.opened import open_page


def page() -> AppTest:
    return open_page("pages/data/deliveries.py")


def takes_files(app: AppTest) -> bool:
    return len(app.get("file_uploader")) == 1


def test_without_a_setting_everybody_may() -> None:
    assert takes_files(page())


@pytest.mark.parametrize(
    "settings",
    [
        {"DELIVERIES": "off"},
        # Nobody says who is signed in: then nobody is one of the editors.
        {"DELIVERIES_EDITORS": "王芳,李明"},
        {"DELIVERIES_EDITORS": "王芳", "DELIVERIES_USER_HEADER": "X-Remote-User"},
    ],
)
def test_who_only_looks_sees_the_history_alone(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str]
) -> None:
    for variable, value in settings.items():
        monkeypatch.setenv(variable, value)
    app = page()
    assert not takes_files(app)
    assert [subheader.value for subheader in app.subheader] == ["版本历史（新的在前）"]
