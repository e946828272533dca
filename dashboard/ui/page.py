"""What a page is made of: a headline that states the finding, then cards."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.cards import Context, build_card, build_headline
from dashboard.report import Selects
from dashboard.ui import address, county_map, links, project, targets
from dashboard.ui.card import show_card
from dashboard.ui.frame import current_context
from dashboard.ui.text import markdown


class Page:
    """A page of the dashboard; its methods draw in the order in which they are called."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.context: Context = current_context()
        links.open_asked()

    def headline(self, **arguments: Any) -> None:
        """State the page's main finding with its numbers."""
        with st.container(key="headline"):
            st.title(markdown(build_headline(self.name, self.context, **arguments)), anchor=False)

    def card(self, card_id: str, **arguments: Any) -> None:
        """Draw one card across the width."""
        show_card(build_card(card_id, self.context, **arguments), self.context)

    def row(
        self, *cards: str | tuple[str, dict[str, Any]], widths: list[int] | None = None
    ) -> None:
        """Draw cards side by side; a card is an id, or an id with its arguments."""
        columns = st.columns(widths or len(cards))
        for column, item in zip(columns, cards, strict=True):
            card_id, arguments = (item, {}) if isinstance(item, str) else item
            with column:
                self.card(card_id, **arguments)

    def screen(self, *cards: str | tuple[str, dict[str, Any]]) -> None:
        """Draw two long cards and three short ones on one screen; style.css places them."""
        with st.container(key="screen"):
            for item in cards:
                card_id, arguments = (item, {}) if isinstance(item, str) else item
                self.card(card_id, **arguments)

    def map(self) -> None:
        """Draw the map with its pickers."""
        self.card("county.map", **county_map.choose(self.context))

    def section(self, title: str) -> None:
        """Begin a part of the page."""
        st.header(self.context.language(title), anchor=False)

    def search_box(self, label: str) -> str:
        """Ask for words to narrow a long list; nothing is left out while it is empty."""
        label = self.context.language(label)
        return st.text_input(
            label,
            placeholder=label,
            key=f"search_{self.name}",
            icon=":material/search:",
            label_visibility="collapsed",
        ).strip()

    def target_choice(self) -> dict[str, str]:
        """Offer the year's targets by name; return the chosen one as the argument of a card."""
        return {"indicator_id": targets.choose_target(self.context)}

    def project_picker(self) -> None:
        """Offer the projects by name to whoever does not click on a chart."""
        project.project_picker(self.context)


class ProjectPage(Page):
    """The page of the project in the address; its headline and cards are about that project."""

    def __init__(self) -> None:
        super().__init__("project")
        project.link_to_projects(self.context)
        self.project_id = project.asked_project(self.context)
        project.project_picker(self.context, self.project_id)
        project.stop_unless_project(self.context, self.project_id)

    def headline(self, **arguments: Any) -> None:
        """State where the project stands."""
        super().headline(project_id=self.project_id, **arguments)

    def card(self, card_id: str, **arguments: Any) -> None:
        """Draw one card about the project across the width."""
        super().card(card_id, project_id=self.project_id, **arguments)


class IndicatorPage(Page):
    """The page of the indicator in the address; its headline and cards are about it."""

    def __init__(self) -> None:
        super().__init__("indicator")
        known = self.context.database.catalogue.indicators
        asked = address.read(Selects.INDICATOR)
        self.indicator_id = next((name for name in asked if name in known), next(iter(known)))
        address.write(Selects.INDICATOR, [self.indicator_id], [])

    def headline(self, **arguments: Any) -> None:
        """State where the indicator stands."""
        super().headline(indicator_id=self.indicator_id, **arguments)

    def card(self, card_id: str, **arguments: Any) -> None:
        """Draw one card about the indicator across the width."""
        super().card(card_id, indicator_id=self.indicator_id, **arguments)
