"""The numbers that a card's sentences may say: the cells of its frames and named derivations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from itertools import combinations, compress
from typing import NamedTuple

import numpy as np
import pandas as pd

from dashboard.cards import Context
from dashboard.cards.context import STATUS_SYMBOLS
from dashboard.cards.model import Card
from dashboard.cards.together import together_table
from dashboard.filters import CITY
from dashboard.indicators.status import Status
from tests.cards.figures import figures

HERE = "§"  # the chosen counties together, whatever they are called

TIMES = ("x", "period", "school_year", "year", "month", "year_name")
IDENTITIES = (
    *("county_id", "id", "series", "panel", "label", "stage", "sex", "level", "school_type"),
    *("kind", "qualification", "resource", "indicator_id", "indicator", "county"),
)
# Columns of one measure: how far two of them lie apart is a figure.
LINES = ("target", "expected", "pace", "planned", "plan_to_date")
LINE_STARTS = (
    *("target", "expected", "standard", "planned", "done_from", "year_plan", "required"),
    "forecast",
)
PAST = ("previous", "compared", "comparison")
NAMES = ("indicator", "panel", "figure")  # columns of names, whatever signs they hold
FILLED = ("problem", "problem_then", "reached_date", "due_month")
NO_FIGURES = ("order", "column", "year", "school_year", "baseline", "forecast_method", "place")
RATES = re.compile(
    r"pct|rate|share|comparison|pace|expected|target|difference|forecast|gap|order|column|year"
    r"|numerator|denominator|late_days|previous|_then|baseline|clause|compared"
)
ALIASES = {"滞后": ("滞后", "落后", "晚于计划")}  # a status as sentences say it
THEN = re.compile(r"_then(?=_text$|$)")  # in the name of a column of another month
MARKS = "▼◆▲●○ "


class Kind(Enum):
    """What sort of number a fact is; words beside a figure in a sentence ask for some of them."""

    VALUE = auto()
    PAST = auto()  # what stood at another month
    BASE = auto()  # what a rate is made of
    LINE = auto()  # a target, what is expected by now
    LIMIT = auto()  # the threshold of a definition
    PART = auto()  # in percent of a whole
    GAP = auto()  # to the target
    LAG = auto()  # behind or ahead of what is expected by now
    CHANGE = auto()  # from another month, year or county
    COUNT = auto()  # of rows


class Fact(NamedTuple):
    """A number, the names it belongs to, and how it came about."""

    value: float
    names: frozenset[str]
    kind: Kind
    group: tuple[int, str]  # the frame and the derivation
    how: str


class Facts:
    """The facts of a card, those together that share names, group and kind."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.alike: dict[tuple[frozenset[str], tuple[int, str], Kind], list[Fact]] = {}
        for fact in facts:
            self.alike.setdefault((fact.names, fact.group, fact.kind), []).append(fact)
        self.names = frozenset(name for names, _group, _kind in self.alike for name in names)


@dataclass(frozen=True)
class Sheet:
    """A frame with what its rows are about."""

    position: int
    frame: pd.DataFrame
    numbers: dict[str, np.ndarray]
    texts: dict[str, list[object]]
    flags: dict[str, np.ndarray]
    counties: list[str | None]
    names: list[frozenset[str]]
    owners: list[frozenset[str]]  # the county of each row, or the chosen ones together
    statuses: frozenset[str]  # as the language says them
    places: dict[str, str]  # the counties' names by their short ones
    chosen: np.ndarray  # rows of the chosen counties, or of a frame that is not split by county

    def fact(self, value: float, names: frozenset[str], kind: Kind, how: str) -> Fact:
        """A fact of this frame."""
        return Fact(float(value), names, kind, (self.position, how.split(" ")[0]), how)


def facts_of(card: Card, view: Context) -> Facts:
    """Every number that a card's sentences may say."""
    return Facts(_all_facts(card, view))


