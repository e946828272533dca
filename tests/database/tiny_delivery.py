"""A delivery of three small exports with its contract, plan and queries."""

from __future__ import annotations

from pathlib import Path

from dashboard import settings
from dashboard.data import OWED_STEPS, Database, Inputs, open_database

PACKAGE = r"""
name: tiny
resources:
  - name: counties
    title: 区县
    path: sample/区县.csv
    grain: county
    source_system: {zh: 行政区划, en: Divisions}
    cadence: once
    schema:
      fields:
        - {name: 区县代码, title: county_id, type: string, constraints: {pattern: '^\d{6}$'}}
        - {name: 名称, title: name_zh, type: string, constraints: {required: true, maxLength: 4}}
        - {name: 排序, title: sort_order, type: integer, constraints: {unique: true}}
      primaryKey: 区县代码
  - name: schools
    title: 学校名录
    path: sample/学校名录.csv
    source_system: 统计系统
    schema:
      fields:
        - {name: 学校标识码, title: school_id, type: string}
        - name: 学年
          title: school_year
          type: integer
          constraints: {minimum: 2019, maximum: 2030}
        - {name: 学校名称, title: school_name, type: string, constraints: {required: true}}
        - {name: 区县代码, title: county_id, type: string}
        - {name: 学段, title: stage, type: string, constraints: {enum: [小学, 初中, 普通高中]}}
        - {name: 普惠性, title: is_inclusive, type: boolean, trueValues: [是], falseValues: [否]}
        - {name: 在校生数, title: pupils, type: integer, constraints: {required: true, minimum: 0}}
        - {name: 教师数, title: teachers, type: integer, constraints: {minimum: 0}}
        - {name: 面积, title: area_m2, type: number}
        - {name: 开办日期, title: opened_date, type: date, constraints: {minimum: 1900-01-01}}
      primaryKey: [学校标识码, 学年]
      foreignKeys:
        - {fields: 区县代码, reference: {resource: counties, fields: 区县代码}}
    rules:
      - rule: '"教师数" <= "在校生数"'
        message_zh: 教师数不得多于在校生数
        message_en: there are more teachers than pupils
  - name: notes
    title: 备注
    path: sample/备注.csv
    optional: true
    schema:
      fields:
        - {name: 月份, title: month, type: yearmonth}
        - {name: 备注, title: note, type: string}
"""

COUNTIES = """\
区县代码,名称,排序
330602,越城区,1
330681,诸暨市,2
"""

SCHOOLS_HEADER = "学校标识码,学年,学校名称,区县代码,学段,普惠性,在校生数,教师数,面积,开办日期\n"
SCHOOLS = SCHOOLS_HEADER + (
    "0133060001,2023,鲁迅小学,330602,小学,,800,40,12000.5,1951-09-01\n"
    "0133060001,2024,鲁迅小学,330602,小学,,820,41,12000.5,1951-09-01\n"
    "0133060002,2024,暨阳初中,330681,初中,否,1200,90,,\n"
)

NOTHING_OWED = """\
select '' as resource, '' as county_id, '' as period, '' as item where false
"""

STAGING_COUNTIES = """\
with final as (
    select "区县代码" as county_id, "名称" as name_zh, cast("排序" as integer) as sort_order
    from raw.counties
)

select * from final
"""

STAGING_SCHOOLS = """\
with final as (
    select
        "学校标识码" as school_id,
        cast("学年" as integer) as school_year,
        "学校名称" as school_name,
        "区县代码" as county_id,
        cast("在校生数" as integer) as pupils,
        cast("教师数" as integer) as teachers,
        cast("面积" as double) as area_m2,
        cast("开办日期" as date) as opened_date
    from raw.schools
)

select * from final
"""

STAGING_NOTES = """\
with final as (
    select "月份" as month, "备注" as note from raw.notes
)

select * from final
"""

INDICATORS_SQL = """\
with final as (
    select
        'pupil_teacher_ratio' as indicator_id,
        county_id,
        school_id as unit_id,
        school_year || '-09' as period,
        pupils as numerator,
        teachers as denominator
    from schools
)

select * from final
"""

