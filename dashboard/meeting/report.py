"""From a deck to what its slides say: every card built once, on one data version."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import msgspec
import pandas as pd

from dashboard.cards import (
    Context,
    build_card,
    card_ids,
    is_of_year,
    is_whole_city,
    sentences,
)
from dashboard.cards.counting import chosen_counts
from dashboard.cards.model import Card, Chart, Column, Table
from dashboard.city import city
from dashboard.data import Database
from dashboard.exports.documents import Annex, Report, SlidePage
from dashboard.filters import Filters
from dashboard.frames import Row, records
from dashboard.indicators import definitions
from dashboard.meeting.decks import Deck, Slide
from dashboard.palette import STATUS_GLYPHS
from dashboard.words.language import Language, language

FACTS_SHOWN = 3
# What a slide has room for, in type that can be read from the back of a room.
CALENDAR_ROWS, CALENDAR_HEIGHT = 12, 400
MATRIX_COLUMNS, MATRIX_HEIGHT = 3, 490  # more would leave no room for names
_HIGH_AS_THEIR_ROWS = {"gantt", "status_matrix", "track", "county_map"}


class UnknownCardError(LookupError):
    """A slide asks for a card that this dashboard does not have."""


def build_report(
    database: Database,
    deck: Deck,
    as_of: str,
    words: Language,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Work a deck out; ``progress`` is told how many slides of how many are done.

    A slide that names a month or a language of its own keeps it. Raises UnknownCardError.
    """
    deck = of_year(database, deck, as_of, words)
    pages = []
    for done, slide in enumerate(deck.slides):
        if progress is not None:
            progress(done, len(deck.slides))
        pages.append(build_slide(database, slide, as_of, words))
    counties = {slide.counties for slide in deck.slides}
    joint = Context(database, Filters(as_of, counties.pop() if len(counties) == 1 else ()), words)
    return Report(
        title=deck.name,
        subtitle=joint.subtitle(joint.geography, joint.month),
        issuer=city().text("issuer", words.code),
        language=words.code,
        as_of=as_of,
        data_version=database.version,
        is_sample=database.is_sample,
        pages=tuple(pages),
        about=tuple(_about(joint)),
        targets=targets_annex(joint),
        definitions=definitions_annex(joint, [i for p in pages for i in p.card.indicator_ids]),
        sources=sources_annex(joint),
    )


def of_year(database: Database, deck: Deck, as_of: str, words: Language) -> Deck:
    """Leave out the slides about what the plan of their month's year does not name."""

    def is_left_out(slide: Slide) -> bool:
        context = _context(database, slide, as_of, words)
        if slide.card not in card_ids() or not _drops_anything(context):
            return False
        return not is_of_year(context, build_card(slide.card, context, **slide.arguments))

    slides = tuple(slide for slide in deck.slides if not is_left_out(slide))
    return msgspec.structs.replace(deck, slides=slides)


def _drops_anything(context: Context) -> bool:
    return not all(map(context.is_named, context.database.catalogue.indicators))


def build_slide(database: Database, slide: Slide, as_of: str, words: Language) -> SlidePage:
    """Work one slide out. Raises UnknownCardError."""
    if slide.card not in card_ids():
        raise UnknownCardError(slide.card)
    key = ("slide", msgspec.json.encode(slide), as_of, words.code)
    return database.derived(key, lambda: _work_out(database, slide, as_of, words))


def _context(database: Database, slide: Slide, as_of: str, words: Language) -> Context:
    """Return what a slide looks at."""
    counties = () if is_whole_city(slide.card) else slide.counties
    return Context(
        database,
        Filters(slide.month or as_of, counties, slide.compare),
        language(slide.language) if slide.language else words,
    )


def _work_out(database: Database, slide: Slide, as_of: str, words: Language) -> SlidePage:
    context = _context(database, slide, as_of, words)
    card = build_card(slide.card, context, **slide.arguments)
    key = _signs(card)
    card = _fitted(context, card)
    return SlidePage(
        section=slide.section,
        title=_title(context, card),
        card=card,
        facts=tuple(_facts(card)),
        footer=_footer(context, card),
        geography=context.geography,
        language=context.language.code,
        key=key,
        note=slide.note,
        background=tuple(_background(context, card)),
    )


