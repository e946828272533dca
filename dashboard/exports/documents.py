"""What the exports write: a deck or a brief, worked out on one data version."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.cards.model import (
    Card,
    Table,
)


@dataclass(frozen=True)
class SlidePage:
    """One slide, worked out: the same on screen, in PPTX, DOCX, XLSX and PDF."""

    section: str
    title: str  # the finding; with the place where the finding does not name it
    card: Card
    facts: tuple[str, ...]  # three at most, beside the chart
    footer: str  # source, month and data version
    geography: str
    language: str  # code
    key: str = ""  # what the signs of a matrix mean
    note: str = ""  # the presenter's own words
    background: tuple[str, ...] = ()  # definition, filters, sources: for the notes of a slide

    @property
    def has_facts_beside(self) -> bool:
        """Whether the facts stand beside the chart; a single one leaves it the whole width."""
        card = self.card
        return len(self.facts) > 1 and bool(card.charts) and card.chart_columns == 1


@dataclass(frozen=True)
class Annex:
    """A table behind a report, under its title."""

    title: str
    table: Table


@dataclass(frozen=True)
class Report:
    """A deck, worked out on one data version; what every export writes."""

    title: str
    subtitle: str  # geography · month
    issuer: str
    language: str  # code
    as_of: str  # YYYY-MM
    data_version: str
    is_sample: bool
    pages: tuple[SlidePage, ...]
    about: tuple[str, ...]  # data version, and that figures are made up where they are
    targets: Annex  # every target with its status, for the report's counties together
    definitions: Annex  # of the indicators on the slides
    sources: Annex  # every export with the date of its data


@dataclass(frozen=True)
class BriefSection:
    """One section of the plan in a brief: sentences, each complete."""

    title: str
    progress: tuple[str, ...]
    problems: tuple[str, ...]
    next_steps: tuple[str, ...]  # per responsible office


@dataclass(frozen=True)
class CountyAnnex:
    """One county in a brief."""

    title: str
    summary: str
    behind: Annex


@dataclass(frozen=True)
class BriefHeadings:
    """The brief's own headings, in its language."""

    summary: str
    progress: str
    problems: str
    next_steps: str
    annex: str


@dataclass(frozen=True)
class Brief:
    """A written brief (简报); what the Word export writes."""

    title: str
    subtitle: str  # geography · month
    issue: str
    issuer: str
    headings: BriefHeadings
    summary: tuple[str, ...]
    sections: tuple[BriefSection, ...]
    targets: Annex
    counties: tuple[CountyAnnex, ...]
    about: tuple[str, ...]
    language: str  # code
