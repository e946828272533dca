"""总览: how many targets are met, where it is urgent, what has changed, and the whole matrix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from dashboard import indicators
from dashboard.cards import sentences
from dashboard.cards.context import STATUS_SYMBOLS, Context
from dashboard.cards.registry import card, headline
from dashboard.filters import CITY, shift_month
from dashboard.frames import Row, records
from dashboard.language import CHINESE, ENGLISH
from dashboard.report import Card, Chart, Column, Selects, Table, Tile
from dashboard.status import Status

URGENT_SHOWN = 10
CHANGES_SHOWN = 6
MATRIX_PANELS = {CHINESE: 3, ENGLISH: 2}  # English names of counties need wider columns

PAGES = ("enrollment", "health", "teachers", "construction", "quality", "skills", "tutoring")


def page_title(context: Context, page: str) -> str:
    """Return a page's name as the navigation writes it."""
    _ = context.language
    return {
        "enrollment": _("Enrollment"),
        "health": _("Health"),
        "teachers": _("Teachers"),
        "construction": _("Construction"),
        "quality": _("Quality and accreditation"),
        "skills": _("Vocational and higher education"),
        "tutoring": _("Tutoring reform"),
    }[page]


@headline("overview")
def overview_headline(context: Context) -> str:
    """How many of the plan's targets stand where."""
    _ = context.language
    counts = _judged(context)["status"].value_counts()
    return _(
        "{geography}, {month}: of {total} targets {met} met, {on_track} on track, "
        "{behind} behind, {not_due} not due yet",
        geography=context.geography,
        month=context.month,
        total=int(counts.sum()),
        **{str(status): int(counts.get(status, 0)) for status in Status},
    )


@card("overview.status_counts")
def status_counts(context: Context) -> Card:
    """The number of targets in each status, in all and by subject."""
    _ = context.language
    judged = _judged(context)
    counts = judged["status"].value_counts()
    past = _judged(context, shift_month(context.filters.as_of, -1))["status"].value_counts()
    tiles = tuple(
        Tile(
            context.status(status),
            context.language.number(int(counts.get(status, 0))),
            _("last month {count}", count=int(past.get(status, 0))),
        )
        for status in Status
    )
    by_page = Counter(zip(judged["page"], judged["status"], strict=True))
    totals = Counter(judged["page"])
    rows = [
        {
            "id": page,
            "label": page_title(context, page),
            "series": context.status_word(status),
            "value": by_page[page, status] or None,
            "text": context.language.number(by_page[page, status]),
            "total_text": context.language.number(totals[page]),
        }
        for page in PAGES
        if page in totals
        for status in Status
    ]
    frame = pd.DataFrame(rows)
    behind = {page: by_page[page, Status.BEHIND] for page in totals}
    most = max(PAGES, key=lambda page: behind.get(page, 0))
    finding = (
        _(
            "Most targets that are behind belong to {subject}: {count}",
            subject=page_title(context, most),
            count=behind[most],
        )
        if behind.get(most)
        else _("No target is behind")
    )
    return Card(
        card_id="overview.status_counts",
        finding=finding,
        subtitle=context.subtitle(
            _("number of targets by status"), context.geography, context.month
        ),
        tiles=tiles,
        charts=(
            Chart(
                "stacked_bar",
                frame,
                {"colours": [str(status) for status in Status], "height": 290},
                alt=finding,
            ),
        ),
        table=_indicator_table(context, judged),
    )


@card("overview.urgent_gaps")
def urgent_gaps(context: Context) -> Card:
    """The targets furthest behind: what is missing in absolute terms, where, and whose it is."""
    _ = context.language
    behind = _judged(context).query("status == @Status.BEHIND").copy()
    behind["shortfall"] = [_shortfall(row) for row in records(behind)]
    behind = behind.sort_values("shortfall", ascending=False, kind="stable")
    rows = [_urgent_row(context, row) for row in records(behind.head(URGENT_SHOWN))]
    listing = Table(
        pd.DataFrame(rows, columns=["id", "indicator", "value", "gap", "where", "office"]),
        (
            Column("indicator", _("Target behind"), leads_to=Selects.INDICATOR, id_column="id"),
            Column("value", _("Now / target")),
            Column("gap", _("Missing")),
            *((Column("where", _("Furthest behind")),) if context.filters.is_city else ()),
            Column("office", _("Responsible")),
        ),
    )
    finding = (
        _("Most urgent: {names}", names=context.language.listed([r["indicator"] for r in rows[:3]]))
        if rows
        else _("No target is behind")
    )
    return Card(
        card_id="overview.urgent_gaps",
        finding=finding,
        subtitle=context.subtitle(
            _("targets behind, largest shortfall first"), context.geography, context.month
        ),
        listing=listing if rows else None,
        table=_indicator_table(context, behind),
        indicator_ids=tuple(behind["indicator_id"].head(URGENT_SHOWN)),
    )


