"""What is wrong, where, and what should stand there; for warnings, why they may pass."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.deliveries.model import Checked, Finding
from dashboard.deliveries.workbooks.check_report import file_words, report_workbook
from dashboard.ui.data import export_names
from dashboard.ui.deliveries.desk import Desk
from dashboard.ui.deliveries.view import View
from dashboard.ui.text import markdown

_LISTED_ERRORS = 12
_LISTED_OF_A_GROUP = 3
_LONGEST_REASON = 200
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Group = tuple[str, str, str, str]


def show(view: View, desk: Desk, checked: Checked) -> None:
    """Draw the errors as a table, the warnings with a field for their reason."""
    _ = view.language
    errors = [error for error in checked.errors if error not in checked.lacking]
    warnings = checked.warnings
    if checked.lacking:
        _lacking(view, checked.lacking)
    if not errors and not warnings:
        return
    with st.container(border=True, key="card-findings"):
        title, download = st.columns([3, 1], vertical_alignment="center")
        parts = [_.plural("{count} error", "{count} errors", len(errors))] if errors else []
        parts += (
            [_.plural("{count} warning", "{count} warnings", len(warnings))] if warnings else []
        )
        title.subheader(_("Found: {findings}", findings=_.listed(parts)), anchor=False)
        download.download_button(
            _("Download with the cells marked"),
            data=lambda: report_workbook(checked, _),
            file_name=f"{_('Report of the check')}.xlsx",
            mime=_WORKBOOK,
            on_click="ignore",
            icon=":material/download:",
            key="download_report",
            type="primary" if errors else "secondary",
        )
        if errors:
            _errors(view, errors)
        if warnings:
            _warnings(view, desk, warnings, has_errors=bool(checked.errors))


def _lacking(view: View, lacking: Sequence[Finding]) -> None:
    """One line: there is nothing to look up about them."""
    _ = view.language
    with st.container(border=True, key="card-lacking"):
        said = _.plural(
            "{count} export is still lacking", "{count} exports are still lacking", len(lacking)
        )
        st.subheader(said, anchor=False)
        st.markdown(markdown(export_names(lacking, _)))
        st.caption(
            _("Hand them in with this delivery, now or later; it is published when it is complete.")
        )


def _errors(view: View, errors: Sequence[Finding]) -> None:
    _ = view.language
    cells = [_cells(view, error) for error in errors[:_LISTED_ERRORS]]
    st.table(pd.DataFrame(cells), hide_index=True)
    if len(errors) > _LISTED_ERRORS:
        st.caption(_("{count} more errors are in the workbook", count=len(errors) - _LISTED_ERRORS))


def _cells(view: View, finding: Finding) -> dict[str, str]:
    _ = view.language
    message = _.pick(finding.message_zh, finding.message_en)
    wrong = _.pick(finding.wrong_zh, finding.wrong_en) or message
    expected = _.pick(finding.expected_zh, finding.expected_en)
    return {
        _("File"): markdown(file_words(finding, _)),
        _("Row"): "–" if finding.row is None else str(finding.row),
        _("Column"): markdown(finding.column or "–"),
        _("Value"): markdown(finding.value or "–"),
        _("What is wrong"): markdown(wrong),
        # A broken rule says both with the same words.
        _("Expected"): markdown(expected if expected and expected != wrong else "–"),
    }


def groups(findings: Sequence[Finding]) -> dict[Group, list[Finding]]:
    """Group findings of the same kind and column of a file: one reason lets them all pass."""
    found: dict[Group, list[Finding]] = {}
    for finding in findings:
        key = (finding.kind, finding.file, finding.sheet or "", finding.column or "")
        found.setdefault(key, []).append(finding)
    return found


def reasons(desk: Desk, checked: Checked) -> dict[Finding, str]:
    """Return the reason that was given for each warning."""
    return {
        warning: desk.reasons.get("\n".join(group), "")
        for group, warnings in groups(checked.warnings).items()
        for warning in warnings
    }


def _warnings(view: View, desk: Desk, warnings: Sequence[Finding], *, has_errors: bool) -> None:
    _ = view.language
    for number, (group, found) in enumerate(groups(warnings).items()):
        said = [_.pick(w.message_zh, w.message_en) for w in found[:_LISTED_OF_A_GROUP]]
        lines = "\n".join(f"- {markdown(line)}" for line in said)
        more = len(found) - len(said)
        if more:
            lines += "\n- " + _("{count} more of this kind", count=more)
        with st.container(key=f"warning-{number}"):
            st.markdown(lines)
            if not has_errors:
                _reason(view, desk, "\n".join(group), number)


def _reason(view: View, desk: Desk, group: str, number: int) -> None:
    _ = view.language
    key = f"reason-{number}"
    st.session_state[key] = desk.reasons.get(group, "")

    def remember() -> None:
        desk.reasons[group] = st.session_state[key].strip()

    st.text_input(
        _("Why this is right"),
        placeholder=_("Why this is right, such as: two schools were merged"),
        max_chars=_LONGEST_REASON,
        key=key,
        on_change=remember,
        label_visibility="collapsed",
    )
