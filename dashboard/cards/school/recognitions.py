"""What a school was named, created or awarded."""

from __future__ import annotations

from dashboard.cards.context import Context
from dashboard.cards.model import Card, Column, Table
from dashboard.cards.registry import card
from dashboard.cards.school.lookup import find_school
from dashboard.frames import records


@card("school.recognitions", whole_city=True)
def recognitions(context: Context, *, school_id: str) -> Card:
    """Accreditations and levels as a health-promoting school, the latest first."""
    _ = context.language
    school = find_school(context, school_id)
    frame = context.query("school/recognitions", school_id=school_id, as_of=context.filters.as_of)
    rows = records(frame)
    cells = frame.assign(
        day=[_.date(row["recognised_on"]) for row in rows],
        title=[_title(context, row["category"]) for row in rows],
    )
    table = Table(cells, (Column("day", _("Day")), Column("title", _("Named or awarded"))))
    latest = rows[0] if rows else None
    return Card(
        card_id="school.recognitions",
        finding=_("No accreditation and no award by {month}", month=context.month)
        if latest is None
        else _(
            "{count} in all, the latest: {title}",
            count=_.plural("{count} recognition", "{count} recognitions", len(rows)),
            title=_title(context, latest["category"]),
        ),
        subtitle=context.subtitle(
            _("accreditations and awards"), school["school_name"], context.month
        ),
        listing=table if rows else None,
        table=table,
        sources=("accreditations", "health_schools"),
        notes=(_("Accreditations are found by the school's name."),) if rows else (),
    )


def _title(context: Context, category: str) -> str:
    """Return a level as a health-promoting school, or the name of what the register counts."""
    _ = context.language
    levels = {
        "gold": _("health-promoting school, gold"),
        "silver": _("health-promoting school, silver"),
        "bronze": _("health-promoting school, bronze"),
    }
    known = context.database.catalogue.indicators
    if category in levels:
        return levels[category]
    return context.text(category, "short") if category in known else _("other accreditation")
