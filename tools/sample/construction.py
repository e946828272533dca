"""Construction: the 52 projects of the plan year and what they report month by month.

Every project has its own plan. Most keep to it within the month; `SLIPS` names those that do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from tools.sample.city import (
    CITY_RUN,
    FULL_NAMES,
    JUNIOR,
    KEQIAO,
    KINDERGARTEN,
    LAST_MONTH,
    NINE_YEAR,
    PRIMARY,
    SENIOR,
    SHANGYU,
    SHENGZHOU,
    VOCATIONAL,
    XINCHANG,
    YUECHENG,
    ZHUJI,
)
from tools.sample.names import endless_places
from tools.sample.schools import NEVER
from tools.sample.streams import stream

PLAN_YEAR = 2024
YEAR_PLAN_TOTAL = 200_000  # 万元: the plan's 20 亿元
YEAR_PLAN_BY_LAST_MONTH = 145_000
INVESTED_BY_LAST_MONTH = 136_000
# What the yearly plan is of a project's total, before the plans are made to add up.
YEAR_SHARE_BEGINNING, YEAR_SHARE_UNDER_WAY, YEAR_SHARE_DONE = 0.20, 0.32, 0.15
SUFFIXES = {NINE_YEAR: "学校", JUNIOR: "初级中学", SENIOR: "高级中学", VOCATIONAL: "职业中专"}
# The project (by position) and the month of the report that never came.
NOT_REPORTED = (28, "2024-07")
STEPS = ("立项", "开工", "主体结顶", "完工验收", "投用")
STAGE_NAMES = ("前期", "前期", "在建", "主体结顶", "完工", "投用")
FIRST_REPORT = pd.Period("2022-01", "M")
LAST = pd.Period(LAST_MONTH, "M")

TOTALS = {
    KINDERGARTEN: (3_000, 6_000),
    PRIMARY: (11_000, 26_000),
    JUNIOR: (13_000, 26_000),
    NINE_YEAR: (18_000, 34_000),
    SENIOR: (22_000, 42_000),
    VOCATIONAL: (20_000, 38_000),
}
MONTHS_TO_BUILD = {
    KINDERGARTEN: 16,
    PRIMARY: 23,
    JUNIOR: 24,
    NINE_YEAR: 26,
    SENIOR: 28,
    VOCATIONAL: 27,
}
POSTS = {
    CITY_RUN: "市教育局基建项目专班负责人",
    YUECHENG: "区教育体育局基建科负责人",
    KEQIAO: "区教育体育局校建中心负责人",
    SHANGYU: "区教育体育局项目建设科负责人",
    ZHUJI: "市教育体育局校建科负责人",
    SHENGZHOU: "市教育体育局基建科负责人",
    XINCHANG: "县教育体育局基建科负责人",
}
# Kind of school per project, county by county; completions in the year come first.
KINDS = {
    YUECHENG: (KINDERGARTEN, PRIMARY, NINE_YEAR, JUNIOR, PRIMARY, KINDERGARTEN, PRIMARY, NINE_YEAR),
    KEQIAO: (KINDERGARTEN, PRIMARY, PRIMARY, JUNIOR, NINE_YEAR, KINDERGARTEN, PRIMARY, SENIOR),
    SHANGYU: (KINDERGARTEN, PRIMARY, JUNIOR, KINDERGARTEN, PRIMARY, NINE_YEAR, SENIOR),
    ZHUJI: (
        KINDERGARTEN, PRIMARY, PRIMARY, NINE_YEAR, KINDERGARTEN, PRIMARY, JUNIOR, VOCATIONAL,
        PRIMARY,
    ),
    SHENGZHOU: (KINDERGARTEN, PRIMARY, JUNIOR, PRIMARY, KINDERGARTEN),
    XINCHANG: (KINDERGARTEN, PRIMARY, NINE_YEAR),
    CITY_RUN: (
        SENIOR, PRIMARY, JUNIOR, VOCATIONAL, SENIOR, SENIOR, NINE_YEAR, JUNIOR, SENIOR, PRIMARY,
        SENIOR, SENIOR,
    ),
}  # fmt: skip
# Month of completion acceptance of what is planned for the year, and how many projects each
# county completes in it: 24 in all, 17 of them by September.
COMPLETIONS = {YUECHENG: 4, KEQIAO: 4, SHANGYU: 3, ZHUJI: 4, SHENGZHOU: 2, XINCHANG: 2, CITY_RUN: 5}
COMPLETION_MONTHS = (
    8, 6, 3, 12, 5, 7, 8, 11, 8, 7, 10, 6, 8, 7, 12, 4, 8, 10, 6, 8, 7, 12, 8, 11,
)  # fmt: skip
# What comes later is completed in 2025, or begins this year.
STARTS_THIS_YEAR = {
    YUECHENG: 2, KEQIAO: 2, SHANGYU: 1, ZHUJI: 2, SHENGZHOU: 1, XINCHANG: 0, CITY_RUN: 4,
}  # fmt: skip
START_MONTHS = (3, 5, 4, 7, 6, 5, 10, 3, 8, 9, 12, 12)


@dataclass(frozen=True)
class Flagship:
    """A city-run project that the plan names; `planned` months (YYYY-MM) as in STEPS."""

    name: str
    school: str
    total: int
    year_plan: int
    planned: tuple[str, str, str, str, str]
    project_type: str = "改扩建"


# Their positions among the city-run projects of KINDS.
FLAGSHIP_NUMBERS = (0, 5, 10, 11)
FLAGSHIPS = (
    Flagship(
        "高级中学西校门及校舍提升工程", "高级中学", 4_600, 2_600,
        ("2023-08", "2023-12", "2024-04", "2024-08", "2024-08"),
    ),
    Flagship(
        "稽山中学改扩建工程", "稽山中学", 38_500, 9_800,
        ("2022-07", "2023-03", "2024-08", "2025-06", "2025-08"),
    ),
    Flagship(
        "阳明中学排羽训练中心项目", "阳明中学", 9_200, 300,
        ("2024-08", "2024-12", "2025-09", "2026-03", "2026-05"), "新建",
    ),
    Flagship(
        "越州中学校园整体提升工程", "越州中学", 12_600, 200,
        ("2024-10", "2024-12", "2025-10", "2026-06", "2026-08"),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Slip:
    """A delay: of `step` (position in STEPS) of a county's project `number` (position in KINDS).

    `months` is the delay; a step whose delayed month lies after the last report is still open.
    """

    county: str
    number: int
    step: int
    months: int
    problem: str


SLIPS = (
    Slip(YUECHENG, 0, 3, 4, "装修材料供应不足,室外附属工程进度滞后"),
    Slip(ZHUJI, 1, 3, 5, "消防验收整改未完成,竣工验收推迟"),
    Slip(SHENGZHOU, 3, 2, 3, "地方配套资金拨付延迟,主体施工放缓"),
    Slip(KEQIAO, 5, 2, 3, "连续降雨影响基础施工,工期顺延"),
    Slip(ZHUJI, 6, 2, 4, "桩基遇不良地质,设计变更"),
    Slip(YUECHENG, 7, 1, 6, "征迁滞后,尚有住户未签约"),
    Slip(KEQIAO, 7, 1, 3, "施工招标延期,首次招标流标"),
    Slip(CITY_RUN, 10, 0, 4, "用地征迁滞后,规划选址尚在论证"),
    # Delays that are over: completed, but later than planned.
    Slip(SHANGYU, 1, 3, 1, "雨季影响室外工程"),
    Slip(XINCHANG, 1, 3, 2, "电力接入延迟"),
)


def make_projects(seed: int, schools: pd.DataFrame) -> pd.DataFrame:
    """Return the export 建设项目; its investment columns are in 万元.

    Extensions are of public schools in `schools`; new schools are not among them yet.
    """
    rng = stream(seed, "projects")
    frame = pd.DataFrame(_drafts(rng, schools))
    frame["year_plan"] = _year_plans(frame)
    table = pd.DataFrame(
        {
            "项目编号": [f"JS{PLAN_YEAR}{number:03d}" for number in range(1, len(frame) + 1)],
            "计划年度": PLAN_YEAR,
            "项目名称": frame["name"],
            "项目类型": frame["project_type"],
            "学段": frame["kind"],
            "区县代码": frame["county"],
            "学校名称": frame["school"],
        }
    )
    for position, step in enumerate(STEPS):
        table[f"计划{step}日期"] = [
            planned[position].end_time.date() for planned in frame["planned"]
        ]
    for position, step in enumerate(STEPS):
        table[f"实际{step}日期"] = pd.Series(
            _actual_dates(rng, frame["actual"].to_list(), position), dtype=object
        )
    table["总投资（万元）"] = frame["total"]
    table["年度计划投资（万元）"] = frame["year_plan"]
    return table


def _drafts(rng: np.random.Generator, schools: pd.DataFrame) -> list[dict[str, object]]:
    """Return every project with its planned and actual months, county by county."""
    names = endless_places(rng)
    completion_months = iter(COMPLETION_MONTHS)
    start_months = iter(START_MONTHS)
    slips = {(slip.county, slip.number): slip for slip in SLIPS}
    flagships = {
        (CITY_RUN, number): flagship
        for number, flagship in zip(FLAGSHIP_NUMBERS, FLAGSHIPS, strict=True)
    }
    drafts = []
    for county, kinds in KINDS.items():
        for number, kind in enumerate(kinds):
            flagship = flagships.get((county, number))
            slip = slips.get((county, number))
            if number < COMPLETIONS[county]:
                month = next(completion_months)
                planned = _plan_back(rng, kind, pd.Period(f"{PLAN_YEAR}-{month:02d}", "M"))
            elif number >= len(kinds) - STARTS_THIS_YEAR[county]:
                month = next(start_months)
                planned = _plan_on(kind, pd.Period(f"{PLAN_YEAR}-{month:02d}", "M"))
            else:
                start = LAST - int(rng.integers(9, 19))
                if slip is not None:
                    # Its frame was to be topped out two months ago.
                    start = LAST - 2 - (MONTHS_TO_BUILD[kind] + 3) // 2
                planned = _plan_on(kind, start)
            draft = _draft(rng, county, kind, names, schools)
            if flagship is not None:
                planned = tuple(pd.Period(month, "M") for month in flagship.planned)
                draft |= {
                    "name": flagship.name,
                    "school": flagship.school,
                    "total": flagship.total,
                    "project_type": flagship.project_type,
                    "fixed_plan": flagship.year_plan,
                }
            elif planned[1].year < PLAN_YEAR and draft["project_type"] == "新建":
                draft["project_type"] = "续建"
            drafts.append(
                draft | {"planned": planned, "slip": slip, "actual": _actual_months(planned, slip)}
            )
    return drafts


def _draft(
    rng: np.random.Generator,
    county: str,
    kind: str,
    names: Iterator[str],
    schools: pd.DataFrame,
) -> dict[str, object]:
    expansion = rng.random() < 0.3
    low, high = TOTALS[kind]
    existing = schools[(schools["unit"] == county) & (schools["kind"] == kind)]
    lasting = existing[(existing["closed_year"] == NEVER) & ~existing["private"]]
    if expansion:
        school = str(rng.choice(lasting["name"].to_numpy()))
    else:
        prefix = "绍兴市" if county == CITY_RUN else FULL_NAMES[county]
        drafts = (f"{prefix}{place}{SUFFIXES.get(kind, kind)}" for place in names)
        known = set(existing["name"])
        school = next(name for name in drafts if name not in known)
    total = rng.uniform(low, high) * (0.55 if expansion else 1.0)
    return {
        "county": county,
        "kind": kind,
        "school": school,
        "name": f"{school}{'改扩建' if expansion else rng.choice(['新建', '迁建'])}工程",
        "project_type": "改扩建" if expansion else "新建",
        "total": round(total / 10) * 10,
        "fixed_plan": 0,
    }


def _plan_back(rng: np.random.Generator, kind: str, completion: pd.Period) -> tuple[pd.Period, ...]:
    build = MONTHS_TO_BUILD[kind] + int(rng.integers(-2, 3))
    start = max(completion - build, FIRST_REPORT + 4)
    return (
        start - 4,
        start,
        start + max(3, (completion - start).n // 2),
        completion,
        completion + 1,
    )


def _plan_on(kind: str, start: pd.Period) -> tuple[pd.Period, ...]:
    build = MONTHS_TO_BUILD[kind] + 3
    completion = max(start + build, pd.Period(f"{PLAN_YEAR + 1}-04", "M"))
    return (start - 5, start, start + build // 2, completion, completion + 2)


def _actual_months(planned: tuple[pd.Period, ...], slip: Slip | None) -> list[pd.Period | None]:
    """Return the month in which each step happened: as planned, later, or not yet."""
    actual: list[pd.Period | None] = []
    for position, month in enumerate(planned):
        delay = slip.months if slip is not None and position >= slip.step else 0
        reached = month + delay
        happened = reached <= LAST and (not actual or actual[-1] is not None)
        actual.append(reached if happened else None)
    return actual


def _actual_dates(
    rng: np.random.Generator, actual: Sequence[list[pd.Period | None]], position: int
) -> list[date | None]:
    """Return a day in each actual month; later steps of one month fall on later days."""
    dates: list[date | None] = []
    for months in actual:
        month = months[position]
        day = 4 + 5 * position + int(rng.integers(0, 4))
        dates.append(None if month is None else pd.Timestamp(month.year, month.month, day).date())
    return dates


def _planned_share(planned: tuple[pd.Period, ...]) -> float:
    """Return the share of the yearly plan that falls before the end of the last month.

    A yearly plan is spread evenly over the months of the year in which work is planned.
    """
    first = max(planned[1], pd.Period(f"{PLAN_YEAR}-01", "M"))
    last = min(planned[3], pd.Period(f"{PLAN_YEAR}-12", "M"))
    months = pd.period_range(first, last, freq="M")
    return float((months <= LAST).mean())


def _year_plans(frame: pd.DataFrame) -> np.ndarray:
    """Return yearly plans (万元) that add up to the plan's total, 14.5 亿元 of it by September."""
    share = np.array([_planned_share(planned) for planned in frame["planned"]])
    fixed = frame["fixed_plan"].to_numpy(dtype=float)
    begins = np.array([planned[1].year == PLAN_YEAR for planned in frame["planned"]])
    draft = frame["total"].to_numpy(dtype=float) * np.where(
        begins, YEAR_SHARE_BEGINNING, np.where(share == 1, YEAR_SHARE_DONE, YEAR_SHARE_UNDER_WAY)
    )
    free = fixed == 0
    early, late = free & ~begins, free & begins
    equations = np.array(
        [
            [draft[early].sum(), draft[late].sum()],
            [(draft * share)[early].sum(), (draft * share)[late].sum()],
        ]
    )
    wanted = np.array(
        [YEAR_PLAN_TOTAL - fixed.sum(), YEAR_PLAN_BY_LAST_MONTH - (fixed * share).sum()]
    )
    factor_early, factor_late = np.linalg.solve(equations, wanted)
    plans = np.where(free, draft * np.where(early, factor_early, factor_late), fixed)
    plans = np.rint(plans / 10).astype(int) * 10
    plans[np.argmax(plans)] += YEAR_PLAN_TOTAL - plans.sum()
    return plans


