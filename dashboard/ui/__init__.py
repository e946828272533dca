"""The Streamlit side: frame, filters, cards. Nothing else in the package imports Streamlit."""

from dashboard.ui.data import data_state, show_no_data, show_notices
from dashboard.ui.filter_bar import choose_filters, choose_language
from dashboard.ui.frame import navigation, open_context, progress, set_page_frame
from dashboard.ui.ledger import LedgerPage
from dashboard.ui.page import IndicatorPage, Page, ProjectPage, SchoolPage

__all__ = [
    "IndicatorPage",
    "LedgerPage",
    "Page",
    "ProjectPage",
    "SchoolPage",
    "choose_filters",
    "choose_language",
    "data_state",
    "navigation",
    "open_context",
    "progress",
    "set_page_frame",
    "show_no_data",
    "show_notices",
]