def _all_facts(card: Card, view: Context) -> list[Fact]:
    frames = [chart.frame for chart in card.charts] + [card.table.frame]
    if card.listing is not None:
        frames.append(card.listing.frame)
    if card.indicator_ids:
        frames.append(together_table(view, card.indicator_ids).frame.assign(county_id=HERE))
    facts: list[Fact] = []
    each_once = {id(frame): frame for frame in frames}
    for position, frame in enumerate(each_once.values()):
        if not frame.empty:
            facts += frame_facts(position, frame, view)
    facts += _tiles(card)
    for position, chart in enumerate(card.charts):
        lines = ((name, chart.options.get(name)) for name in ("target", "pace"))
        facts += [
            Fact(float(line), frozenset(), Kind.LINE, (position, "option"), name)
            for name, line in lines
            if isinstance(line, int | float)
        ]
    facts += [
        Fact(limit.value, frozenset(), Kind.LIMIT, (-3, "threshold"), limit.name)
        for limit in view.database.catalogue.thresholds.values()
    ]
    facts += [
        Fact(indicator.tolerance, frozenset(), Kind.LIMIT, (-3, "threshold"), "tolerance")
        for indicator in map(view.indicator, card.indicator_ids)
        if indicator.tolerance
    ]
    if card.listing is not None:
        hidden = len(card.table.frame) - len(card.listing.frame)
        facts.append(Fact(hidden, frozenset(), Kind.COUNT, (-2, "rows"), "rows not listed"))
    return facts


def frame_facts(position: int, frame: pd.DataFrame, view: Context) -> list[Fact]:
    """The cells of a frame, and what follows from them."""
    sheet = _sheet(position, frame.reset_index(drop=True), view)
    return [
        *_cells(sheet),
        *_written(sheet),
        *_apart(sheet),
        *_counted(sheet, view),
        *_summed(sheet),
        *_over_time(sheet, view),
        *_places(sheet, view),
    ]


def _sheet(position: int, frame: pd.DataFrame, view: Context) -> Sheet:
    counties = _counties(frame, view)
    owners = _owners(frame, counties, view)
    chosen = [county is None or county == HERE or county in view.chosen for county in counties]
    numbers, texts, flags = {}, {}, {}
    for name, column in frame.items():
        if column.dtype == bool:
            flags[str(name)] = column.to_numpy()
            continue
        is_mixed = column.dtype == object and all(
            value is None or (isinstance(value, int | float) and not isinstance(value, bool))
            for value in column
        )
        if pd.api.types.is_numeric_dtype(column) or is_mixed:
            numbers[str(name)] = column.astype("float64").to_numpy()
        if _is_text(column):
            texts[str(name)] = list(column)
    return Sheet(
        position,
        frame,
        numbers,
        texts,
        flags,
        counties,
        _names(texts, owners, view),
        owners,
        frozenset(view.status_word(status) for status in Status),
        {view.county_short(unit): view.county(unit) for unit in view.county_ids},
        np.array(chosen),
    )


def _is_text(column: pd.Series) -> bool:
    return column.dtype == object or pd.api.types.is_string_dtype(column)


def _counties(frame: pd.DataFrame, view: Context) -> list[str | None]:
    """The unit that each row is about; none where a frame is not split by county."""
    known = {*view.county_ids, CITY, HERE}
    for name in ("county_id", "id", "unit"):
        if name in frame and set(frame[name]) <= known:
            return [str(value) for value in frame[name]]
    names = {view.county(unit): unit for unit in (*view.county_ids, CITY)}
    for name in ("county", "label", "series"):
        if name in frame and _is_text(frame[name]) and set(frame[name]) <= set(names):
            return [names[value] for value in frame[name]]
    return [None] * len(frame)


def _owners(frame: pd.DataFrame, counties: list[str | None], view: Context) -> list[frozenset[str]]:
    """Whom each row is about: a county, or the chosen ones together, by whatever name."""
    alone = view.filters.single_county or CITY
    names = frame["series"] if "series" in frame else [""] * len(frame)
    return [
        frozenset(
            {HERE}
            if county in (None, HERE, alone) or name == view.geography
            else {view.county(county)}
        )
        for county, name in zip(counties, names, strict=True)
    ]