def make_project_months(seed: int, projects: pd.DataFrame) -> pd.DataFrame:
    """Return the export 项目月报: from approval on (at the earliest 2022-01) to the last month.

    One project has not reported one month.
    """
    rng = stream(seed, "project months")
    slips = _slips_by_project()
    parts = [
        _one_project(rng, {str(key): value for key, value in project.items()}, slips.get(position))
        for position, project in enumerate(projects.to_dict("records"))
    ]
    table: pd.DataFrame = pd.concat(parts, ignore_index=True)
    late = (table["项目编号"] == projects["项目编号"].iloc[NOT_REPORTED[0]]) & (
        table["月份"] == NOT_REPORTED[1]
    )
    table = table.loc[~late].reset_index(drop=True)
    in_year = table["月份"].str.startswith(str(PLAN_YEAR))
    factor = INVESTED_BY_LAST_MONTH / table.loc[in_year, "本月完成投资（万元）"].sum()
    table.loc[in_year, "本月完成投资（万元）"] *= factor
    table["本月完成投资（万元）"] = table["本月完成投资（万元）"].round(1)
    return table


def _slips_by_project() -> dict[int, Slip]:
    first = dict.fromkeys(KINDS, 0)
    position = 0
    for county, kinds in KINDS.items():
        first[county] = position
        position += len(kinds)
    return {first[slip.county] + slip.number: slip for slip in SLIPS}


