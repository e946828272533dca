"""Every county's status for every target that counties have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from dashboard import indicators
from dashboard.cards import sentences
from dashboard.cards.changes import counted, since
from dashboard.cards.context import STATUS_SYMBOLS, Context
from dashboard.cards.counting import city_counts, county_counts, none_behind
from dashboard.cards.model import Card, Chart, Column, Selects, Table
from dashboard.cards.overview.judged import status_month, status_month_text
from dashboard.cards.overview.subjects import county_indicators, page_title
from dashboard.cards.phrases import clause_words
from dashboard.cards.registry import card
from dashboard.filters import CITY
from dashboard.frames import Row, records
from dashboard.indicators import PROVISIONAL, SUPPRESSED, UNAVAILABLE
from dashboard.indicators.status import Status
from dashboard.words.language import CHINESE, ENGLISH

MISSING_MARKS = {UNAVAILABLE: "missing", SUPPRESSED: "withheld", PROVISIONAL: "provisional"}
MATRIX_PANELS = {CHINESE: 3, ENGLISH: 2}  # English names of counties need wider columns


@card("overview.status_matrix")
def status_matrix(context: Context) -> Card:
    """Every county's status for every indicator that counties have, as marks.

    The marks are the same whatever is chosen; the chosen counties' columns stand out.
    """
    _ = context.language
    month = status_month(context)
    key = ("matrix", context.filters.as_of, month, context.language)
    cells = context.database.derived(key, lambda: _cells(context, month))
    ordered = list(dict.fromkeys(cells["indicator_id"]))
    finding = _most_behind(context)
    texts = {
        **{str(status): context.status_word(status) for status in Status},
        MISSING_MARKS[UNAVAILABLE]: _("not reported"),
        MISSING_MARKS[SUPPRESSED]: _("suppressed"),
        MISSING_MARKS[PROVISIONAL]: _("provisional"),
    }
    panels = MATRIX_PANELS[context.language.code]
    return Card(
        card_id="overview.status_matrix",
        finding=finding,
        subtitle=context.subtitle(_("status of each target by county"), context.month),
        charts=tuple(
            Chart(
                "status_matrix",
                cells[cells["indicator_id"].isin(part)],
                {
                    "status_texts": texts,
                    "highlight": context.highlight,
                },
                alt=finding,
                selects=Selects.COUNTY,
            )
            for part in _parts(ordered, panels)
        ),
        chart_columns=panels,
        change=_change(context, cells),
        table=_matrix_table(context, cells),
        hint=_("A click on a mark narrows every page to that county."),
    )


def _cells(context: Context, month: str | None) -> pd.DataFrame:
    """Return a row for each indicator that counties have and each unit, the city's last.

    Only what counts has a status; ``status_then`` is that of another month, if there was a plan.
    """
    frame = indicators.values(context.database, context.filters.as_of)
    ordered = county_indicators(context)
    cells = frame[frame["indicator_id"].isin(ordered)].copy()
    for name, at in (("status", context.filters.as_of), ("status_then", month)):
        statuses = _statuses(context, at or context.filters.as_of)
        pairs = zip(cells["county_id"], cells["indicator_id"], strict=True)
        found = [statuses[county].get(indicator) for county, indicator in pairs]
        cells[name] = pd.Series([f and str(f) for f in found], cells.index, dtype="object")
    cells["indicator"] = [context.text(i, "short") for i in cells["indicator_id"]]
    labels = {c: _column_label(context, c) for c in (*context.county_ids, CITY)}
    cells["county"] = cells["county_id"].map(labels)
    cells["group"] = [page_title(context, context.indicator(i).page) for i in cells["indicator_id"]]
    # a cell without a status stays blank, unless its figure or a part of it is missing
    cells["status"] = cells["status"].where(
        cells["status"].notna(), cells["missing"].map(MISSING_MARKS).fillna("")
    )
    cells["hover"] = [_cell_text(context, row) for row in records(cells)]
    cells["order"] = cells["indicator_id"].map({name: n for n, name in enumerate(ordered)})
    columns = {county: n for n, county in enumerate((*context.county_ids, CITY))}
    cells["column"] = cells["county_id"].map(columns)
    return cells.sort_values(["order", "column"], kind="stable")


def _statuses(context: Context, as_of: str) -> Mapping[str, Mapping[str, Status | None]]:
    """Every unit's counted statuses by indicator, and the city's."""
    found = {county: county_counts(context, county, as_of) for county in context.county_ids}
    found[CITY] = city_counts(context, as_of)
    return {unit: counts.statuses for unit, counts in found.items()}


def _behind(cells: pd.DataFrame, column: str) -> pd.Series:
    """Return how many counties are behind on each target, in the targets' order."""
    is_behind = (cells[column] == Status.BEHIND) & (cells["county_id"] != CITY)
    return is_behind.groupby(cells["order"]).sum()


def _change(context: Context, cells: pd.DataFrame) -> str:
    """Say how many more or fewer of the counties' marks are those of being behind."""
    _ = context.language
    month = status_month(context)
    if month is None:
        return since(context, _("no plan, no status"))
    now, then = (int(_behind(cells, name).sum()) for name in ("status", "status_then"))
    change = counted(context, now, then, _("marks"))
    text = _("{now} county marks behind, {change}", now=now, change=change)
    return since(context, text, comparison=status_month_text(context, month))


def _column_label(context: Context, county_id: str) -> str:
    return context.language("City") if county_id == CITY else context.county_short(county_id)


def _cell_text(context: Context, row: Row) -> str:
    indicator_id = str(row["indicator_id"])
    status = row["status"] if row["status"] in list(Status) else None
    return sentences.sentence(
        context,
        f"{context.county(str(row['county_id']))} {context.text(indicator_id, 'short')} "
        f"{context.shown(indicator_id, row)}",
        context.status(status) if status else "",
        sentences.missing_sentence(context, {indicator_id: row["missing_periods"]}),
        sentences.gap_sentence(context, indicator_id, row),
        clause_words(context, indicator_id),
    )


def _most_behind(context: Context) -> str:
    _ = context.language
    counts = {county: county_counts(context, county) for county in context.county_ids}
    behind = {county: own.by_status[Status.BEHIND] for county, own in counts.items()}
    most = max(behind.values())
    if not most:
        return none_behind(context, *counts.values())
    return _(
        "{counties}: behind on most targets, {count}",
        counties=_.listed([context.county(county) for county in behind if behind[county] == most]),
        count=most,
    )


def _parts(items: list[str], count: int) -> Iterable[list[str]]:
    """Cut a list into a number of nearly equal parts, in order."""
    size = -(-len(items) // count)
    return (items[start : start + size] for start in range(0, len(items), size))


def _matrix_table(context: Context, cells: pd.DataFrame) -> Table:
    symbols = {str(status): symbol for status, symbol in STATUS_SYMBOLS.items()}
    marked = cells["status"].map(symbols).fillna(cells["missing"]).fillna("–")
    wide = cells.assign(symbol=marked).pivot(
        index=["order", "indicator"], columns="column", values="symbol"
    )
    labels = [_column_label(context, county) for county in (*context.county_ids, CITY)]
    wide = wide.reindex(columns=range(len(labels))).fillna("").set_axis(labels, axis=1)
    frame = wide.reset_index("indicator").reset_index(drop=True)
    for name, column in (("behind", "status"), ("behind_then", "status_then")):
        frame[name] = _behind(cells, column).to_numpy()
    return Table(
        frame,
        (
            Column("indicator", context.language("Target")),
            *(Column(label, label) for label in labels),
        ),
    )
