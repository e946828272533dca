"""From a number to its rows: data version, delivery, file, rows; behind one switch."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.archive import ArchiveError
from dashboard.cards import Context
from dashboard.deliveries.checking.trace import (
    PLACE_COLUMNS,
    ChangedFilesError,
    FileOrigin,
    TracedExport,
    trace,
)
from dashboard.ui.data import archive
from dashboard.ui.deliveries.names import moment, version_words
from dashboard.ui.download import csv_of
from dashboard.ui.text import markdown

_LISTED_ROWS = 200
_LISTED_FILES = 5
_TALLEST, _ROW = 320, 35  # pixels


def show_version(context: Context) -> None:
    """Say which published version the numbers are of."""
    _ = context.language
    published = context.database.published
    if published is None:
        st.caption(
            _("Data version {version}, from the data folder", version=context.database.version)
        )
        return
    said = _("Data: {version}", version=version_words(_, published))
    st.caption(markdown(_.pick("；", "; ").join(filter(None, (said, published.reason)))))


def show_lineage(context: Context, indicator_ids: Sequence[str], key: str) -> None:
    """Offer the files and rows behind some indicators, for the chosen counties and month."""
    _ = context.language
    if not indicator_ids or not st.toggle(_("Files and rows behind it"), key=f"lineage-{key}"):
        return
    chosen = indicator_ids[0]
    if len(indicator_ids) > 1:
        chosen = st.selectbox(
            _("Indicator"),
            indicator_ids,
            format_func=lambda name: context.text(name, "name"),
            key=f"lineage-of-{key}",
            label_visibility="collapsed",
        )
    filters = context.filters
    counties = () if context.is_city_only(chosen) else filters.counties
    try:
        found = context.database.derived(
            ("lineage", chosen, counties, filters.as_of),
            lambda: trace(archive(), context.database, chosen, counties, filters.as_of),
        )
    except ArchiveError as error:
        st.warning(markdown(_.pick(error.message_zh, error.message_en)))
        return
    except ChangedFilesError:
        st.warning(_("The files in the data folder were replaced; reload the page."))
        return
    if not found:
        st.caption(_("There are no rows: it is not reported for this month."))
    for traced in found:
        _show_export(context, traced, f"{key}-{chosen}-{traced.resource}")


def _show_export(context: Context, traced: TracedExport, key: str) -> None:
    _ = context.language
    rows = _.plural("{count} row", "{count} rows", len(traced.rows))
    st.markdown(f"**{markdown(traced.title)}** · {rows}")
    lines = [_origin_words(context, origin) for origin in traced.origins[:_LISTED_FILES]]
    more = len(traced.origins) - len(lines)
    if more > 0:
        lines.append(_("{count} more files", count=more))
    st.markdown("\n".join(f"- {markdown(line)}" for line in lines))
    if traced.hidden:
        st.caption(
            _("Numbers of people are left out here: few people could be known (see Definitions).")
        )
    frame = _labelled(context, traced.rows)
    height = min(_TALLEST, _ROW * (len(frame) + 1) + 3)
    st.dataframe(frame.head(_LISTED_ROWS), hide_index=True, placeholder="–", height=height)
    st.download_button(
        _("Download all rows (CSV)"),
        data=lambda: csv_of(frame),
        file_name=f"{traced.title}-{context.filters.as_of}.csv",
        mime="text/csv",
        on_click="ignore",
        icon=":material/download:",
        key=f"lineage-csv-{key}",
    )


def _origin_words(context: Context, origin: FileOrigin) -> str:
    """Return a file with its rows, and who brought it when."""
    _ = context.language
    file = f"{origin.file} · {origin.sheet}" if origin.sheet else origin.file
    said = _(
        "{file}: {count} rows, between rows {first} and {last}",
        file=file,
        count=_.number(origin.count),
        first=origin.first,
        last=origin.last,
    )
    if origin.version is None:
        return said
    try:
        manifest = archive().manifest(origin.version)
    except ArchiveError:  # its record is damaged: the rows are known all the same
        return f"{origin.version} · {said}"
    who = manifest.publisher or _("the system")
    return f"{origin.version} · {who} · {moment(_, manifest.published_at)} · {said}"


def _labelled(context: Context, rows: pd.DataFrame) -> pd.DataFrame:
    _ = context.language
    names = dict(
        zip(PLACE_COLUMNS, (_("Version"), _("File"), _("Sheet"), _("Row in the file")), strict=True)
    )
    frame = rows.rename(columns=names)
    empty = [name for name in (_("Version"), _("Sheet")) if frame[name].isna().all()]
    return frame.drop(columns=empty)