@card("overview.status_changes")
def status_changes(context: Context) -> Card:
    """Targets whose status differs from that of the compared month, with the number behind it."""
    _ = context.language
    month = shift_month(context.filters.as_of, -1)
    now = _judged(context)
    before = context.chosen_values(month)[["status", "value"]].add_suffix("_before")
    joined = now.join(before)
    changed = joined[joined["status"] != joined["status_before"]].copy()
    order = {Status.BEHIND: 0, Status.MET: 1, Status.ON_TRACK: 2, Status.NOT_DUE: 3}
    changed["rank"] = [order[Status(status)] for status in changed["status"]]
    changed = changed.sort_values("rank", kind="stable")
    changed["indicator"] = [context.text(i, "short") for i in changed["indicator_id"]]
    changed["now"] = [context.status(status) for status in changed["status"]]
    changed["before"] = [
        context.status(status) if isinstance(status, str) else context.status(None)
        for status in changed["status_before"]
    ]
    changed["numbers"] = [
        f"{_short_value(context, row, 'value_before')} → {_short_value(context, row, 'value')}"
        for row in records(changed)
    ]
    columns = (
        Column("indicator", _("Target")),
        Column("before", context.language.month(month)),
        Column("now", context.month),
        Column("numbers", _("Value")),
    )
    counts = changed["status"].value_counts()
    finding = (
        _(
            "Since {month}: {met} newly met, {behind} newly behind",
            month=context.language.month(month),
            met=int(counts.get(Status.MET, 0)),
            behind=int(counts.get(Status.BEHIND, 0)),
        )
        if len(changed)
        else _("No status has changed since {month}", month=context.language.month(month))
    )
    notes: tuple[str, ...] = ()
    if len(changed) > CHANGES_SHOWN:
        notes = (_("{count} more in the table", count=len(changed) - CHANGES_SHOWN),)
    return Card(
        card_id="overview.status_changes",
        finding=finding,
        subtitle=context.subtitle(_("changes of status"), context.geography, context.month),
        listing=Table(changed.head(CHANGES_SHOWN), columns) if len(changed) else None,
        table=Table(changed, columns),
        notes=notes,
    )


@card("overview.status_matrix", whole_city=True)
def status_matrix(context: Context) -> Card:
    """Every county's status for every indicator that counties have, as marks."""
    _ = context.language
    frame = indicators.values(context.database, context.filters.as_of)
    plan = context.database.catalogue.indicators
    by_county = [i for i in plan if not context.is_city_only(i) and plan[i].kind != "county_count"]
    ordered = [i for page in PAGES for i in by_county if plan[i].page == page]
    cells = frame[frame["indicator_id"].isin(ordered)].copy()
    cells["indicator"] = [context.text(i, "short") for i in cells["indicator_id"]]
    labels = {c: _column_label(context, c) for c in (*context.county_ids, CITY)}
    cells["county"] = cells["county_id"].map(labels)
    cells["group"] = [page_title(context, plan[i].page) for i in cells["indicator_id"]]
    # a cell without a status stays blank, unless its figure is missing
    cells["status"] = cells["status"].where(
        cells["status"].notna(), cells["missing"].map({"x": "missing"}).fillna("")
    )
    cells["hover"] = [_cell_text(context, row) for row in records(cells)]
    cells["order"] = cells["indicator_id"].map({name: n for n, name in enumerate(ordered)})
    columns = {county: n for n, county in enumerate((*context.county_ids, CITY))}
    cells["column"] = cells["county_id"].map(columns)
    cells = cells.sort_values(["order", "column"], kind="stable")
    behind = cells[(cells["status"] == Status.BEHIND) & (cells["county_id"] != CITY)]
    finding = _most_behind(context, behind)
    texts = {str(status): context.status_word(status) for status in Status}
    panels = MATRIX_PANELS[context.language.code]
    return Card(
        card_id="overview.status_matrix",
        finding=finding,
        subtitle=context.subtitle(_("status of each target by county"), context.month),
        charts=tuple(
            Chart(
                "status_matrix",
                cells[cells["indicator_id"].isin(part)],
                {"status_texts": {**texts, "missing": _("not reported")}},
                alt=finding,
                selects=Selects.COUNTY,
            )
            for part in _parts(ordered, panels)
        ),
        chart_columns=panels,
        table=_matrix_table(context, cells),
        notes=(_("A click on a mark narrows every page to that county."),),
    )