def _one_project(
    rng: np.random.Generator, project: dict[str, Any], slip: Slip | None
) -> pd.DataFrame:
    planned = [pd.Period(project[f"计划{step}日期"], "M") for step in STEPS]
    actual = [_month(project[f"实际{step}日期"]) for step in STEPS]
    first = max(FIRST_REPORT, planned[0])
    months = pd.period_range(first, LAST, freq="M")
    draws = pd.Series(np.exp(rng.normal(0, 0.18, len(months))))
    # A project spends what it has: months differ, the years' sums hardly do.
    noise = draws / draws.groupby(months.year).transform("mean")
    rows = []
    for month, factor in zip(months, noise, strict=True):
        reached = sum(step is not None and step <= month for step in actual)
        troubled = slip is not None and _in_trouble(month, planned, actual, slip)
        rows.append(
            {
                "项目编号": project["项目编号"],
                "月份": str(month),
                "本月完成投资（万元）": (
                    _planned_spending(project, month, planned, actual, troubled) * factor
                ),
                "形象进度（%）": _progress(month, planned, actual, slip),
                "所处阶段": STAGE_NAMES[reached],
                "存在问题": slip.problem if slip is not None and troubled else None,
                "责任岗位": POSTS[str(project["区县代码"])],
            }
        )
    return pd.DataFrame(rows)


