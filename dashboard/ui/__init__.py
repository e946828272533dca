"""The Streamlit side: frame, filters, cards. Nothing else in the package imports Streamlit."""

from dashboard.ui.data import data_state, show_no_data, show_notices
from dashboard.ui.filter_bar import (
    choose_filters,
    choose_language,
    language_switch,
    remembered_filters,
)
from dashboard.ui.frame import (
    does_without_data,
    is_full_screen,
    navigation,
    open_context,
    open_without_data,
    progress,
    set_page_frame,
)
from dashboard.ui.ledger import LedgerPage
from dashboard.ui.meeting.deck_page import DeckPage
from dashboard.ui.meeting.drill import database_for, show_way_back
from dashboard.ui.meeting.stage import Stage
from dashboard.ui.page import IndicatorPage, Page, ProjectPage, SchoolPage
from dashboard.ui.theme import follow_theme

__all__ = [
    "DeckPage",
    "IndicatorPage",
    "LedgerPage",
    "Page",
    "ProjectPage",
    "SchoolPage",
    "Stage",
    "choose_filters",
    "choose_language",
    "data_state",
    "database_for",
    "does_without_data",
    "follow_theme",
    "is_full_screen",
    "language_switch",
    "navigation",
    "open_context",
    "open_without_data",
    "progress",
    "remembered_filters",
    "set_page_frame",
    "show_no_data",
    "show_notices",
    "show_way_back",
]
