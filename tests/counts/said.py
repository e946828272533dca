"""What pages, slides and files say of how many targets stand where, read out of what they show."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pandas as pd

from dashboard.cards import Context, build_card, build_headline
from dashboard.cards.context import STATUS_SYMBOLS
from dashboard.cards.model import Card
from dashboard.indicators.status import Status
from dashboard.pages import portrait_halves

Said = tuple[str, str, int]  # where, what is counted, how many

HALVES = portrait_halves()
# 62项指标中，已达成16项，正常11项，接近0项，滞后30项，未到监测期5项，无状态1项
SENTENCE = re.compile(
    r"(?P<total>\d+)项指标中，已达成(?P<met>\d+)项，正常(?P<on_track>\d+)项，接近(?P<near>\d+)项，"
    r"滞后(?P<behind>\d+)项，未到监测期(?P<not_due>\d+)项(?:，无状态(?P<unjudged>\d+)项)?"
)
BRIEF_COUNT = re.compile(r"(已达成|正常|接近|滞后|未到监测期|无状态)(\d+)项")


def in_sentence(place: str, text: str) -> Iterator[Said]:
    """The counts of the one sentence that says them all."""
    if none_due := re.search(r"(\d+)项指标均未到监测期", text):
        yield place, "total", int(none_due[1])
        yield place, "not_due", int(none_due[1])
        return
    found = SENTENCE.search(text)
    assert found is not None, (place, text)
    for name, count in found.groupdict().items():
        yield place, name, int(count or 0)


def in_brief(place: str, text: str, words: dict[str, str]) -> Iterator[Said]:
    """The counts of a sentence that leaves out what there is none of: none is none."""
    found = {words[word]: int(count) for word, count in BRIEF_COUNT.findall(text)}
    for name in words.values():
        yield place, name, found.get(name, 0)


def overview(view: Context, words: dict[str, str]) -> Iterator[Said]:
    """总览: the headline, tiles and bars, the list of what is urgent, the statuses in tables."""
    yield from in_sentence("overview", build_headline("overview", view))
    card = build_card("overview.status_counts", view)
    for tile, status in zip(card.tiles, Status, strict=True):
        assert tile.label == view.status(status)
        yield "tile", str(status), int(tile.value)
    yield from in_bars("bars by subject", card, words)
    yield "rows by status", "total", len(card.table.frame)
    urgent = build_card("overview.urgent_gaps", view)
    yield "urgent rows", "behind", len(urgent.table.frame)
    said = re.search(r"滞后(\d+)项", urgent.finding)
    yield "urgent", "behind", int(said[1]) if said else 0


def in_bars(place: str, card: Card, words: dict[str, str], bar: str = "") -> Iterator[Said]:
    """The segments of the first chart's bars, or of one of them, added up by status."""
    frame = card.charts[0].frame
    frame = frame[frame["id"] == bar] if bar else frame
    found = frame.groupby("series")["value"].sum()
    for word, name in words.items():
        if name in set(Status):
            yield place, name, int(found.get(word, 0))


def plan(view: Context, words: dict[str, str]) -> Iterator[Said]:
    """工作要点: the headline, the lines and the table of the clauses, each clause's own page."""
    headline = build_headline("plan", view).split("；")[-1]
    yield from in_brief("plan", headline, words)
    card = build_card("plan.clauses", view)
    for name in (*map(str, Status), "none"):
        count = card.table.frame[f"targets_{name}"].sum()
        yield "clauses", "unjudged" if name == "none" else name, int(count)
    assert card.entries is not None
    lines = "".join(line.cells[1] for line in card.entries.lines)
    for status in Status:
        found = re.findall(rf"{STATUS_SYMBOLS[status]} (\d+)", lines)
        yield "lines of clauses", str(status), sum(map(int, found))
    behind = build_card("plan.found_targets", view, choice=("", "", "behind"))
    yield "ledger, filtered", "behind", int(re.findall(r"(\d+)项", behind.finding)[0])
    yield "rows, filtered", "behind", len(behind.table.frame)


def offices(city: Context, words: dict[str, str]) -> Iterator[Said]:
    """工作要点: the targets by office, which are the city's."""
    card = build_card("plan.offices", city)
    found = card.charts[1].frame.groupby("series")["value"].sum()
    for word, name in words.items():
        heading = "no status" if name == "unjudged" else word
        yield "bars by office", name, int(found.get(city.language(heading), 0))
        column = "none" if name == "unjudged" else name
        yield "table by office", name, int(card.table.frame[f"targets_{column}"].sum())


def county_page(view: Context, words: dict[str, str]) -> Iterator[Said]:
    """区县画像 of one county: headline, figures, open items, its bar and row, its marks."""
    county = view.chosen[0]
    yield from in_sentence("county", build_headline("county", view))
    findings = [build_card("county.figures", view, subjects=half).finding for half in HALVES]
    yield "figures", "behind", sum(map(int, re.findall(r"滞后(\d+)项", "".join(findings))))
    items = build_card("county.open_items", view)
    found = re.search(r"(\d+)项指标滞后", items.finding)
    yield "open items", "behind", int(found[1]) if found else 0
    yield "rows of open items", "behind", _targets_to_do(view, items)
    yield from in_bars("league", build_card("county.league", view), words, county)
    frame = build_card("county.league", view).table.frame.set_index("county")
    for name in words.values():
        yield "table of the league", name, int(frame.at[view.county(county), name])
    cells = pd.concat(c.frame for c in build_card("overview.status_matrix", view).charts)
    marks = Counter(cells.loc[cells["county_id"] == county, "status"])
    for status in Status:
        yield "marks", str(status), marks[status]


def _targets_to_do(view: Context, items: Card) -> int:
    assert items.listing is not None
    steps = view.query("county/milestones", as_of=view.filters.as_of, counties=list(view.chosen))
    return len(items.listing.frame) - int(steps["reached_month"].isna().sum())