def _judged(context: Context, as_of: str | None = None) -> pd.DataFrame:
    """The chosen counties' targets that have a status, with the page each belongs to."""
    frame = context.chosen_values(as_of)
    judged = frame[frame["status"].notna()].copy()
    judged["page"] = [context.indicator(i).page for i in judged["indicator_id"]]
    return judged


def _shortfall(row: Row) -> float:
    """How far a value lies behind what was due, as a share of it; direction counts as its gap."""
    value, expected = row["value"], row["expected"]
    if not isinstance(value, float) or not isinstance(expected, (int, float)) or expected == 0:
        return 0.0
    return abs(expected - value) / abs(expected)


def _urgent_row(context: Context, row: Row) -> dict[str, str]:
    indicator_id = str(row["indicator_id"])
    clause = context.clause(indicator_id)
    office = (
        "" if clause is None else context.language.pick(clause["office_zh"], clause["office_en"])
    )
    aim: float | None = row["target"] if not pd.isna(row["target"]) else row["previous"]
    now = context.language.number(row["value"], context.indicator(indicator_id).decimals)
    return {
        "id": indicator_id,
        "indicator": context.text(indicator_id, "short"),
        "value": f"{now}/{context.value(indicator_id, aim)}",
        "gap": sentences.gap_sentence(context, indicator_id, row),
        "where": sentences.furthest_sentence(
            context, indicator_id, context.standings(indicator_id)
        ),
        "office": office,
    }


def _short_value(context: Context, row: Row, field: str) -> str:
    value = row[field]
    indicator_id = str(row["indicator_id"])
    return context.value(indicator_id, value if isinstance(value, float) else None)


def _column_label(context: Context, county_id: str) -> str:
    return context.language("City") if county_id == CITY else context.county_short(county_id)


def _cell_text(context: Context, row: Row) -> str:
    indicator_id = str(row["indicator_id"])
    value = row["value"] if isinstance(row["value"], float) else None
    status = row["status"] if row["status"] in list(Status) else None
    return sentences.sentence(
        context,
        f"{context.county(str(row['county_id']))} {context.text(indicator_id, 'short')} "
        f"{context.value(indicator_id, value)}",
        context.status(status) if status else "",
        sentences.gap_sentence(context, indicator_id, row),
    )


def _most_behind(context: Context, behind: pd.DataFrame) -> str:
    _ = context.language
    if behind.empty:
        return _("No county is behind on any target")
    counts = behind["county_id"].value_counts()
    worst = [c for c in context.county_ids if counts.get(c, 0) == counts.max()]
    return _(
        "{counties}: behind on most targets, {count}",
        counties=context.language.listed([context.county(c) for c in worst]),
        count=int(counts.max()),
    )


def _parts(items: list[str], count: int) -> Iterable[list[str]]:
    """Cut a list into a number of nearly equal parts, in order."""
    size = -(-len(items) // count)
    return (items[start : start + size] for start in range(0, len(items), size))


def _indicator_table(context: Context, frame: pd.DataFrame) -> Table:
    _ = context.language
    numbers = {
        name: [
            round(value, context.indicator(i).decimals)
            for i, value in zip(frame["indicator_id"], frame[name].astype(float), strict=True)
        ]
        for name in ("value", "target", "expected")
    }
    return Table(
        frame.assign(
            **numbers,
            indicator=[context.text(i, "name") for i in frame["indicator_id"]],
            unit=[context.text(i, "unit") for i in frame["indicator_id"]],
            status_text=[context.status(status) for status in frame["status"]],
        ),
        (
            Column("indicator", _("Target")),
            Column("unit", _("Unit")),
            Column("period", _("Period")),
            Column("value", _("Value")),
            Column("target", _("Target value")),
            Column("expected", _("Expected by now")),
            Column("status_text", _("Status")),
        ),
    )


def _matrix_table(context: Context, cells: pd.DataFrame) -> Table:
    symbols = {str(status): symbol for status, symbol in STATUS_SYMBOLS.items()}
    wide = cells.assign(symbol=cells["status"].map(symbols).fillna("x")).pivot(
        index=["order", "indicator"], columns="column", values="symbol"
    )
    labels = [_column_label(context, county) for county in (*context.county_ids, CITY)]
    wide = wide.reindex(columns=range(len(labels))).fillna("").set_axis(labels, axis=1)
    frame = wide.reset_index("indicator").reset_index(drop=True)
    return Table(
        frame,
        (
            Column("indicator", context.language("Target")),
            *(Column(label, label) for label in labels),
        ),
    )