def _names(
    texts: dict[str, list[object]], owners: list[frozenset[str]], view: Context
) -> list[frozenset[str]]:
    """The names in each row, its owner's among them."""
    statuses = {view.status_word(status) for status in Status}
    words: list[set[str]] = [set() for _ in owners]
    for name, column in texts.items():
        if name in ("hover", "text", "quote"):
            continue
        for row, value in enumerate(column):
            if isinstance(value, str) and (
                name in NAMES or (_is_name(value) and value not in statuses)
            ):
                words[row].add(value)
    return [frozenset(found) | owner for found, owner in zip(words, owners, strict=True)]


@cache
def _is_name(word: str) -> bool:
    """Whether a cell is a name: no code, no figure, no sentence."""
    return (
        1 < len(word) < 40
        and not re.search(r"\d", word)
        and not re.match(r"[▼▲●○–×−+]", word)
        and not re.fullmatch(r"[a-z_]+", word)
        and not re.search(r"[；;:：]|→", word)
    )


# --- derivations ----------------------------------------------------------------------------------


def _cells(sheet: Sheet) -> Iterator[Fact]:
    for name, column in sheet.numbers.items():
        if name in NO_FIGURES:
            continue
        kind = _kind(name)
        for row in np.flatnonzero(~np.isnan(column)):
            yield sheet.fact(column[row], sheet.names[row], kind, f"cell {name}")


def _kind(name: str) -> Kind:
    if name in LINES or name.startswith(
        (
            "target",
            "expected",
            "standard",
            "planned",
            "done_from",
            "year_plan",
            "required",
            "forecast",
        )
    ):
        return Kind.LINE
    if name.startswith("gap"):
        return Kind.GAP
    if name in PAST or name.endswith(("_then", "_before", "_before_pct", "compared_text")):
        return Kind.PAST
    if name in ("numerator", "denominator"):
        return Kind.BASE
    if re.search(r"difference|change|contribution", name):
        return Kind.CHANGE
    return Kind.VALUE


def _written(sheet: Sheet) -> Iterator[Fact]:
    """The numbers in the words of a listing or beside a mark."""
    for name, column in sheet.texts.items():
        if name in ("hover", "alt", "quote"):
            continue
        for row, text in enumerate(column):
            if isinstance(text, str) and len(text) < 60:
                for figure in figures(text):
                    yield sheet.fact(
                        figure.value * figure.scale, sheet.names[row], _kind(name), "written"
                    )


def _apart(sheet: Sheet) -> Iterator[Fact]:
    """How far two values of one row lie apart: from the target, the pace, the past, the rest."""
    numbers = sheet.numbers
    values = ("value", "amount", "to_date")
    pairs = [
        *((a, "target", Kind.GAP) for a in values),
        *((a, b, Kind.LAG) for a in values for b in LINES if b != "target"),
        *(("value", b, Kind.CHANGE) for b in PAST),
        *((a, f"{a}{end}", Kind.CHANGE) for a in numbers for end in ("_then", "_before")),
        *((a, a.replace("_pct", "_before_pct"), Kind.CHANGE) for a in numbers if "_pct" in a),
        ("denominator", "numerator", Kind.BASE),
    ]
    for first, second, kind in pairs:
        if first != second and first in numbers and second in numbers:
            apart = numbers[first] - numbers[second]
            for row in np.flatnonzero(~np.isnan(apart)):
                yield sheet.fact(apart[row], sheet.names[row], kind, f"{first} − {second}")


