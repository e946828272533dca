"""Why something was not done, beside what was pressed."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from dashboard.ui.deliveries.desk import Desk
from dashboard.ui.deliveries.view import View
from dashboard.ui.text import markdown


def show_trouble(view: View, desk: Desk, part: Literal["files", "publish", "history"]) -> None:
    """Say it where it belongs."""
    trouble = desk.trouble
    if trouble is not None and trouble.part == part:
        said = view.language.pick(trouble.message_zh, trouble.message_en)
        st.error(markdown(said), icon=":material/error:")
