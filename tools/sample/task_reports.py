"""What offices report each month on the plan's tasks: the export 工作月报.

A task's own words decide what kind of work it is; the kind gives the steps that the reports tell
of one after another. Who is early, late, silent or in trouble is drawn. A task that indicators
measure is reported done when the data say so, but for the few of `PLANTED`, on which report and
data disagree for everybody to see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from dashboard.plan import Task, load_plan
from dashboard.settings import PLAN_DIR
from tools.sample.city import LAST_MONTH, months
from tools.sample.construction import PLAN_YEAR
from tools.sample.streams import stream

NOT_STARTED, IN_PROGRESS, DONE = "未启动", "推进中", "已完成"
NEVER = 99  # no month of the year

SILENT_TASKS = 4  # nobody has ever reported on them
MISSED = 0.03  # of all reports
LATE_OFFICE = "aid_centre"  # its reports of the last month are not in
TROUBLED = 0.2  # of all tasks, for some months
LATE = 0.4  # of the tasks due by now
LATEST_START = 4  # the month in which work has begun on what is measured
EARLY = 0.4  # of the tasks due later that can be over before the year is
WAITING = 0.06  # of the tasks due later that have not begun

# On these the reports and the data disagree: the month of 2024 in which they are reported done.
PLANTED = {
    "c05-04": 6,  # the re-check of Shengzhou, which the accreditations do not have
    "c12-04": 8,  # fifty sports schools, which are fewer
    "c08-03": NEVER,  # the coverage of 95%, which the data reached in September
}


@dataclass(frozen=True)
class Step:
    """What has been done once a step is taken, and how the report before announces it."""

    taken: str
    announced: str


@dataclass(frozen=True)
class Kind:
    """A kind of work: the words that tell it, its steps, and what tends to stand in the way.

    `ends`: such work can be over before the year is; other work goes on until December.
    """

    words: str
    steps: tuple[Step, ...]
    problems: tuple[str, ...]
    ends: bool = True


KINDS = (
    Kind(
        "出台|制定|编写出版|办法|清单",
        (
            Step("已成立起草小组，开展前期调研，收集意见{n}条", "开展调研"),
            Step("已形成{subject}初稿", "形成初稿"),
            Step("已征求区、县（市）和有关部门意见{n}条，正在修改", "征求意见"),
            Step("已形成送审稿，按程序报审", "提请审议"),
            Step("{subject}已印发实施", "印发实施"),
        ),
        ("部分条款部门间意见尚不一致", "省级配套文件尚未下发，进度相应顺延"),
    ),
    Kind(
        "%|率|比例|全覆盖|基本覆盖|人次|师生比",
        (
            Step("已完成摸底，建立区、县（市）台账", "开展摸底"),
            Step("目标已分解到区、县（市），明确责任人", "分解目标"),
            Step("对差距较大的学校逐一指导，已走访{n}所", "逐校指导"),
            Step("已开展中期核查，差距较大的已发提醒函", "开展中期核查"),
            Step("已完成数据核对，达到年度要求", "核对年度数据"),
        ),
        ("区县间差距较大，个别县提升空间有限", "部分学校数据填报不够及时、准确"),
        ends=False,
    ),
    Kind(
        "选树|遴选|认定|新创|创建|评比|入选|培育|打造|新增|争取|争创|示范",
        (
            Step("已制定评选办法并下发通知", "下发通知"),
            Step("区、县（市）申报{n}个，正在初审", "组织申报"),
            Step("已完成初审，推荐{n}个进入复评", "完成初审"),
            Step("已组织专家评审和实地核查", "组织专家评审"),
            Step("名单已公布", "公示并公布名单"),
        ),
        ("优质申报对象不足，区县间不平衡", "评审与省级时间安排冲突，推迟进行"),
    ),
    Kind(
        "校区|扩建|建设项目|项目建设|中心项目|提升工程|立项|投资|完工|网点|撤并|布局",
        (
            Step("已明确年度目标和时间表，分解到区、县（市）", "分解年度目标"),
            Step("正在办理前期手续，召开协调会{few}次", "办理前期手续"),
            Step("按计划推进，实地督导{few}次", "现场督导"),
            Step("已完成阶段性任务，正在核对进度和资料", "核对进度"),
            Step("已完成并通过核验", "组织核验"),
        ),
        ("土地、资金等要素保障不足，进度偏慢", "受梅雨和高温影响，工期有所滞后"),
    ),
    Kind(
        "组织|举办|活动|大赛|比武|文化节|展演|论坛|讲堂|培训",
        (
            Step("已制定活动方案，落实经费和场地", "制定方案"),
            Step("已下发通知并组织报名，{n}所学校参加", "组织报名"),
            Step("各区、县（市）已完成选拔", "开展选拔"),
            Step("已组织实施，参加师生{many}人次", "组织实施"),
            Step("活动已结束，完成总结和宣传", "总结宣传"),
        ),
        ("与学校教学安排有冲突，时间需再协调", "经费尚未全部到位"),
    ),
    Kind(
        "督查|监管|监督|监测|治理|防范|整治|规范|内审|安全|审计|平安|责任制",
        (
            Step("已印发年度工作安排，建立问题清单", "印发工作安排"),
            Step("已组织自查，发现问题{n}个", "组织自查"),
            Step("已开展实地督查{few}次，问题逐一交办", "开展实地督查"),
            Step("整改完成率九成以上，正在“回头看”", "督促整改"),
            Step("年度督查已完成，形成长效机制", "总结评估"),
        ),
        ("个别学校整改不到位，已限期重改", "基层人员力量不足，检查频次偏低"),
        ends=False,
    ),
    Kind(
        "合作|交流|对口|协同|援|结对|跟岗|师带徒|招引",
        (
            Step("已与对方沟通年度安排，签订协议{few}份", "对接年度安排"),
            Step("已选派第一批人员{n}名", "选派人员"),
            Step("开展线上线下交流{few}次，双方学校{n}所参与", "开展交流"),
            Step("第二批人员已到岗，正在收集成效材料", "选派第二批人员"),
            Step("年度任务已完成，完成总结", "总结成效"),
        ),
        ("选派学科与对方需求不完全匹配", "跨地区协调环节较多，进度偏慢"),
        ends=False,
    ),
    Kind(
        "",
        (
            Step("围绕{subject}制定年度工作方案，明确分工", "制定工作方案"),
            Step("已召开部署会，区、县（市）全面推开", "部署推开"),
            Step("按方案推进，覆盖学校{n}所", "全面推进"),
            Step("已开展中期评估，梳理经验做法{few}条", "开展中期评估"),
            Step("年度任务已完成，形成总结材料", "总结提炼"),
        ),
        ("推进不平衡，个别县（市）起步较晚", "缺少量化抓手，成效显现较慢"),
        ends=False,
    ),
)

# A task that counts something is over when the count is reached, which is not for an office to say.
_COUNTED = re.compile(r"\d(所|个|门|场|期|次|%)")
_NAMED = re.compile(r"《[^》]+》|“[^”]+”[^,、。“《》”]{0,6}")
_VERBS = re.compile(
    "^(进一步|持续|继续|不断|全面|深入|扎实|有序|认真|切实|充分|巩固拓展|巩固|加强|强化|深化|推进|落实|"
    "提升|优化|完善|探索|开展|组织|做好|建立|健全|实施|支持|引导|指导|推动|坚持|严格|稳步|发挥|加快|"
    "用好|办好|扩大|统筹|保持)+"
)
_SUBJECT_LENGTH = 14


@dataclass(frozen=True)
class _Course:
    """How one task goes, in months of the year: begun, over, and in trouble from … to …."""

    begun: int
    expected: int  # the month in which the work was meant to be over
    over: int
    trouble: range


def make_task_reports(seed: int, fulfilled: Mapping[str, int]) -> pd.DataFrame:
    """Return the export 工作月报 up to the last month: a row per task and month reported.

    `fulfilled` has, for each task that indicators measure, the month of the year from which the
    data show it to be done; `NEVER` where they do not.
    """
    over_months = {**fulfilled, **PLANTED}
    rng = stream(seed, "task_reports")
    plan = load_plan(PLAN_DIR / str(PLAN_YEAR))
    offices = {office.office_id: office.name_zh for office in plan.offices}
    silent = set(rng.choice(len(plan.tasks), SILENT_TASKS, replace=False).tolist())
    rows = []
    for position, task in enumerate(plan.tasks):
        kind = kind_of(task)
        course = _course(rng, task, kind)
        if task.task_id in over_months:
            over = over_months[task.task_id]
            course = replace(course, begun=min(course.begun, over, LATEST_START), over=over)
        for report in _reports(rng, task, kind, course):
            missed = rng.random() < MISSED
            late = task.office_id == LATE_OFFICE and report["月份"] == LAST_MONTH
            if not (missed or late or position in silent):
                rows.append({**report, "责任单位": offices[task.office_id]})
    return pd.DataFrame(rows)


def kind_of(task: Task) -> Kind:
    """Return the first kind of work whose words the task has; the last one suits all."""
    return next(kind for kind in KINDS if re.search(kind.words, task.quote_zh))


def subject_of(task: Task) -> str:
    """Return what a task is about in a few words: a name it quotes, or its own first words."""
    named = _NAMED.search(task.quote_zh)
    if named is not None:
        return named[0]
    words = re.split("[,;(（]", _VERBS.sub("", task.quote_zh))[0]
    is_short = 4 <= len(words) <= _SUBJECT_LENGTH and "、" not in words
    return words if is_short else "该项工作"


def _course(rng: np.random.Generator, task: Task, kind: Kind) -> _Course:
    due, now = int(task.due_month[5:7]), int(LAST_MONTH[5:7])
    begun = int(rng.integers(1, 4)) if due <= now else int(rng.integers(1, 5))
    expected = due
    over = due
    if due <= now:
        over = due + int(rng.integers(1, 4)) if rng.random() < LATE else due
    elif kind.ends and not _COUNTED.search(task.quote_zh) and rng.random() < EARLY:
        expected = over = int(rng.integers(6, now + 1))
    elif rng.random() < WAITING:
        begun = int(rng.integers(now + 1, 13))
    first = int(rng.integers(4, 9)) if rng.random() < TROUBLED else NEVER
    return _Course(begun, expected, over, range(first, first + int(rng.integers(1, 5))))


def _reports(
    rng: np.random.Generator, task: Task, kind: Kind, course: _Course
) -> Iterator[dict[str, str]]:
    problem = kind.problems[int(rng.integers(len(kind.problems)))]
    counts = {"n": int(rng.integers(8, 30)), "few": 1, "many": int(rng.integers(3, 30)) * 100}
    for month in months(f"{PLAN_YEAR}-01"):
        number = int(month[5:7])
        counts["n"] += int(rng.integers(1, 5))
        counts["few"] += int(rng.random() < 0.3)
        if number < course.begun:
            state, progress = NOT_STARTED, f"计划{course.begun}月启动"
        elif number >= course.over:
            state, progress = DONE, _ending(task, kind, course, counts)
        else:
            state, progress = IN_PROGRESS, _progress(task, kind, course, number, counts)
        is_troubled = state == IN_PROGRESS and number in course.trouble
        yield {
            "工作编号": task.task_id,
            "月份": month,
            "工作状态": state,
            "进展情况": progress + "。",
            "存在问题": problem if is_troubled else "",
        }


def _progress(task: Task, kind: Kind, course: _Course, number: int, counts: dict[str, int]) -> str:
    """Tell the step that the work has come to, and the next one."""
    before_last = len(kind.steps) - 1
    share = (number - course.begun + 1) / (course.expected - course.begun + 1)
    step = min(int(share * before_last), before_last - 1)
    taken = kind.steps[step].taken.format(subject=subject_of(task), **counts)
    return f"{taken}；下一步{kind.steps[step + 1].announced}"


def _ending(task: Task, kind: Kind, course: _Course, counts: dict[str, int]) -> str:
    taken = kind.steps[-1].taken.format(subject=subject_of(task), **counts)
    return f"{taken}（{course.over}月完成）"