INDICATORS_YML = """\
subject: teachers
thresholds:
  standard: {value: 19, note_zh: 标准, note_en: The standard}
indicators:
  - indicator_id: pupil_teacher_ratio
    name_zh: 生师比
    name_en: Pupils per teacher
    short_zh: 生师比
    short_en: Pupils per teacher
    page: teachers
    scope: county
    kind: directional
    measure: level
    denominator: base
    scale: 1
    unit_zh: ""
    unit_en: ""
    decimals: 1
    direction: lower
    cadence: yearly
    season: [9]
    trajectory: seasonal
    counted_zh: 名学生
    counted_en: pupils
    formula_zh: 在校生数除以教师数
    formula_en: Pupils by teachers
    office: basic
    sources: [schools]
    certainty: V
    caveats_zh: 无
    caveats_en: None
    people: false
"""

PUPILS_SQL = """\
with final as (
    select county_id, school_id, pupils, area_m2, opened_date
    from schools
    where school_year = $year and list_contains($counties, county_id)
    order by school_id
)

select * from final
"""

PLAN = {
    "plan.yaml": """\
year: 2024
title_zh: 工作要点
title_en: Key points
published: 2024-03-25
source_zh: 公告
source_en: Notice
""",
    "plan.txt": "1.稳定生师比。保持稳定。\n",
    "offices.csv": "office_id,name_zh,name_en,certainty\nbasic,基础教育处,Basic Education,R\n",
    "clauses.csv": (
        "clause,section_zh,section_en,title_zh,title_en,text_zh\n"
        "1,教师,Teachers,稳定生师比,Keep the ratio,稳定生师比。保持稳定。\n"
    ),
    "tasks.csv": "task_id,clause,quote_zh,office_id,due_month\nc1,1,稳定生师比,basic,2024-12\n",
    "targets.csv": (
        "indicator_id,clause,quote_zh,kind,comparator,target,unit_zh,scope,office_id,due_month,"
        "basis\n"
        "pupil_teacher_ratio,1,保持稳定,directional,decrease,,,county,basic,2024-12,plan\n"
    ),
    "milestones.csv": (
        "indicator_id,milestone_id,county_id,name_zh,name_en,source,key,step,due_month\n"
    ),
}


def make_inputs(folder: Path) -> Inputs:
    """Write folders that make a good data version; tests spoil what they like."""
    made = Inputs(
        data_dir=folder / "exports",
        plan_dir=folder / "plan",
        queries_dir=folder / "queries",
        package_path=folder / "datapackage.yaml",
    )
    write(made.package_path, PACKAGE)
    write(made.data_dir / "区县.csv", COUNTIES)
    write(made.data_dir / "学校名录.csv", SCHOOLS)
    for name, text in PLAN.items():
        write(made.plan_dir / "2024" / name, text)
    write(made.queries_dir / "staging" / "counties.sql", STAGING_COUNTIES)
    write(made.queries_dir / "staging" / "schools.sql", STAGING_SCHOOLS)
    write(made.queries_dir / "staging" / "notes.sql", STAGING_NOTES)
    write(made.queries_dir / "indicators" / "teachers.sql", INDICATORS_SQL)
    write(made.queries_dir / "indicators" / "teachers.yml", INDICATORS_YML)
    write(made.queries_dir / "teachers" / "pupils.sql", PUPILS_SQL)
    for step in OWED_STEPS:
        write(made.queries_dir / f"{step}.sql", NOTHING_OWED)
    for path in (settings.QUERIES_DIR / "suppression").glob("*.sql"):
        write(made.queries_dir / "suppression" / path.name, path.read_bytes())
    return made


def open_inputs(inputs: Inputs) -> Database:
    return open_database(
        inputs.data_dir,
        plan_dir=inputs.plan_dir,
        queries_dir=inputs.queries_dir,
        package_path=inputs.package_path,
    )


def write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
