"""What a page is made of: a headline that states the finding, then cards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.cards import Context, build_card, build_headline, is_of_year, year_sentence
from dashboard.cards.indicator import counts_schools, has_units
from dashboard.cards.model import Card, Selects
from dashboard.cards.school import CONDITIONS, has_figures, has_projects
from dashboard.ui import breadcrumb, county_map, details, lineage, links, targets
from dashboard.ui.card import show_card
from dashboard.ui.frame import current_context
from dashboard.ui.meeting.working_deck import slide_of
from dashboard.ui.text import markdown

CardCall = str | tuple[str, dict[str, Any]]
_CARDS_A_ROW = 2


@dataclass(frozen=True)
class _Built:
    """A card with what it was asked for by: a slide of it asks for the same."""

    card_id: str
    arguments: dict[str, Any]
    card: Card


class Page:
    """A page of the dashboard; its methods draw in the order in which they are called."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.context: Context = current_context()
        self._about: dict[str, Any] = {}  # what every card is told
        self._shown: set[str] = set()
        self._page_of: str | None = None  # the indicator whose own page this is
        links.open_asked()

    @property
    def has_plan(self) -> bool:
        """Whether the year shown has a work plan; without one there are values and no verdicts."""
        return self.context.plan is not None

    def headline(self, **arguments: Any) -> None:
        """State the page's main finding with its numbers."""
        with st.container(key="headline"):
            headline = build_headline(self.name, self.context, **arguments)
            st.title(markdown(headline), anchor=False)
            if (said := year_sentence(self.context)) not in headline:
                st.caption(markdown(said))

    def card(self, card_id: str, **arguments: Any) -> None:
        """Draw one card across the width, if it is about what the year's plan names."""
        self._draw_each((card_id, arguments))

    def row(self, *cards: CardCall, widths: list[int] | None = None) -> None:
        """Draw cards side by side; a card is an id, or an id with its arguments.

        A card about what the year's plan does not name leaves its place to the others.
        """
        shown = [
            (built, width)
            for built, width in zip(
                map(self._build, cards), widths or [1] * len(cards), strict=True
            )
            if self._shows(built.card)
        ]
        if not shown:
            return
        columns = st.columns([width for _built, width in shown])
        for column, (built, _width) in zip(columns, shown, strict=True):
            with column:
                self._draw(built)

    def more_targets(self) -> None:
        """Draw what the year's plan asks of this subject and no card has shown yet."""
        named = [indicator.indicator_id for indicator in self.context.indicators_of(self.name)]
        rest = [indicator_id for indicator_id in named if indicator_id not in self._shown]
        if rest:
            self.section("More targets of the plan")
        for first in range(0, len(rest), _CARDS_A_ROW):
            pair = rest[first : first + _CARDS_A_ROW]
            self.row(*(("standing", {"indicator_id": indicator_id}) for indicator_id in pair))

    def screen(self, *cards: CardCall) -> None:
        """Draw two long cards and three short ones on one screen; style.css places them."""
        with st.container(key="screen"):
            self._draw_each(*cards)

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
            max_chars=100,
            key=f"search_{self.name}",
            icon=":material/search:",
            label_visibility="collapsed",
        ).strip()

    def target_choice(self) -> dict[str, str]:
        """Offer the year's targets by name; return the chosen one as the argument of a card."""
        return {"indicator_id": targets.choose_target(self.context)}

    def data_version(self) -> None:
        """Say which published version is shown, by whom and since when."""
        lineage.show_version(self.context)

    def picker(self, selects: Selects) -> None:
        """Offer things that have a page of their own by name, to whoever does not click a chart."""
        details.picker(self.context, selects)

    def _draw_each(self, *cards: CardCall) -> None:
        for built in map(self._build, cards):
            if self._shows(built.card):
                self._draw(built)

    def _build(self, call: CardCall) -> _Built:
        card_id, arguments = (call, {}) if isinstance(call, str) else call
        arguments = {**self._about, **arguments}
        return _Built(card_id, arguments, build_card(card_id, self.context, **arguments))

    def _shows(self, card: Card) -> bool:
        return is_of_year(self.context, card)

    def _draw(self, built: _Built) -> None:
        self._shown.update(built.card.indicator_ids)
        slide = slide_of(built.card_id, built.arguments, self.context)
        show_card(built.card, self.context, slide, page_of=self._page_of)


class DetailPage(Page):
    """The page of one thing, named in the address; its headline and cards are about that thing."""

    def __init__(self, selects: Selects, lead_back: Callable[[Context, str], None]) -> None:
        super().__init__(str(selects))
        self.target_id = details.asked(self.context, selects)
        self._about = {f"{selects}_id": self.target_id}
        way_back, another = st.columns([3, 2], vertical_alignment="center")
        with another:
            details.picker(self.context, selects, self.target_id)
        details.stop_unless_known(self.context, selects, self.target_id)
        with way_back:
            lead_back(self.context, self.target_id)

    def headline(self, **arguments: Any) -> None:
        """State where the thing stands."""
        super().headline(**self._about, **arguments)

    def _shows(self, card: Card) -> bool:
        return True  # whoever asks for a thing by name gets it


class ProjectPage(DetailPage):
    """The page of the project in the address."""

    def __init__(self) -> None:
        super().__init__(Selects.PROJECT, breadcrumb.above_project)


class IndicatorPage(DetailPage):
    """The page of the indicator in the address."""

    def __init__(self) -> None:
        super().__init__(Selects.INDICATOR, breadcrumb.above_indicator)
        self._page_of = self.target_id

    def lineage(self) -> None:
        """Offer the files and rows behind the indicator."""
        with st.container(border=True, key="card-lineage"):
            lineage.show_lineage(self.context, [self.target_id], "page")
            lineage.show_version(self.context)

    @property
    def has_counties(self) -> bool:
        """Whether the indicator exists for more than the whole city."""
        return not self.context.is_city_only(self.target_id)

    @property
    def has_schools(self) -> bool:
        """Whether every school has a value of the indicator."""
        return counts_schools(self.context, self.target_id)

    @property
    def has_units(self) -> bool:
        """Whether the indicator counts things that have names."""
        return has_units(self.context, self.target_id)


class SchoolPage(DetailPage):
    """The page of the school in the address."""

    def __init__(self) -> None:
        super().__init__(Selects.SCHOOL, breadcrumb.above_school)

    @property
    def has_conditions(self) -> bool:
        """Whether there is anything on the pupils' health, the premises or the equipment."""
        return has_figures(self.context, self.target_id, CONDITIONS)

    @property
    def has_projects(self) -> bool:
        """Whether the school has a building project."""
        return has_projects(self.context, self.target_id)
