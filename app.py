"""The router: language, data, filters, then the page that was asked for."""

import streamlit as st

from dashboard import ui

language = ui.choose_language()
ui.set_page_frame(language)
page = ui.navigation(language)
state = ui.data_state(language)
if state.database is None:
    ui.open_without_data(state.problems, language)
    ui.language_switch(language)
    if ui.does_without_data(page):
        page.run()
    else:
        ui.show_no_data(state, language)
    st.stop()
database = ui.database_for(page, state.database)
if ui.is_full_screen(page):
    filters = ui.remembered_filters(database)
else:
    ui.show_way_back(language)
    filters = ui.choose_filters(database, language)
    ui.show_notices(state, language)
ui.open_context(database, filters, language)
with ui.progress(language):
    page.run()
ui.follow_theme()
