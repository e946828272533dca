-- Rows with the very numbers of the year before: one may repeat itself, most cannot. Somebody has
-- handed in the old file under the new year.
with
counts as (
    select
        'enrolment' as resource,
        '在校生数' as column_name,
        "学校标识码" || "学段" as key,
        '' as season,
        "学年" as year,
        period,
        hash("在校生数", "班级数", "招生数", "毕业生数") as counted,
        is_delivered
    from typed.enrolment
    union all
    select
        'teachers' as resource,
        '专任教师数' as column_name,
        "学校标识码" as key,
        '' as season,
        "学年" as year,
        period,
        hash("专任教师数", "本科学历教师数", "中级职称教师数", "骨干教师数") as counted,
        is_delivered
    from typed.teachers
    union all
    select
        'fitness' as resource,
        '参评人数' as column_name,
        "学校标识码" || "学段" || "性别" as key,
        '' as season,
        "年度" as year,
        period,
        hash("参评人数", "优秀人数", "良好人数", "及格人数") as counted,
        is_delivered
    from typed.fitness
    union all
    select
        'vision' as resource,
        '检查人数' as column_name,
        "学校标识码" || "学段" as key,
        "轮次" as season,
        "年度" as year,
        period,
        hash("在籍人数", "检查人数", "近视人数") as counted,
        is_delivered
    from typed.vision
),

compared as (
    select
        c.resource,
        c.column_name,
        c.period,
        b.period as before,
        count(*) as compared_rows,
        count(*) filter (where c.counted = b.counted) as same_rows,
        bool_or(c.is_delivered) as is_delivered
    from counts as c
    inner join counts as b
        on
            c.resource = b.resource
            and c.key = b.key
            and c.season = b.season
            and c.year - 1 = b.year
    group by c.resource, c.column_name, c.period, b.period
),

final as (
    select
        resource,
        null as row_number,
        column_name,
        same_rows as value,
        compared_rows,
        period,
        before
    from compared
    where is_delivered and compared_rows >= 20 and same_rows * 2 > compared_rows
    order by resource, period
)

select * from final
