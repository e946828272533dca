"""The written brief (简报): what a bureau sends round after a review, made by rule.

Every sentence comes from the same rows as the pages: a target's standing, its gap, its county
furthest behind, what changed since the month compared with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from dashboard.cards import Context, changes, sentences
from dashboard.cards.asked import aim
from dashboard.frames import Row, records
from dashboard.presentation import targets_annex
from dashboard.report import Annex, Brief, BriefHeadings, BriefSection, Column, CountyAnnex, Table
from dashboard.status import Status


def build_brief(context: Context, *, progress: Callable[[int, int], None] | None = None) -> Brief:
    """Write the brief of the chosen counties and month.

    ``progress`` is told how many parts of how many are done: the text, then each county's annex.
    """
    _ = context.language
    if progress is None:
        progress = _unheard
    rows = {str(row["indicator_id"]): row for row in records(context.chosen_values())}
    rows = {i: row for i, row in rows.items() if _concerns(context, i, row)}
    then = {str(row["indicator_id"]): row for row in records(context.then.chosen_values())}
    year, month = context.filters.as_of.split("-")
    annexed = () if context.filters.single_county else context.chosen
    progress(0, 1 + len(annexed))
    return Brief(
        title=_("Progress of the work plan of {year}", year=year),
        subtitle=context.subtitle(context.geography, context.month),
        issue=_("No. {number}", number=int(month)),
        issuer=_("Shaoxing education bureau"),
        headings=BriefHeadings(
            summary=_("Summary"),
            progress=_("Progress"),
            problems=_("Problems"),
            next_steps=_("Next steps"),
            annex=_("Annex"),
        ),
        summary=tuple(_summary(context, rows, then)),
        sections=tuple(_sections(context, rows)),
        targets=targets_annex(context),
        counties=tuple(_county_annexes(context, annexed, progress)),
        about=tuple(_about(context)),
        language=_.code,
    )


def _unheard(_done: int, _of: int) -> None:
    """Nobody asks how far it is."""


def _about(context: Context) -> Iterator[str]:
    _ = context.language
    yield _("data version {version}", version=context.database.version)
    if context.database.is_sample:
        yield _("Synthetic sample data")


def _concerns(context: Context, indicator_id: str, row: Row) -> bool:
    """Whether the chosen counties have a figure: the city's alone is nobody else's."""
    is_elsewhere = context.is_city_only(indicator_id) and not context.filters.is_city
    return not is_elsewhere and row["missing"] != "z"


_OPEN = (Status.ON_TRACK, Status.NEAR, Status.BEHIND, Status.NOT_DUE)


# ---- summary ------------------------------------------------------------------------------------


def _summary(context: Context, rows: Mapping[str, Row], then: Mapping[str, Row]) -> Iterator[str]:
    """How many targets stand where, and which have changed their status."""
    _ = context.language
    statuses = [row["status"] for row in rows.values() if row["status"] in list(Status)]
    yield _(
        "By {month}, of {total} targets {met} are met, {on_track} on track, {near} near, {behind} "
        "behind and {not_due} not due yet.",
        month=context.month,
        total=len(statuses),
        **{str(status): statuses.count(status) for status in Status},
    )
    for status, message in (
        (Status.MET, _("Newly met since {month}: {targets}.")),
        (Status.BEHIND, _("Newly behind since {month}: {targets}.")),
    ):
        names = [
            context.text(i, "short")
            for i, row in rows.items()
            if row["status"] == status and then[i]["status"] != status
        ]
        if names:
            yield message.format(
                month=_.month(context.filters.compared_month), targets=_.listed(names)
            )


# ---- the plan's sections ------------------------------------------------------------------------


def _sections(context: Context, rows: Mapping[str, Row]) -> Iterator[BriefSection]:
    """One part for each section of the plan that has targets."""
    _ = context.language
    plan = context.database.plans[int(context.filters.as_of[:4])]
    section_of = {
        clause.clause: _.pick(clause.section_zh, clause.section_en) for clause in plan.clauses
    }
    by_section: dict[str, list[str]] = {name: [] for name in section_of.values()}
    for target in plan.targets:
        by_section[section_of[target.clause]].append(target.indicator_id)
    for name, indicator_ids in by_section.items():
        judged = {i: rows[i] for i in indicator_ids if i in rows}
        if not judged:
            continue
        yield BriefSection(
            title=name,
            progress=tuple(_progress(context, judged)),
            problems=tuple(_problems(context, judged)),
            next_steps=tuple(_next_steps(context, judged)),
        )


def _progress(context: Context, rows: Mapping[str, Row]) -> Iterator[str]:
    """Where each target stands that is not behind, and how it has moved."""
    for indicator_id, row in rows.items():
        if row["status"] == Status.BEHIND:
            continue
        finding = sentences.standing_sentence(context, indicator_id, context.geography, row)
        change = changes.change_sentence(context, [indicator_id], finding)
        said = [_sentence(context, part) for part in (finding, change) if part]
        yield context.language.pick("", " ").join(said)


def _problems(context: Context, rows: Mapping[str, Row]) -> Iterator[str]:
    """Which targets are behind, by how much, and where most is missing."""
    for indicator_id, row in rows.items():
        if row["status"] != Status.BEHIND:
            continue
        finding = sentences.standing_sentence(context, indicator_id, context.geography, row)
        furthest = ""
        if context.filters.single_county is None:
            standings = context.standings(indicator_id).loc[list(context.chosen)]
            furthest = sentences.furthest_sentence(context, indicator_id, standings)
        gap = sentences.gap_sentence(context, indicator_id, row)
        yield _sentence(context, finding, gap, furthest)


def _next_steps(context: Context, rows: Mapping[str, Row]) -> Iterator[str]:
    """What each office still has to bring in, and by when."""
    _ = context.language
    by_office: dict[str, dict[str, list[str]]] = {}
    for indicator_id, row in rows.items():
        clause = context.clause(indicator_id)
        if clause is None or row["status"] not in _OPEN:
            continue
        office = _.pick(clause["office_zh"], clause["office_en"])
        gap = sentences.gap_sentence(context, indicator_id, row)
        target = context.text(indicator_id, "short")
        step = (
            _("{target} {gap}", target=target, gap=gap)
            if gap
            else _("the year's aim for {target}", target=target)
        )
        by_office.setdefault(office, {}).setdefault(clause["due_month"], []).append(step)
    for office, by_month in by_office.items():
        steps = [
            _("by {month}: {steps}", month=_.month(month), steps=_.pick("，", ", ").join(found))
            for month, found in sorted(by_month.items())
        ]
        yield _("{office}: {steps}.", office=office, steps=_.pick("；", "; ").join(steps))


def _sentence(context: Context, *parts: str) -> str:
    """Parts as one sentence that ends with a full stop."""
    text = sentences.sentence(context, *parts)
    return text if text.endswith(("。", ".")) else text + context.language.pick("。", ".")


# ---- counties -----------------------------------------------------------------------------------


def _county_annexes(
    context: Context, counties: Sequence[str], progress: Callable[[int, int], None]
) -> Iterator[CountyAnnex]:
    """An annex for each county; a single county's brief is about it already."""
    for done, county in enumerate(counties, start=1):
        progress(done, 1 + len(counties))
        narrowed = replace(context.filters, counties=(county,))
        yield _county_annex(replace(context, filters=narrowed), county)


