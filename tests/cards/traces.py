"""Where the numbers of a sentence come from: the cells of a card's frames and a few derivations.

A sentence is cut into clauses. A clause names what it is about (a county, a stage, an indicator),
so its numbers must come from rows that carry that name, or follow from them by one of the named
derivations below. Dates, and the thresholds of definitions, are no figures and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pandas as pd

from dashboard.cards import Context
from dashboard.cards.together import together_table
from dashboard.filters import CITY
from dashboard.report import Card

HERE = "§"  # the chosen counties together, whatever they are called

_NUMBER = r"(?<![\d.,])[−+-]?\d+(?:,\d{3})*(?:\.\d+)?(?![\d])"
_FIGURE = re.compile(rf"(?P<number>{_NUMBER})(?P<scale>万|亿| m yuan| bn yuan| million)?")
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Oct|Nov|Dec"
_DATES = re.compile(
    r"20\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?"
    r"|20\d\d[–-]20\d\d(?:学年)?|20\d\d学年|20\d\d/\d\d"
    rf"|(?:\d{{1,2}} )?(?:{_MONTHS}) 20\d\d|(?<![\d.,])20\d\d(?![\d.,])"
)
_CLAUSES = re.compile(r"[；;：、，。·()（）]|, (?=\D)|: | and |和(?=\S)|\. ")
_SCALES = {"万": 1e4, "亿": 1e8, " m yuan": 1e6, " million": 1e6, " bn yuan": 1e9, None: 1.0}
# Columns that hold the same measure, so that the difference of two of them is a figure.
_LIKE = ("value", "target", "expected", "pace", "previous", "compared", "comparison")
_LINES = (("to_date", "plan_to_date"), ("amount", "planned"), ("denominator", "numerator"))
_TIMES = ("x", "period", "school_year", "year", "month", "label")


@dataclass(frozen=True)
class Fact:
    """A number that a sentence may say, what it is about, and how it came about."""

    value: float
    labels: frozenset[str]
    frame: int
    how: str


@dataclass(frozen=True)
class Figure:
    """A number as a sentence prints it."""

    text: str
    value: float
    decimals: int
    scale: float
    start: int

    def is_printed(self, value: float) -> bool:
        """Whether a value reads like this at the decimals shown; amounts may be scaled already."""
        return any(
            abs(abs(value) / scale - abs(self.value)) <= 0.5 * 10**-self.decimals + 1e-9
            for scale in {1.0, self.scale}
        )


def untraced(sentence: str, facts: list[Fact], view: Context, known: Iterable[float]) -> list[str]:
    """Return the figures of a sentence that are no facts; ``known`` are allowed everywhere."""
    text = _without_names(sentence, facts, view)
    labels = {label for fact in facts for label in fact.labels}
    missing = []
    about: frozenset[str] = frozenset({HERE})
    for clause in _clauses(text):
        named = frozenset(label for label in labels if label in clause)
        about = named or about
        candidates = _candidates(facts, about)
        for figure in figures(clause):
            values = [*(fact.value for fact in candidates), *known]
            if not any(figure.is_printed(value) for value in values):
                missing.append(figure.text)
    return missing


def figures(text: str) -> Iterator[Figure]:
    """Every number of a text in which dates and names have been left out."""
    for match in _FIGURE.finditer(text):
        number = re.sub(r"[,+]", "", match["number"]).replace("−", "-")
        decimals = len(number.partition(".")[2])
        yield Figure(
            match["number"], float(number), decimals, _SCALES[match["scale"]], match.start()
        )


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSES.split(text) if clause.strip()]


def _without_names(sentence: str, facts: list[Fact], view: Context) -> str:
    """A sentence without its dates, and without the names that hold digits."""
    names = {label for fact in facts for label in fact.labels if re.search(r"\d", label)}
    for name in sorted(names, key=len, reverse=True):
        sentence = sentence.replace(name, "")
    sentence = _DATES.sub("", sentence)
    for unit in ("/10万", "per 100,000"):
        sentence = sentence.replace(unit, "")
    return sentence.replace(view.geography, HERE)


def _candidates(facts: list[Fact], about: frozenset[str]) -> list[Fact]:
    """The facts about what a clause names: of every frame those that carry most of the names."""
    best: dict[int, int] = {}
    for fact in facts:
        shared = len(fact.labels & about)
        best[fact.frame] = max(best.get(fact.frame, 0), shared)
    return [
        fact
        for fact in facts
        if not fact.labels or (fact.labels & about and len(fact.labels & about) == best[fact.frame])
    ]


# --- the facts of a card --------------------------------------------------------------------------


def facts_of(card: Card, view: Context) -> list[Fact]:
    """Every number that a card's sentences may say."""
    listing = [] if card.listing is None else [card.listing.frame]
    frames = [chart.frame for chart in card.charts] + [card.table.frame] + listing
    if card.indicator_ids:
        frames.append(together_table(view, card.indicator_ids).frame.assign(county_id=HERE))
    tiles = [{"name": t.label, "value": t.value, "detail": t.detail} for t in card.tiles]
    frames.append(pd.DataFrame(tiles))
    facts: list[Fact] = []
    for position, frame in enumerate(frames):
        facts += _frame_facts(position, frame.reset_index(drop=True), view)
    return facts


