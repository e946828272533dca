-- A project's reported stage needs the date of its milestone, at the latest in that month.
-- Whichever plan year's list has the date.
with
dates as (
    select
        "项目编号",
        min("实际开工日期") as "实际开工日期",
        min("实际主体结顶日期") as "实际主体结顶日期",
        min("实际完工验收日期") as "实际完工验收日期",
        min("实际投用日期") as "实际投用日期",
        bool_or(is_delivered) as is_delivered
    from typed.projects
    group by "项目编号"
),

reached as (
    select
        m._row,
        m.period,
        m."所处阶段" as stage,
        m.is_delivered or p.is_delivered as is_touched,
        last_day(cast(m."月份" || '-01' as date)) as month_end,
        case m."所处阶段"
            when '在建' then '实际开工日期'
            when '主体结顶' then '实际主体结顶日期'
            when '完工' then '实际完工验收日期'
            when '投用' then '实际投用日期'
        end as milestone,
        case m."所处阶段"
            when '在建' then p."实际开工日期"
            when '主体结顶' then p."实际主体结顶日期"
            when '完工' then p."实际完工验收日期"
            when '投用' then p."实际投用日期"
        end as reached_on
    from typed.project_months as m
    inner join dates as p on m."项目编号" = p."项目编号"
    where regexp_full_match(m."月份", '[0-9]{4}-(0[1-9]|1[0-2])')
),

final as (
    select
        'project_months' as resource,
        _row as row_number,
        '所处阶段' as column_name,
        stage as value,
        milestone,
        period
    from reached
    where
        is_touched
        and milestone is not null
        and (reached_on is null or reached_on > month_end)
)

select * from final
