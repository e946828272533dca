-- Screening rows of a delivered round, or in a delivered register, whose school the register does
-- not have open in that school year: they count nowhere. The other exports may not have such rows
-- at all. A spring round falls into the school year that began the autumn before.
with
rounds as (
    select
        *,
        "年度" - case "轮次" when '春季' then 1 else 0 end as school_year
    from typed.vision
),

delivered_years as (
    select distinct "学年" as school_year
    from typed.schools
    where is_delivered
),

stray as (
    select
        r.period,
        r."学校标识码" as school_id,
        count(*) as stray_rows,
        sum(r."检查人数") as pupils
    from rounds as r
    where
        (r.is_delivered or r.school_year in (select d.school_year from delivered_years as d))
        and not exists (
            select 1
            from typed.schools as s
            where
                s."学校标识码" = r."学校标识码"
                and s."学年" = r.school_year
                and s."办学状态" = '在办'
        )
    group by r.period, r."学校标识码"
),

names as (
    select
        "学校标识码" as school_id,
        max_by("学校名称", "学年") as school_name,
        max_by("区县代码", "学年") as county_id
    from typed.schools
    group by "学校标识码"
),

final as (
    select
        'vision' as resource,
        null as row_number,
        '学校标识码' as column_name,
        stray.period,
        count(*) as value,
        sum(stray.stray_rows) as stray_rows,
        coalesce(sum(stray.pupils), 0) as pupils,
        array_to_string(list(distinct c."名称" order by c."名称"), '、') as counties_zh,
        array_to_string(list(distinct c."英文名称" order by c."英文名称"), ', ') as counties_en,
        array_to_string(list(names.school_name order by names.school_name)[1:20], '、') as names,
        case when count(*) > 20 then '……' else '' end as more
    from stray
    inner join names on stray.school_id = names.school_id
    left join typed.counties as c on names.county_id = c."区县代码"
    group by stray.period
    order by stray.period
)

select * from final