def _month(day: Any) -> pd.Period | None:
    return None if pd.isna(day) else pd.Period(day, "M")


def _in_trouble(
    month: pd.Period, planned: list[pd.Period], actual: list[pd.Period | None], slip: Slip
) -> bool:
    """Tell whether a problem is reported: a month before the missed step until it is reached."""
    reached = actual[slip.step]
    return month >= planned[slip.step] - 1 and (reached is None or month < reached)


def _planned_spending(
    project: dict[str, Any],
    month: pd.Period,
    planned: list[pd.Period],
    actual: list[pd.Period | None],
    troubled: bool,
) -> float:
    start = actual[1]
    total, plan = float(project["总投资（万元）"]), float(project["年度计划投资（万元）"])
    if start is None or month < start:
        # Before work begins only surveys and design are paid.
        in_time = month >= planned[0]
        return plan * 0.004 if in_time and month.year == PLAN_YEAR else 0.0
    if month.year == PLAN_YEAR:
        first = max(planned[1], pd.Period(f"{PLAN_YEAR}-01", "M"))
        last = min(planned[3], pd.Period(f"{PLAN_YEAR}-12", "M"))
        done = actual[3]
        if done is not None and month > done:
            return 0.0
        if done is None and month > last:
            return plan * 0.03
        return plan / ((last - first).n + 1) * (0.5 if troubled else 1.0)
    before = pd.period_range(start, f"{PLAN_YEAR - 1}-12", freq="M")
    ends_this_year = planned[3].year == PLAN_YEAR
    share = (total - plan) / total if ends_this_year else 0.35 * (total - plan) / total
    return total * share / len(before)


def _progress(
    month: pd.Period,
    planned: list[pd.Period],
    actual: list[pd.Period | None],
    slip: Slip | None,
) -> float:
    """Return physical progress in %: 0 before the start, 100 from completion on."""
    start, done = actual[1], actual[3]
    if start is None or month < start:
        return 0.0
    if done is not None and month >= done:
        return 100.0
    delay = slip.months if slip is not None else 0
    end = done or planned[3] + delay
    elapsed: float = ((month - start).n + 1) / ((end - start).n + 1)
    return round(min(98.0, 100 * float(elapsed**1.08)), 1)
