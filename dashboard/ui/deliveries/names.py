"""What versions, deliveries and moments are called."""

from __future__ import annotations

from datetime import datetime

from dashboard.archive import Delivered, Manifest, Pending
from dashboard.contract import Package
from dashboard.deliveries.periods import periods_words
from dashboard.words.language import Language


def moment(language: Language, at: datetime) -> str:
    """Return a day and a time, as clocks here show it."""
    here = at.astimezone()
    return f"{language.date(here)} {here:%H:%M}"


def version_words(language: Language, manifest: Manifest) -> str:
    """Return a version with who published it and when."""
    _ = language
    return _(
        "version {id}, published by {who} on {when}",
        id=manifest.id,
        who=manifest.publisher or _("the system"),
        when=moment(_, manifest.published_at),
    )


def delivered_words(language: Language, delivered: Delivered, package: Package) -> str:
    """Return what a delivered table brought."""
    _ = language
    parts = [_title(package, delivered.resource)]
    if delivered.periods:
        parts.append(periods_words(language, delivered.periods))
    parts.append(_("{rows} rows from {file}", rows=_.number(delivered.rows), file=delivered.file))
    return _.pick("，", ", ").join(parts)


def pending_words(language: Language, pending: Pending) -> str:
    """Return a delivery that waits: when, by whom, which files."""
    names = [file.name for file in pending.files]
    more = "…" if len(names) > 2 else ""
    files = language.pick("、", ", ").join(names[:2]) + more
    parts = [moment(language, pending.received_at), pending.deliverer, files]
    return " · ".join(filter(None, parts))


def _title(package: Package, resource: str) -> str:
    known = {export.name: export.title for export in package.resources}
    return known.get(resource, resource)