def _counted(sheet: Sheet, view: Context) -> Iterator[Fact]:
    """How many rows there are: in all, with a word, flagged; and how many more are than were."""
    nobody: frozenset[str] = frozenset()
    frame = sheet.frame
    is_by_county = len(set(sheet.counties)) == len(frame) > 1
    for rows, which in ((np.full(len(frame), True), "all"), (sheet.chosen, "chosen")):
        if not is_by_county:
            yield sheet.fact(rows.sum(), nobody, Kind.COUNT, f"rows {which}")
        for name, flags in sheet.flags.items():
            if name not in ("is_total", "is_projected"):
                yield sheet.fact((flags & rows).sum(), nobody, Kind.COUNT, f"rows {name}")
                past = f"was_{name.removeprefix('is_')}"
                if past in sheet.flags:
                    more = (flags & rows).sum() - (sheet.flags[past] & rows).sum()
                    yield sheet.fact(more, nobody, Kind.CHANGE, f"rows {name} − {past}")
        for name in FILLED:
            if name in frame:
                filled = (frame[name].notna() & rows).sum()
                yield sheet.fact(filled, nobody, Kind.COUNT, f"rows with {name}")
    if {"county_id", "indicator_id", "status", "value"} <= set(frame.columns):
        units = frame[frame["county_id"].isin(view.chosen)]
        reached = (units["status"] == Status.MET).groupby(units["county_id"]).all()
        valued = units.groupby("county_id")["value"].count()
        yield sheet.fact(reached.sum(), nobody, Kind.COUNT, "places that met all")
        yield sheet.fact((valued > 0).sum(), nobody, Kind.COUNT, "places with values")
    if "target" in sheet.numbers and "status_text" in frame and not is_by_county:
        targeted = frame["status_text"][sheet.numbers["target"] > 0].str.strip(MARKS)
        yield sheet.fact(len(targeted), nobody, Kind.COUNT, "rows with a target")
        for word, count in targeted.value_counts().items():
            yield sheet.fact(count, frozenset({str(word)}), Kind.COUNT, "words with a target")
    if {"problem", "problem_then"} <= set(frame.columns):
        more = frame["problem"].notna().sum() - frame["problem_then"].notna().sum()
        yield sheet.fact(more, nobody, Kind.CHANGE, "rows problem − problem_then")
    if "difference" in sheet.numbers and not is_by_county:
        moves = sheet.numbers["difference"]
        for count in ((moves > 0).sum(), (moves < 0).sum()):
            yield sheet.fact(count, nobody, Kind.COUNT, "rows that moved")
    for name, texts in sheet.texts.items():
        words = [text for text in texts if isinstance(text, str)]
        if len(words) == len(texts):
            yield from _words(sheet, name, [word.strip(MARKS) for word in words])
            yield from _words_moved(sheet, name)
            if name in sheet.places:  # a column of marks for each county
                marks = sum(word.startswith(STATUS_SYMBOLS[Status.BEHIND]) for word in words)
                place = frozenset({sheet.places[name]})
                yield sheet.fact(marks, place, Kind.COUNT, "words marks of a county")


def _words(sheet: Sheet, name: str, words: list[str]) -> Iterator[Fact]:
    """How many rows have each word of a column, in all and in each county."""
    distinct = len(set(words))
    if THEN.search(name) or distinct == len(words) or distinct > 8:
        return
    for rows in (words, compress(words, sheet.chosen)):
        for word, count in Counter(rows).items():
            for said in _said(sheet, word):
                yield sheet.fact(count, frozenset({said}), Kind.COUNT, f"words {name}")
    if len(set(sheet.owners)) > 1:
        for (owner, word), count in Counter(zip(sheet.owners, words, strict=True)).items():
            for said in _said(sheet, word):
                names = owner | {said}
                yield sheet.fact(count, names, Kind.COUNT, f"words {name} of a county")


def _words_moved(sheet: Sheet, name: str) -> Iterator[Fact]:
    """How many more rows have each word of a column now than at the other month."""
    if not THEN.search(name) or THEN.sub("", name) not in sheet.texts:
        return
    now, then = (
        Counter(str(text).strip(MARKS) for text in sheet.texts[column])
        for column in (THEN.sub("", name), name)
    )
    for word in now | then:
        for said in _said(sheet, word):
            more = now[word] - then[word]
            yield sheet.fact(more, frozenset({said}), Kind.CHANGE, f"moved words of {name}")


