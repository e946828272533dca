"""The router: language, data, filters, then the page that was asked for."""

import streamlit as st

from dashboard import ui

language = ui.choose_language()
ui.set_page_frame(language)
page = ui.navigation(language)
state = ui.data_state(language)
if state.database is None:
    ui.show_no_data(state, language)
    st.stop()
filters = ui.choose_filters(state.database, language)
ui.open_context(state.database, filters, language)
ui.show_notices(state, language)
with ui.progress(language):
    page.run()
