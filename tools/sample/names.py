"""Invented names of places and schools: plausible, unique, and nobody's."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import numpy as np

from tools.sample.city import (
    CITY_RUN,
    FULL_NAMES,
    JUNIOR,
    KINDERGARTEN,
    NINE_YEAR,
    PRIMARY,
    SENIOR,
    SPECIAL,
    VOCATIONAL,
)

FIRST_SYLLABLES = (
    "安宁和平永长瑞祥福康嘉景明清德崇启新金玉银云青碧锦秀竹梅松柏桂荷南北东西"
    "丰泰乐怡荣盛华光晨星霞虹晴朗润泽芳馨翠"
)
SECOND_SYLLABLES = "桥溪湖塘港湾浦河泉山岭岗坞岩峰田园庄堰渡亭台坊洲川谷林苑浜汇滨屏阳庆"
# Combinations that name a real place or a well-known school.
TAKEN = frozenset((
    "东湖", "西湖", "南湖", "北海", "平阳", "长兴", "永康", "嘉兴", "德清", "东阳",
    "松阳", "青田", "云岭", "金山", "秀山", "青山", "梅山", "福泉", "荷湖", "景山",
    "崇山", "南山", "西山", "东山", "北山", "金华", "平湖", "安庆", "永阳", "南屏",
    "金庭", "长塘", "丰山", "明山", "清泉", "新河", "东江", "南阳", "朗阳", "荣庆",
    "东台", "永川", "银川", "长林", "华阳", "德阳", "安阳", "桂林", "玉林", "玉田",
    "长洲", "新田", "福田", "青浦", "长汇", "安溪", "南溪", "兰亭", "玉泉", "新林",
    "泰山", "华山", "平山", "新乐", "乐山", "梅林", "东坊",
))  # fmt: skip

SENIOR_NAMED_IN_PLAN = ("稽山中学", "高级中学", "阳明中学", "越州中学")

_SUFFIXES = {
    KINDERGARTEN: ("幼儿园", "幼儿园", "幼儿园", "实验幼儿园", "艺术幼儿园"),
    PRIMARY: ("小学", "小学", "小学", "实验小学"),
    JUNIOR: ("中学", "初级中学", "初级中学", "实验中学"),
    NINE_YEAR: ("学校", "实验学校", "九年一贯制学校"),
    SENIOR: ("高级中学", "高级中学", "外国语中学", "实验高中"),
    VOCATIONAL: ("职业中专", "职业教育中心", "中等专业学校"),
    SPECIAL: ("特殊教育学校", "培智学校", "启智学校"),
}


def places(rng: np.random.Generator) -> Iterator[str]:
    """Yield invented place names in random order, each once."""
    pairs = [
        first + second
        for first in FIRST_SYLLABLES
        for second in SECOND_SYLLABLES
        if first + second not in TAKEN
    ]
    for index in rng.permutation(len(pairs)):
        yield pairs[index]


def endless_places(rng: np.random.Generator) -> Iterator[str]:
    """Yield the places of `places`, then hamlets of them, numbered: as many as are asked for."""
    yield from places(rng)
    for number in count(1):
        yield from (f"{place}{_ordinal(number)}村" for place in places(rng))


def towns(rng: np.random.Generator, units: tuple[str, ...], each: int) -> dict[str, list[str]]:
    """Return `each` town names per unit; no two units share one."""
    source = places(rng)
    return {unit: [next(source) for _ in range(each)] for unit in units}


# Names drawn in vain before schools of one place are numbered: far fewer are at ten times the city.
_TRIES = 60
_DIGITS = "〇一二三四五六七八九"


def _ordinal(number: int) -> str:
    """Write a number from 1 to 99 as names do, 十二; larger ones digit by digit, 一〇二."""
    if number > 99:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    before = _DIGITS[tens] if tens > 1 else ""
    return f"{before}{'十' if tens else ''}{_DIGITS[ones] if ones else ''}"


class SchoolNames:
    """Hands out school names that were not handed out before."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._used: set[str] = set()
        self._numbered: dict[str, int] = {}
        self._places = {unit: places(rng) for unit in FULL_NAMES}

    def name(self, unit: str, kind: str, area: str, town: str) -> str:
        """Return a new name for a school of `kind` that lies in `town` of `unit`."""
        prefix = "绍兴市" if unit == CITY_RUN else FULL_NAMES[unit]
        central = f"{prefix}{town}镇中心{kind}"
        if area == "镇区" and kind in (KINDERGARTEN, PRIMARY) and central not in self._used:
            self._used.add(central)
            return central
        for _ in range(_TRIES):
            place = self._place(unit)
            suffix = _SUFFIXES[kind][self._rng.integers(len(_SUFFIXES[kind]))]
            inner = f"{town}镇{place}" if area == "乡村" else place
            name = f"{prefix}{inner}{suffix}"
            if name not in self._used:
                self._used.add(name)
                return name
        # There are so many places and no more: the schools of one are numbered.
        self._numbered[name] = self._numbered.get(name, 1) + 1
        return f"{prefix}{inner}第{_ordinal(self._numbered[name])}{suffix}"

    def _place(self, unit: str) -> str:
        place = next(self._places[unit], None)
        if place is None:
            self._places[unit] = places(self._rng)
            place = next(self._places[unit])
        return place