def _said(sheet: Sheet, word: str) -> tuple[str, ...]:
    """How sentences say a word of a table; codes are never said."""
    if not _is_name(word) and word not in sheet.statuses:
        return ()
    return ALIASES.get(word, (word,))


def _summed(sheet: Sheet) -> Iterator[Fact]:
    """Sums over the chosen counties, their ratios, shares of them, and how they moved."""
    here = frozenset({HERE})
    parts = [(here, sheet.chosen)]
    for name in IDENTITIES:
        if name in sheet.frame and name not in ("county_id", "county"):
            column = sheet.frame[name].astype(str)
            if column.nunique() == len(column):
                continue
            parts += [
                (_part_names(sheet, mask) | here, mask & sheet.chosen)
                for word in column.unique()
                for mask in [(column == word).to_numpy()]
                if mask.sum() > 1
            ]
    time = next((name for name in TIMES if name in sheet.frame), None)
    moments = None if time is None else sheet.frame[time].astype(str).to_numpy()
    for names, rows in parts:
        for name, column in sheet.numbers.items():
            if not RATES.search(name):
                yield from _sums(sheet, names, rows, name, column, moments)
                past = sheet.numbers.get(f"{name}_then")
                if past is not None:
                    more = np.nansum(column[rows]) - np.nansum(past[rows])
                    yield sheet.fact(more, names, Kind.CHANGE, f"sum {name} − then")
        yield from _ratios(sheet, names, rows, moments)


def _part_names(sheet: Sheet, mask: np.ndarray) -> frozenset[str]:
    """The names that all rows of a part share."""
    shared = [sheet.names[row] for row in np.flatnonzero(mask)]
    return frozenset.intersection(*shared) if shared else frozenset()


def _sums(
    sheet: Sheet,
    names: frozenset[str],
    rows: np.ndarray,
    name: str,
    column: np.ndarray,
    moments: np.ndarray | None,
) -> Iterator[Fact]:
    kind = Kind.PAST if name.endswith("_before") else Kind.VALUE
    if rows.sum() > 1:
        total = float(np.nansum(column[rows]))
        yield sheet.fact(total, names, kind, f"sum {name}")
        for row in np.flatnonzero(rows) if total and name == "value" else ():
            share = column[row] / total * 100
            yield sheet.fact(share, sheet.names[row], Kind.PART, f"part {name}")
    if moments is None:
        return
    totals = {
        moment: float(np.nansum(column[rows & (moments == moment)]))
        for moment in sorted(set(moments[rows]))
    }
    last, before = max(totals, default=""), None
    for moment, total in totals.items():
        yield sheet.fact(total, names, kind, f"sum {name} at a time")
        if moment != last:
            yield sheet.fact(total - totals[last], names, Kind.CHANGE, f"moved {name}")
        if before is not None:
            yield sheet.fact(total - before, names, Kind.CHANGE, f"moved {name}")
        before = total
        for row in np.flatnonzero(rows & (moments == moment)) if total else ():
            share = column[row] / total * 100
            yield sheet.fact(share, sheet.names[row], Kind.PART, f"part {name}")


def _ratios(
    sheet: Sheet, names: frozenset[str], rows: np.ndarray, moments: np.ndarray | None
) -> Iterator[Fact]:
    parts = [rows] if moments is None else [rows & (moments == moment) for moment in set(moments)]
    for over, under in (("numerator", "denominator"), ("examined", "enrolled")):
        if over in sheet.numbers and under in sheet.numbers:
            for part in parts:
                known = part & ~np.isnan(sheet.numbers[over])
                total = np.nansum(sheet.numbers[under][known])
                if total:
                    share = np.nansum(sheet.numbers[over][known]) / total * 100
                    yield sheet.fact(share, names, Kind.VALUE, f"ratio {over} / {under}")


