"""From every number of a sentence to the facts that it may state.

A sentence is cut into clauses. A clause names what it is about (counties, stages, indicators) or
goes on about what the clause before it named; its numbers must be facts of just that. Words beside
a number say of what kind it is: a target, what is missing to it, a change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from dashboard.cards import Context
from dashboard.filters import CITY
from tests.cards.facts import HERE, Fact, Facts, Kind
from tests.cards.figures import Figure, figures, without_dates

_CLAUSES = re.compile(r"[；;：、，。·()（）]|, (?=\D)|: | and |和(?=\S)|\. ")
_MISREAD = re.compile(rf"\d|{_CLAUSES.pattern}")  # in a name
_LINE = re.compile(
    r"(?:目标|标准|应达|计划|均需|预计|年底约?|应完成"
    r"|target(?: of)?|standard|by now|expected|plan|the|for|end:)\s?$"
)
_LINE_AFTER = re.compile(r"^[^,，；;]{0,60}?(?:due|planned|by now|needed|a month|by the year)")
_LIMIT = re.compile(r"(?:超过|限值|限|低于|不足|limit|than|within|below|least)\s?$")
_PART = re.compile(r"(?:占)\s?$")
_RANKS = ("places", "place")
_PLACES = re.compile(r"单位|区县|units|counties|place|列第")
_CHANGE = re.compile(
    r"(?:提高|下降|增加|减少|升|降|减|增|up by|down by|(?<!make )up|down|(?:in|de)crease of|高)\s?$"
)
_GAP = re.compile(r"(?:还差|余下)\s?$")
_GAP_AFTER = re.compile(r"^[^,，；;]{0,40}?(?:to go|left|short)")
_APART = re.compile(r"(?:差|多|少|by)\s?$")
_APART_AFTER = re.compile(r"^[^,，；;]{0,40}?(?:away|behind|less|more|apart|fewer|above)")
# What a sentence says of a number in another clause.
_ANYWHERE = {"line": re.compile("^Forecast"), "change": re.compile("largest increase|增加最多")}
_PAST = re.compile(r"上年|上月|当时|→|去年|before|then|last|Value")
_BASE = re.compile(r"中|/| of |全部|^ ?all (?=\d)")
# a sentence of what stood at a month
_THEN = re.compile(r"Value|20\d\d年\d{1,2}月(?:（[^）]*）)?：")


def traced(sentence: str, facts: Facts, view: Context) -> Iterator[tuple[Figure, list[Fact]]]:
    """Every figure of a sentence with the facts that it may state, whatever their numbers."""
    text = _plain(sentence, facts.names, view)
    places = {HERE, *(view.county(unit) for unit in (*view.county_ids, CITY))}
    place, subject = frozenset({HERE}), frozenset[str]()
    is_past = bool(_THEN.match(sentence)) or sentence.startswith(view.comparison)
    for clause in _CLAUSES.split(text):
        if not clause.strip():
            continue
        found = frozenset(name for name in facts.names if _plain_name(name) in clause.lower())
        # counties that a row has together are named as one
        together = [n for n in found if sum(place in n for place in places) > 1]
        found -= {place for place in found & places for name in together if place in name}
        place = found & places or place
        subject = found - places or subject
        about = _about(facts, place, subject, places, () if found & places else found)
        for figure in figures(clause):
            kinds = _kinds(sentence, clause, figure, is_past=is_past)
            yield (
                figure,
                [
                    fact
                    for _names, group, kind in about
                    if kind in kinds and (group[1] not in _RANKS or _PLACES.search(clause))
                    for fact in facts.alike[_names, group, kind]
                ],
            )


def untraced(sentence: str, facts: Facts, view: Context) -> list[str]:
    """Return the figures of a sentence that no fact bears out."""
    return [
        figure.text
        for figure, candidates in traced(sentence, facts, view)
        if not any(figure.is_printed(fact.value) for fact in candidates)
    ]


def _plain(sentence: str, names: frozenset[str], view: Context) -> str:
    """A sentence without dates and with plain names; the chosen counties as one sign."""
    sentence = re.sub(r"不含[^）；]*|without [^);]*", "", without_dates(sentence))
    misread = {name for name in names if name != view.geography and _MISREAD.search(name)}
    for name in sorted(misread, key=len, reverse=True):
        sentence = sentence.replace(name, _plain_name(name))
    sentence = sentence.replace(view.geography, HERE)
    for unit in (*view.county_ids, CITY):  # a county in brackets belongs to the number before it
        name = view.county(unit)
        sentence = re.sub(rf"（{name}）| \({name}\)", f"{name}，", sentence)
    return sentence


@cache
def _plain_name(name: str) -> str:
    """A name as a sentence is searched for it: it neither says a figure nor ends a clause."""
    return _MISREAD.sub("#", name).lower()


def _about(
    facts: Facts,
    place: frozenset[str],
    subject: frozenset[str],
    places: set[str],
    named: Iterable[str],
) -> list[tuple[frozenset[str], tuple[int, str], Kind]]:
    """The keys of the facts about a place and a subject: of every derivation those that share most.

    What is ``named`` without its place is known by its own name: a project, a school.
    """
    of_places = {name for names, _group, _kind in facts.alike if names & place for name in names}
    named = frozenset(named) - of_places
    local = [
        alike
        for alike in facts.alike
        if not alike[0] & places or alike[0] & place or alike[0] & named
    ]
    best: dict[tuple[int, str], int] = {}
    for names, group, _kind in local:
        best[group] = max(best.get(group, 0), len(names & subject))
    return [
        (names, group, kind)
        for names, group, kind in local
        if len(names & subject) == best[group]
        # a number of rows that have a word is about that word
        and (group[1] != "words" or names <= place | subject)
    ]


def _kinds(sentence: str, clause: str, figure: Figure, *, is_past: bool) -> set[Kind]:
    """The kinds of facts that a figure may state by the words around it."""
    before, after = clause[: figure.start], clause[figure.end :]
    if _LIMIT.search(before):
        kinds = {Kind.LIMIT, Kind.LINE}
    elif _PART.search(before) or after.startswith("% of all"):
        kinds = {Kind.PART}
    elif _LINE.search(before) or before.endswith("/"):
        kinds = {Kind.LINE}
    elif (line := _LINE_AFTER.search(after)) and not _APART_AFTER.search(line[0]):
        kinds = {Kind.LINE, Kind.VALUE}
    elif _CHANGE.search(before):
        kinds = {Kind.CHANGE}
    elif _GAP.search(before) or _GAP_AFTER.search(after):
        kinds = {Kind.GAP, Kind.BASE}
    elif _APART.search(before) or _APART_AFTER.search(after):
        kinds = {Kind.GAP, Kind.LAG, Kind.CHANGE, Kind.VALUE}
    else:
        kinds = {Kind.VALUE}
    if is_past or _PAST.search(clause):
        kinds.add(Kind.PAST)
    if _BASE.search(clause) or before.endswith("本年"):
        kinds |= {Kind.BASE, Kind.LINE}
    if _ANYWHERE["line"].search(sentence):
        kinds.add(Kind.LINE)
    if _ANYWHERE["change"].search(sentence):
        kinds.add(Kind.CHANGE)
    if (
        figure.decimals == 0
        and Kind.VALUE in kinds
        and not after.startswith(("%", "个百分点", " percentage"))
    ):
        kinds.add(Kind.COUNT)
    return kinds
