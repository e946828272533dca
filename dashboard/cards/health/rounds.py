"""What a round of vision screening is called, and the one it is compared with."""

from __future__ import annotations

from dashboard.cards.context import Context
from dashboard.filters import shift_month

SPRING = "05"  # the month of the spring round


def is_spring(period: str) -> bool:
    """Whether a round (YYYY-MM) is a spring one."""
    return period[5:] == SPRING


def round_name(context: Context, period: str | None) -> str:
    """Name a round: 2024年秋季, autumn 2024."""
    _ = context.language
    if period is None:
        return ""
    message = _("spring {year}") if is_spring(period) else _("autumn {year}")
    return message.format(year=period[:4])


def season_name(context: Context, period: str | None) -> str:
    """Name the season whose rounds are compared."""
    _ = context.language
    if period is None:
        return ""
    return _("spring rounds") if is_spring(period) else _("autumn rounds")


def round_before(period: str | None) -> str | None:
    """Return the round of the same season a year before."""
    return None if period is None else shift_month(period, -12)


def school_year_of(period: str) -> int:
    """Return the school year of a round: a spring round's began the autumn before."""
    return int(period[:4]) - is_spring(period)
