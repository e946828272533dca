"""The written brief (简报): what a bureau sends round after a review, made by rule.

Every sentence comes from the same rows as the pages: a target's standing, its gap, its county
furthest behind, what changed since the month compared with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from dashboard.cards import Context, build_card, changes, counting, sentences, year_sentence
from dashboard.cards.asked import aim
from dashboard.cards.comparable import comparability_note
from dashboard.cards.model import Column, Table
from dashboard.cards.overview import PAGES, page_title
from dashboard.cards.overview.judged import status_month
from dashboard.cards.plan_year import change_sentences
from dashboard.cards.strays import stray_notes
from dashboard.city import city
from dashboard.exports.documents import Annex, Brief, BriefHeadings, BriefSection, CountyAnnex
from dashboard.frames import Row, records
from dashboard.indicators import Move, move
from dashboard.indicators.status import Status
from dashboard.meeting.report import targets_annex


def build_brief(context: Context, *, progress: Callable[[int, int], None] | None = None) -> Brief:
    """Write the brief of the chosen counties and month.

    ``progress`` is told how many parts of how many are done: the text, then each county's annex.
    """
    _ = context.language
    if progress is None:
        progress = _unheard
    rows = {str(row["indicator_id"]): row for row in records(context.chosen_values())}
    rows = {i: row for i, row in rows.items() if _concerns(context, i, row)}
    year, month = context.filters.as_of.split("-")
    has_annexes = context.plan is not None and context.filters.single_county is None
    annexed = context.chosen if has_annexes else ()
    progress(0, 1 + len(annexed))
    return Brief(
        title=_("Education figures of {year}", year=year)
        if context.plan is None
        else _("Progress of the work plan of {year}", year=year),
        subtitle=context.subtitle(context.geography, context.month),
        issue=_("No. {number}", number=int(month)),
        issuer=city().text("issuer", _.code),
        headings=BriefHeadings(
            summary=_("Summary"),
            progress=_("Progress"),
            problems=_("Problems"),
            next_steps=_("Next steps"),
            annex=_("Annex"),
        ),
        summary=tuple(_summary(context)),
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


def _summary(context: Context) -> Iterator[str]:
    """How many targets stand where, what has changed its status, where reports say otherwise."""
    _ = context.language
    if said := year_sentence(context):
        yield said
    if context.plan is None:
        return
    now, month = counting.chosen_counts(context), status_month(context)
    then = counting.chosen_counts(context, month) if month else now
    yield _(
        "By {month}, {counts}.",
        month=context.month,
        counts=counting.counts_sentence(context, now),
    )
    for kind, message in (
        (Move.GAIN, _("Better since {month}: {targets}.")),
        (Move.FALL, _("Worse since {month}: {targets}.")),
        (Move.FIRST, _("Judged for the first time since {month}: {targets}.")),
    ):
        names = [
            _status_named(context, indicator_id, status)
            for indicator_id, status in now.statuses.items()
            if status and move(then.statuses.get(indicator_id), status) is kind
        ]
        if names:
            yield message.format(
                month=_.month(month or context.filters.as_of), targets=_.listed(names)
            )
    conflicts = build_card("plan.conflicts", context)
    if conflicts.listing is not None and context.filters.is_city:
        yield _sentence(context, conflicts.finding)
    missing = _missing(context)
    if missing:
        yield missing


def _missing(context: Context) -> str:
    """Return what is not in, and of which targets."""
    rows = records(context.chosen_values())
    return sentences.missing_sentence(
        context, {str(row["indicator_id"]): row["missing_periods"] for row in rows}
    )


def _status_named(context: Context, indicator_id: str, status: Status) -> str:
    """Name a target with where it stands now: 体质优良率（滞后）."""
    return context.language(
        "{target} ({status})",
        target=context.text(indicator_id, "short"),
        status=context.status_word(status),
    )


# ---- the plan's sections ------------------------------------------------------------------------


def _sections(context: Context, rows: Mapping[str, Row]) -> Iterator[BriefSection]:
    """One part for each section of the plan that has targets."""
    _ = context.language
    plan = context.plan
    if plan is None:  # values, by subject
        for page in PAGES:
            named = [indicator.indicator_id for indicator in context.indicators_of(page)]
            known = {i: rows[i] for i in named if i in rows}
            if known:
                told = tuple(_progress(context, known))
                yield BriefSection(page_title(context, page), told, (), ())
        return
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
        notes = _counted_over(context, indicator_id)
        parts = (finding, change, *notes, *change_sentences(context, [indicator_id]))
        said = [_sentence(context, part) for part in parts if part]
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
        parts = (
            _sentence(context, finding, gap, furthest, *_counted_over(context, indicator_id)),
            *change_sentences(context, [indicator_id]),
        )
        yield context.language.pick("", " ").join(parts)


def _counted_over(context: Context, indicator_id: str) -> tuple[str, ...]:
    """Which rows a figure is without, and over how many schools its change is taken."""
    strays = stray_notes(context, [indicator_id])
    return (
        *(stray.rstrip("。.") for stray in strays),
        comparability_note(context, [indicator_id]),
    )


def _next_steps(context: Context, rows: Mapping[str, Row]) -> Iterator[str]:
    """Yield what each office still has to bring in, and by when."""
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
    """Yield an annex for each county; a single county's brief is about it already."""
    for done, county in enumerate(counties, start=1):
        progress(done, 1 + len(counties))
        narrowed = replace(context.filters, counties=(county,))
        yield _county_annex(replace(context, filters=narrowed), county)


def _county_annex(view: Context, county: str) -> CountyAnnex:
    """How many of a county's targets stand where, and a table of those behind."""
    _ = view.language
    counts = counting.chosen_counts(view)
    behind = [view.chosen_value(indicator_id) for indicator_id in counts.at(Status.BEHIND)]
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
        summary=view.language.pick("", " ").join(
            filter(None, (_sentence(view, counting.counts_sentence(view, counts)), _missing(view)))
        ),
        behind=Annex(_("Targets behind"), Table(frame, columns)),
    )