def _frame_facts(position: int, frame: pd.DataFrame, view: Context) -> list[Fact]:
    if frame.empty:
        return []
    counties = _counties(frame, view)
    labels = [_labels(row, county, view) for row, county in zip(_rows(frame), counties, strict=True)]
    numbers = {
        str(name): pd.to_numeric(frame[name]).astype("float64")
        for name in frame.columns
        if pd.api.types.is_numeric_dtype(frame[name]) and frame[name].dtype != bool
    }
    numbers |= {
        str(name): pd.to_numeric(frame[name], errors="coerce")
        for name in frame.columns
        if frame[name].dtype == object
        and all(v is None or isinstance(v, int | float) for v in frame[name])
    }
    found = [
        Fact(value, labels[row], position, name)
        for name, column in numbers.items()
        for row, value in enumerate(column)
        if value == value
    ]
    found += _written(position, frame, labels)
    found += _row_differences(position, numbers, labels)
    found += _counted(position, frame, labels)
    found += _summed(position, frame, numbers, labels, counties, view)
    found += _over_time(position, frame, numbers, labels)
    found += _places(position, numbers, labels, counties, view)
    return found


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [dict(zip(map(str, frame.columns), row, strict=True)) for row in frame.to_numpy(object)]


def _counties(frame: pd.DataFrame, view: Context) -> list[str | None]:
    """The unit that each row is about; none where a frame is not split by county."""
    known = {*view.county_ids, CITY, HERE}
    for name in ("county_id", "id", "unit"):
        if name in frame and set(frame[name]) <= known:
            return [str(value) for value in frame[name]]
    names = {view.county(unit): unit for unit in (*view.county_ids, CITY)}
    for name in frame.columns:
        if frame[name].dtype == object and set(frame[name]) <= set(names):
            return [names[value] for value in frame[name]]
    return [None] * len(frame)


def _labels(row: dict[str, Any], county: str | None, view: Context) -> frozenset[str]:
    """What a row is about: its words, and the chosen counties where it is about all of them."""
    words = {
        value.strip("▼▲●○ ")
        for value in row.values()
        if isinstance(value, str) and len(value) < 40 and not re.fullmatch(r"[\W\d]*", value)
    }
    words = {word for word in words if not re.match(rf"{_NUMBER}", word) and len(word) > 1}
    alone = view.filters.single_county or CITY
    if county in (None, HERE, alone):
        return frozenset({*words, HERE})
    return frozenset({*words, view.county(county)})


def _written(position: int, frame: pd.DataFrame, labels: list[frozenset[str]]) -> list[Fact]:
    """The numbers in the words of a listing, a tile or beside a mark."""
    return [
        Fact(figure.value * scale, labels[row], position, f"written in {name}")
        for name in frame.columns
        if frame[name].dtype == object and name not in ("hover", "alt")
        for row, value in enumerate(frame[name])
        if isinstance(value, str) and len(value) < 60
        for figure in figures(_DATES.sub("", value))
        for scale in {1.0, figure.scale}
    ]


def _row_differences(
    position: int, numbers: dict[str, pd.Series], labels: list[frozenset[str]]
) -> list[Fact]:
    """How far the values of one row lie apart: a value from its target, its pace or the past."""
    pairs = [*combinations([name for name in _LIKE if name in numbers], 2), *_LINES]
    pairs += [(name, f"{name}_then") for name in numbers] + [(name, f"{name}_before") for name in numbers]
    pairs += [(name, name.replace("_pct", "_before_pct")) for name in numbers if "_pct" in name]
    return [
        Fact(difference, labels[row], position, f"{first} − {second}")
        for first, second in pairs
        if first in numbers and second in numbers
        for row, difference in enumerate(numbers[first] - numbers[second])
        if difference == difference
    ]