def _over_time(sheet: Sheet, view: Context) -> Iterator[Fact]:
    """How far the last moment of a series lies from the first, the one before and the compared."""
    time = next((name for name in TIMES if name in sheet.frame), None)
    if time is None:
        return
    moments = [str(moment) for moment in sheet.frame[time]]
    for rows in _series(sheet):
        rows.sort(key=moments.__getitem__)
        names = frozenset.intersection(*(sheet.names[row] for row in rows))
        for name, column in sheet.numbers.items():
            known = [row for row in rows if column[row] == column[row]]
            if len(known) < 2 or name == time:
                continue
            if name == "amount":
                yield sheet.fact(column[known].mean(), names, Kind.VALUE, f"mean {name}")
            past = [row for row in known if moments[row] == view.filters.compared_month]
            for other in {known[0], known[-2], *past}:
                moved = column[known[-1]] - column[other]
                yield sheet.fact(moved, names, Kind.CHANGE, f"moved {name}")
    if "sex" in sheet.frame:
        yield from _between_sexes(sheet)


def _series(sheet: Sheet) -> Iterable[list[int]]:
    """The rows of what a frame follows over time."""
    columns = [list(sheet.frame[name]) for name in IDENTITIES if name in sheet.frame]
    told_apart = [column for column in columns if len(set(column)) < len(column)]
    if not told_apart:
        return [list(range(len(sheet.frame)))]
    rows: dict[tuple[object, ...], list[int]] = {}
    for row, key in enumerate(zip(*told_apart, strict=True)):
        rows.setdefault(key, []).append(row)
    return rows.values()


def _between_sexes(sheet: Sheet) -> Iterator[Fact]:
    others = [name for name in ("stage", "year") if name in sheet.frame]
    for _key, part in sheet.frame.groupby(others, sort=False):
        for name, column in sheet.numbers.items():
            for first, second in combinations(part.index, 2):
                apart = column[first] - column[second]
                if apart == apart:
                    yield sheet.fact(apart, frozenset({HERE}), Kind.CHANGE, f"sexes {name}")


def _places(sheet: Sheet, view: Context) -> Iterator[Fact]:
    """A county's place by a value among all that have one, from either end."""
    if "value" not in sheet.numbers or None in sheet.counties:
        return
    values = {
        county: value
        for county, value in zip(sheet.counties, sheet.numbers["value"], strict=True)
        if county in view.county_ids and value == value
    }
    yield sheet.fact(len(values), frozenset(), Kind.COUNT, "places")
    scores = {county: value for county, value in values.items() if county in view.ranked}
    if "target" in sheet.numbers:  # counts are ranked by the share of the county's own target
        targets = dict(zip(sheet.counties, sheet.numbers["target"], strict=True))
        shares = {c: value / targets[c] for c, value in scores.items() if targets[c] > 0}
    else:
        shares = {}
    for ranked in (scores, shares):
        yield sheet.fact(len(ranked), frozenset(), Kind.COUNT, "places")
        for row, county in enumerate(sheet.counties):
            if county in ranked:
                for sign in (1, -1):
                    better = sum(sign * v > sign * ranked[county] for v in ranked.values())
                    yield sheet.fact(better + 1, sheet.names[row], Kind.COUNT, "place of one")


def _tiles(card: Card) -> Iterator[Fact]:
    for tile in card.tiles:
        names = frozenset({HERE, tile.label.strip("▼▲●○ ")})
        now, then = (list(figures(text)) for text in (tile.value, tile.detail))
        for figure in (*now, *then):
            value = figure.value * figure.scale
            yield Fact(value, names, Kind.VALUE, (-1, "tile"), "written on a tile")
        for first, second in zip(now, then, strict=False):
            apart = first.value - second.value
            yield Fact(apart, names, Kind.CHANGE, (-1, "tiles"), "value − detail of a tile")