def _county_annex(view: Context, county: str) -> CountyAnnex:
    """How many of a county's targets stand where, and a table of those behind."""
    _ = view.language
    rows = records(view.chosen_values())
    statuses = [row["status"] for row in rows if row["status"] in list(Status)]
    behind = [row for row in rows if row["status"] == Status.BEHIND]
    frame = pd.DataFrame(
        [
            {
                "target": view.text(str(row["indicator_id"]), "name"),
                "value": view.value(str(row["indicator_id"]), row["value"]),
                "aim": aim(view, str(row["indicator_id"]), row["target"]),
                "gap": sentences.gap_sentence(view, str(row["indicator_id"]), row),
            }
            for row in behind
        ],
        columns=["target", "value", "aim", "gap"],
    )
    columns = (
        Column("target", _("Target behind")),
        Column("value", _("Value")),
        Column("aim", _("Target value")),
        Column("gap", _("Missing")),
    )
    return CountyAnnex(
        title=view.county(county),
        summary=_(
            "Of {total} targets {met} met, {on_track} on track, {near} near, {behind} behind, "
            "{not_due} not due yet.",
            total=len(statuses),
            **{str(status): statuses.count(status) for status in Status},
        ),
        behind=Annex(_("Targets behind"), Table(frame, columns)),
    )
