"""Ready-made agendas: a meeting's slides as data, one YAML file each under data/agendas/."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec
import yaml
from msgspec import Struct

from dashboard.meeting.decks.deck import Deck, Slide, new_deck_id
from dashboard.words.language import Language


class _Item(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A card; ``each: county`` repeats it for every county of the deck, or for all of them.

    ``without`` are counties that the card has nothing to say about; whoever asks for them gets it.
    """

    card: str
    arguments: Mapping[str, str | tuple[str, ...]] = {}
    each: Literal["county"] | None = None
    without: tuple[str, ...] = ()


class _Section(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    title_zh: str
    title_en: str
    slides: tuple[_Item, ...]


class Agenda(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A meeting's slides by section. ``needs_county``: it is about one county."""

    agenda_id: str
    title_zh: str
    title_en: str
    needs_county: bool = False
    order: int = 100  # among the agendas, the smallest first
    sections: tuple[_Section, ...]


class AgendaError(ValueError):
    """A file that is no agenda; the message names the file and what is wrong."""


def agendas(folder: Path) -> dict[str, Agenda]:
    """Read all agendas of a folder, by id, in the order that they ask for. Raises AgendaError."""
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
            agenda = msgspec.convert({"agenda_id": path.stem, **content}, Agenda)
        except (yaml.YAMLError, TypeError, UnicodeDecodeError, msgspec.ValidationError) as error:
            raise AgendaError(f"{path.name}: {' '.join(str(error).split())}") from None
        found[agenda.agenda_id] = agenda
    return dict(sorted(found.items(), key=lambda item: (item[1].order, item[0])))


def deck_of(
    agenda: Agenda,
    language: Language,
    county_names: Mapping[str, str],
    counties: Sequence[str] = (),
) -> Deck:
    """Lay out an agenda's deck; ``county_names`` are all counties in the official order.

    ``counties`` narrows every slide; none means the whole city.
    """
    name = language.pick(agenda.title_zh, agenda.title_en)
    if len(counties) == 1:
        name = language.pick(
            f"{name}（{county_names[counties[0]]}）", f"{name}: {county_names[counties[0]]}"
        )
    slides = [
        Slide(
            card=item.card,
            arguments=item.arguments,
            counties=tuple(chosen),
            section=language.pick(section.title_zh, section.title_en),
        )
        for section in agenda.sections
        for item in section.slides
        for chosen in _choices(item, counties, county_names)
    ]
    return Deck(deck_id=new_deck_id(), name=name, slides=tuple(slides))


def _choices(
    item: _Item, counties: Sequence[str], all_counties: Iterable[str]
) -> list[Sequence[str]]:
    """Return the counties of each slide that an item becomes."""
    if item.each is None:
        return [counties]
    if counties:
        return [[county] for county in counties]
    return [[county] for county in all_counties if county not in item.without]
