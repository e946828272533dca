"""Changes of status in words: falls, gains and first judgements are told apart everywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from dashboard.cards import sentences
from dashboard.cards.context import Context
from dashboard.indicators import Move


def move_words(context: Context) -> Mapping[Move, str]:
    """Name the kinds of change."""
    _ = context.language
    return {
        Move.FALL: _("got worse"),
        Move.GAIN: _("got better"),
        Move.FIRST: _("judged for the first time"),
        Move.LAPSED: _("no longer judged"),
    }


def moves_sentence(context: Context, moves: Iterable[str]) -> str:
    """Say how many changes there are of each kind, leaving out what there is none of."""
    counts = Counter(map(Move, moves))
    words = move_words(context)
    return sentences.sentence(
        context,
        *(
            context.language("{count} {kind}", count=counts[kind], kind=words[kind])
            for kind in Move
            if counts[kind]
        ),
    )
