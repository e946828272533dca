-- Schools that were open in the school year before and are not in the delivered one at all.
with
delivered as (
    select distinct "学年" as school_year
    from typed.schools
    where is_delivered
),

lost as (
    select
        d.school_year,
        s."学校名称" as school_name
    from delivered as d
    inner join typed.schools as s on d.school_year - 1 = s."学年"
    where
        s."办学状态" = '在办'
        and not exists (
            select 1
            from typed.schools as t
            where t."学校标识码" = s."学校标识码" and t."学年" = d.school_year
        )
),

final as (
    select
        'schools' as resource,
        null as row_number,
        '学校标识码' as column_name,
        school_year as period,
        count(*) as value,
        array_to_string(list(school_name order by school_name)[1:20], '、') as names,
        case when count(*) > 20 then '……' else '' end as more
    from lost
    group by school_year
)

select * from final
