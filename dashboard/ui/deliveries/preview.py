"""What publishing would change: rows, indicators, statuses, schools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboard.cards import Context
from dashboard.cards.moves import move_words
from dashboard.data import UnusableData
from dashboard.deliveries.checking.preview import IndicatorChange, Preview, Standing
from dashboard.deliveries.checking.publish import cannot_be_shown
from dashboard.filters import CITY, Filters
from dashboard.indicators import Move
from dashboard.ui.deliveries.candidates import Candidate
from dashboard.ui.deliveries.view import View
from dashboard.ui.text import coloured_status, markdown
from dashboard.words.language import Language

_LISTED_SCHOOLS = 8
_LISTED_FLIPS = 12
_TALLEST = 390  # pixels
_ROW = 35


def show(view: View, candidate: Candidate) -> None:
    """Draw the comparison of the candidate with what is shown now."""
    _ = view.language
    with st.container(border=True, key="card-preview"):
        try:
            with st.spinner(_("Working out what changes …")):
                found = candidate.preview(view.database, view.as_of)
        except UnusableData as error:
            st.error(markdown(_.pick(*cannot_be_shown(error))), icon=":material/error:")
            return
        st.subheader(_sentence(view, found), anchor=False)
        left, right = st.columns([2, 3])
        with left:
            _rows(view, found)
            _schools(view, found)
        with right:
            after = {
                month: Context(candidate.database, Filters(month), _) for month in found.months
            }
            _flips(after, {} if found.is_first else found.moves)
            _indicators(after, found)


def _sentence(view: View, found: Preview) -> str:
    _ = view.language
    changed, flips = found.indicator_count, len(found.flips)
    if found.is_first:
        return _.plural(
            "Nothing was shown before: {count} indicator gets values",
            "Nothing was shown before: {count} indicators get values",
            changed,
        )
    if not changed:
        return _("No indicator changes")
    parts = [_.plural("{count} indicator changes", "{count} indicators change", changed)]
    if flips:
        parts.append(_.plural("{count} status changes", "{count} statuses change", flips))
    return _.pick("，", ", ").join(parts)


def _rows(view: View, found: Preview) -> None:
    _ = view.language
    package = view.package
    cells = [
        {
            _("Export"): markdown(package.resource(export.resource).title),
            _("Added"): _.number(export.added),
            _("Changed"): _.number(export.changed),
            _("Removed"): _.number(export.removed),
            _("The same"): _.number(export.same),
        }
        for export in found.exports
    ]
    _heading(_("Rows"))
    st.table(pd.DataFrame(cells), hide_index=True)
    for export in found.exports:
        if export.first_removed:
            keys = [" ".join(key) for key in export.first_removed[:3]]
            title = package.resource(export.resource).title
            listed = markdown(_.pick("；", "; ").join(keys))
            st.caption(_("Removed from {export}: {rows} …", export=markdown(title), rows=listed))


def _flips(after: Mapping[str, Context], moves: Mapping[Move, Sequence[IndicatorChange]]) -> None:
    """Statuses as symbol, colour and word: falls, gains and first judgements each apart."""
    for kind, flips in moves.items():
        if not flips:
            continue
        context = after[flips[0].as_of]
        _ = context.language
        words = move_words(context)[kind]
        _heading(_("Statuses, {kind}: {count}", kind=words, count=len(flips)))
        cells = pd.DataFrame(
            {
                _("Indicator"): context.text(flip.indicator_id, "short"),
                _("County"): _county(context, flip.county_id),
                _("Before"): context.status(flip.before.status),
                _("After"): context.status(flip.after.status),
            }
            for flip in sorted(flips, key=lambda flip: flip.county_id != CITY)
        )
        if len(cells) <= _LISTED_FLIPS:
            st.table(cells.map(coloured_status), hide_index=True)
        else:  # all of them, scrolling
            st.dataframe(cells, hide_index=True, height=_TALLEST)


def _indicators(after: Mapping[str, Context], found: Preview) -> None:
    if not found.indicators:
        return
    _ = after[found.months[0]].language
    _heading(_("Indicators before and after"))
    several = len(found.months) > 1
    changes = sorted(found.indicators, key=lambda change: change.county_id != CITY)
    cells = [
        {
            **({_("As of"): _.month(change.as_of)} if several else {}),
            _("Indicator"): context.text(change.indicator_id, "short"),
            _("County"): _county(context, change.county_id),
            **_before_and_after(context, change, is_first=found.is_first),
        }
        for change in changes
        for context in [after[change.as_of]]
    ]
    height = min(_TALLEST, _ROW * (len(cells) + 1) + 3)
    st.dataframe(pd.DataFrame(cells), hide_index=True, height=height)


def _before_and_after(
    context: Context, change: IndicatorChange, *, is_first: bool
) -> dict[str, str]:
    _ = context.language
    after = {_("After"): _value(context, change.indicator_id, change.after)}
    if is_first:
        return after
    before = {_("Before"): _value(context, change.indicator_id, change.before)}
    return before | after | {_("Difference"): _difference(context, change)}


def _heading(words: str) -> None:
    st.markdown(f"**{words}**")


def _value(context: Context, indicator_id: str, standing: Standing) -> str:
    if standing.value is None:
        return context.missing(standing.missing)
    return context.value(indicator_id, standing.value)


def _difference(context: Context, change: IndicatorChange) -> str:
    before, after = change.before.value, change.after.value
    if before is None or after is None or before == after:
        return "–"
    sign = "+" if after > before else "−"
    return sign + context.difference(change.indicator_id, after - before)


def _county(context: Context, county_id: str) -> str:
    return context.language("Whole city") if county_id == CITY else context.county(county_id)


def _schools(view: View, found: Preview) -> None:
    if found.is_first or not found.schools:
        return
    _ = view.language
    _heading(_("Largest changes of schools"))
    cells = [
        {
            _("School"): markdown(change.school_name),
            _("Column"): markdown(change.column),
            _("Before"): _number(_, change.before),
            _("After"): _number(_, change.after),
        }
        for change in found.schools[:_LISTED_SCHOOLS]
    ]
    st.table(pd.DataFrame(cells), hide_index=True)


def _number(language: Language, value: float | None) -> str:
    if value is None:
        return "–"
    return language.number(value, 0 if float(value).is_integer() else 1)
