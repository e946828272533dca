"""What a change of status is: a gain, a fall, or the first judgement there is."""

from __future__ import annotations

from enum import StrEnum

from dashboard.indicators.status import Status

# From the worst to the best. What is not due, or cannot be judged, has no place among them.
RANKS = (Status.BEHIND, Status.NEAR, Status.ON_TRACK, Status.MET)


class Move(StrEnum):
    """A change of status, in the order in which changes are always listed."""

    FALL = "fall"
    GAIN = "gain"
    FIRST = "first"  # judged now and not before: nothing has fallen, nothing was gained
    LAPSED = "lapsed"  # judged before and not now


def move(before: str | None, after: str | None) -> Move | None:
    """Return what a change of status is; none where it is the same, or nothing was judged."""
    ranks = [RANKS.index(Status(s)) if s in RANKS else None for s in (before, after)]
    then, now = ranks
    if then is None and now is None:
        return None
    if then is None:
        return Move.FIRST
    if now is None:
        return Move.LAPSED
    if then == now:
        return None
    return Move.GAIN if now > then else Move.FALL