def _fitted(context: Context, card: Card) -> Card:
    """Fit a card into a slide: a long matrix in columns, of a calendar the first rows."""
    shapes = {chart.shape for chart in card.charts}
    if shapes == {"status_matrix"} and len(card.charts) > 1:
        panels = _panels(card.charts)
        return replace(card, charts=panels, chart_columns=len(panels))
    if len(card.charts) > 1:
        return replace(card, chart_columns=min(len(card.charts), 3))
    if shapes and not shapes & _HIGH_AS_THEIR_ROWS:
        return replace(card, charts=tuple(map(_as_high_as_it_needs, card.charts)))
    rows = len(card.charts[0].frame) if shapes == {"gantt"} else 0
    if rows <= CALENDAR_ROWS:
        return card
    note = context.language(
        "The first {shown} of {count} are shown; the workbook lists them all.",
        shown=CALENDAR_ROWS,
        count=rows,
    )
    return replace(card, charts=tuple(map(_first_rows, card.charts)), notes=(note, *card.notes))


def _panels(charts: Sequence[Chart]) -> tuple[Chart, ...]:
    """Return a matrix in columns of as many rows as each other, with what its signs mean apart."""
    whole = pd.concat([chart.frame for chart in charts])
    frame = whole.drop(columns="group", errors="ignore")
    ids = list(dict.fromkeys(frame["indicator_id"]))
    ends = [len(ids) * column // MATRIX_COLUMNS for column in range(MATRIX_COLUMNS + 1)]
    options = {**charts[0].options, "status_texts": {}, "label_em": 15.0, "height": MATRIX_HEIGHT}
    return tuple(
        replace(charts[0], frame=frame[frame["indicator_id"].isin(ids[start:end])], options=options)
        for start, end in pairwise(ends)
    )


def _as_high_as_it_needs(chart: Chart) -> Chart:
    """Return a chart without the height that it has on its page for the cards beside it."""
    options = {name: value for name, value in chart.options.items() if name != "height"}
    return replace(chart, options=options)


def _first_rows(chart: Chart) -> Chart:
    return replace(
        chart,
        frame=chart.frame.head(CALENDAR_ROWS),
        options={**chart.options, "height": CALENDAR_HEIGHT},
    )


def _signs(card: Card) -> str:
    """Return what the signs of a card's matrix mean, in one line."""
    matrices = [chart for chart in card.charts if chart.shape == "status_matrix"]
    texts = matrices[0].options["status_texts"].items() if matrices else ()
    return "　".join(f"{STATUS_GLYPHS[status]} {text}" for status, text in texts)


def _title(context: Context, card: Card) -> str:
    """Return the finding, after the place that only the card's second line names.

    For a slide stands alone.
    """
    _ = context.language
    place = context.geography
    if context.filters.is_city or place in card.finding or place not in card.subtitle:
        return card.finding
    return _("{geography}: {finding}", geography=place, finding=card.finding)


def _facts(card: Card) -> list[str]:
    """Return what changed, then the card's own notes: three lines at most."""
    return [fact for fact in (card.change, *card.notes) if fact][:FACTS_SHOWN]


def _footer(context: Context, card: Card) -> str:
    return " · ".join([*context.sources(card)[:1], context.month, *_about(context)])


def _about(context: Context) -> list[str]:
    """Which data these are, and that they are made up where they are."""
    _ = context.language
    lines = [_("data version {version}", version=context.database.version)]
    if context.database.is_sample:
        lines.append(_("Synthetic sample data"))
    return lines


def _background(context: Context, card: Card) -> Iterator[str]:
    """Measure and filters, definitions with clause and words, sources, data version."""
    _ = context.language
    yield card.subtitle
    yield context.subtitle(context.geography, context.month)
    yield _("compared with {month}", month=_.month(context.filters.compared_month))
    for indicator_id in card.indicator_ids:
        indicator = context.indicator(indicator_id)
        yield f"{context.text(indicator_id, 'name')}: {context.text(indicator_id, 'formula')}"
        yield f"{indicator.certainty} {definitions.certainty_words(_, indicator.certainty)}"
        clause = context.clause(indicator_id)
        if clause is not None:
            yield _("clause {number}: “{quote}”", number=clause["clause"], quote=clause["quote_zh"])
    yield from context.sources(card)
    yield from _about(context)


def targets_annex(context: Context) -> Annex:
    """Every target of the plan for the chosen counties together, in the plan's order."""
    _ = context.language
    rows = []
    statuses = chosen_counts(context).statuses
    for row in records(context.chosen_values()):
        indicator_id = str(row["indicator_id"])
        clause = context.clause(indicator_id)
        if clause is None:
            continue
        rows.append(
            {
                "clause": int(clause["clause"]),
                "indicator": context.text(indicator_id, "name"),
                "unit": context.text(indicator_id, "unit"),
                "period": row["period"],
                **_numbers(context, indicator_id, row),
                "status": context.status(statuses.get(indicator_id)),
                "remark": sentences.remark(context, row),
                "office": _.pick(clause["office_zh"], clause["office_en"]),
                "due": clause["due_month"],
            }
        )
    columns = (
        Column("clause", _("Clause")),
        Column("indicator", _("Target")),
        Column("unit", _("Unit")),
        Column("period", _("Period")),
        Column("value", _("Value"), decimals_column="value_decimals"),
        Column("target", _("Target value"), decimals_column="target_decimals"),
        Column("expected", _("Expected by now"), decimals_column="expected_decimals"),
        Column("missing", _("Missing"), decimals_column="missing_decimals"),
        Column("missing_unit", _("Missing: unit")),
        Column("status", _("Status")),
        Column("remark", _("What is missing")),
        Column("office", _("Responsible")),
        Column("due", _("Due")),
    )
    frame = pd.DataFrame(rows, columns=_target_columns(columns))
    frame = frame.sort_values("clause", kind="stable").reset_index(drop=True)
    return Annex(_("Targets"), Table(frame, columns))


def _target_columns(columns: Iterable[Column]) -> list[str]:
    """Every column of the frame, also where there is no row."""
    named = (name for column in columns for name in (column.name, column.decimals_column))
    return list(dict.fromkeys(name for name in named if name))


def _numbers(context: Context, indicator_id: str, row: Row) -> dict[str, object]:
    """Return a target's numbers, each with the decimals that it is written with on a page.

    What is missing is counted, as in the findings: schools to a rate of schools; an amount that
    has a unit of its own (hundred million yuan) stays in it.
    """
    indicator = context.indicator(indicator_id)
    has_own_unit = indicator.denominator != "base" and indicator.scale != 1
    numbers = {name: row[name] for name in ("value", "target", "expected")}
    numbers["missing"] = row["gap" if has_own_unit else "gap_units"]
    decimals = {
        f"{name}_decimals": 0
        if pd.isna(number) or (name == "missing" and not has_own_unit)
        else context.decimals(indicator_id, number)
        for name, number in numbers.items()
    }
    counted = context.text(indicator_id, "unit" if has_own_unit else "counted")
    unit = "" if pd.isna(numbers["missing"]) else counted
    return {**numbers, **decimals, "missing_unit": unit}


def definitions_annex(context: Context, indicator_ids: Iterable[str]) -> Annex:
    """Return what the catalogue says of indicators, each once."""
    _ = context.language
    rows = [
        (context.text(indicator_id, "name"), rule.term, rule.text)
        for indicator_id in dict.fromkeys(indicator_ids)
        for rule in definitions.indicator_rules(_, context.indicator(indicator_id))
    ]
    frame = pd.DataFrame(rows, columns=["indicator", "term", "text"])
    columns = (
        Column("indicator", _("Indicator")),
        Column("term", _("Term")),
        Column("text", _("Meaning")),
    )
    return Annex(_("Definitions"), Table(frame, columns))


def sources_annex(context: Context) -> Annex:
    """Every export of the data version: file, rows, the latest period it covers, its date."""
    _ = context.language
    rows = [
        (source.file_name, source.rows, source.latest or "", _.date(source.modified))
        for source in context.database.sources.values()
    ]
    frame = pd.DataFrame(rows, columns=["file", "rows", "latest", "modified"])
    columns = (
        Column("file", _("File")),
        Column("rows", _("Rows"), 0),
        Column("latest", _("Data to")),
        Column("modified", _("Date of the file")),
    )
    return Annex(_("Sources"), Table(frame, columns))