def _counted(position: int, frame: pd.DataFrame, labels: list[frozenset[str]]) -> list[Fact]:
    """How many rows there are, by word, with a value, above zero, true; and the differences."""
    found = [Fact(float(len(frame)), frozenset(), position, "rows")]
    for name in frame.columns:
        column = frame[name]
        found.append(Fact(float(column.notna().sum()), frozenset(), position, f"{name} filled"))
        if column.dtype == bool:
            found.append(Fact(float(column.sum()), frozenset(), position, f"{name} true"))
        elif pd.api.types.is_numeric_dtype(column):
            above = float((column > 0).sum())
            found.append(Fact(above, frozenset(), position, f"{name} above zero"))
        elif column.dtype == object and all(isinstance(v, str | None) for v in column):
            for word, count in column.value_counts().items():
                label = frozenset({str(word).strip("▼▲●○ ")})
                found.append(Fact(float(count), label, position, f"{name} is {word}"))
    return found


def _summed(
    position: int,
    frame: pd.DataFrame,
    numbers: dict[str, pd.Series],
    labels: list[frozenset[str]],
    counties: list[str | None],
    view: Context,
) -> list[Fact]:
    """Sums, and ratios of sums, over the chosen counties; by period and by word where rows have."""
    units = pd.Series(counties)
    is_chosen = units.isna() | units.isin(view.chosen)
    groups: list[tuple[frozenset[str], pd.Series]] = [(frozenset({HERE}), is_chosen)]
    times = [name for name in _TIMES if name in frame]
    words = sorted({word for row in labels for word in row} - {HERE})
    masks = {word: pd.Series([word in row for row in labels]) for word in words[:80]}
    groups += [(frozenset({HERE, word}), is_chosen & mask) for word, mask in masks.items()]
    found = []
    for about, rows in groups:
        parts = [rows]
        for time in times:
            parts += [rows & (frame[time] == moment) for moment in frame[time][rows].unique()]
        for part in parts:
            for name, column in numbers.items():
                if part.sum() > 1:
                    found.append(Fact(float(column[part].sum()), about, position, f"sum of {name}"))
            found += _ratios(position, numbers, part, about)
    return found


_RATIOS = (("numerator", "denominator"), ("examined", "enrolled"))


def _ratios(
    position: int, numbers: dict[str, pd.Series], part: pd.Series, about: frozenset[str]
) -> list[Fact]:
    found = []
    for over, under in _RATIOS:
        if over in numbers and under in numbers:
            known = part & numbers[over].notna()
            total = float(numbers[under][known].sum())
            if total:
                share = float(numbers[over][known].sum()) / total * 100
                found.append(Fact(share, about, position, f"{over} / {under}"))
    return found


def _over_time(
    position: int,
    frame: pd.DataFrame,
    numbers: dict[str, pd.Series],
    labels: list[frozenset[str]],
) -> list[Fact]:
    """How far two moments of one series lie apart, and the average of the moments."""
    time = next((name for name in _TIMES if name in frame), None)
    if time is None:
        return []
    moments = set(frame[time].astype(str))
    found = []
    keys = [frozenset(word for word in row if word not in moments) for row in labels]
    for key in dict.fromkeys(keys):
        rows = pd.Series([other == key for other in keys])
        for name, column in numbers.items():
            known = column[rows].dropna()
            if len(known) > 1 and name != time:
                found.append(Fact(float(known.mean()), key, position, f"mean of {name}"))
                ends = {known.iloc[-1] - other for other in known.iloc[:-1]}
                found += [Fact(float(d), key, position, f"change of {name}") for d in ends]
    return found


def _places(
    position: int,
    numbers: dict[str, pd.Series],
    labels: list[frozenset[str]],
    counties: list[str | None],
    view: Context,
) -> list[Fact]:
    """A county's place by a value among all that have one, from either end."""
    if "value" not in numbers or None in counties:
        return []
    values = {
        county: value
        for county, value in zip(counties, numbers["value"], strict=True)
        if county in view.county_ids and value == value
    }
    found = [Fact(float(len(values)), frozenset(), position, "counties with a value")]
    for row, county in enumerate(counties):
        if county in values:
            for better in (
                sum(value > values[county] for value in values.values()),
                sum(value < values[county] for value in values.values()),
            ):
                found.append(Fact(better + 1.0, labels[row], position, "place"))
    return found
