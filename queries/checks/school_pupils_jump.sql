-- A school's pupils of a stage halved or doubled within a year, by two hundred at least.
with
compared as (
    select
        *,
        lag("在校生数") over stage_years as before
    from typed.enrolment
    window stage_years as (partition by "学校标识码", "学段" order by "学年")
),

final as (
    select
        'enrolment' as resource,
        _row as row_number,
        '在校生数' as column_name,
        "在校生数" as value,
        before,
        "学校标识码" as school,
        "学段" as stage,
        "学年" as school_year
    from compared
    where
        is_delivered
        and abs("在校生数" - before) >= 200
        and ("在校生数" >= 2 * before or 2 * "在校生数" <= before)
)

select * from final
