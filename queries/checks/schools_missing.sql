-- Schools that the register has open in a delivered period and that have no row in it: all of them
-- in the statistics, those of compulsory education in the conditions, those with tested stages in
-- fitness and vision. A spring round belongs to the school year that began the autumn before.
with
reports as (
    select
        'enrolment' as resource,
        period,
        "学年" as school_year,
        "学校标识码" as school_id,
        is_delivered
    from typed.enrolment
    union all
    select
        'teachers' as resource,
        period,
        "学年" as school_year,
        "学校标识码" as school_id,
        is_delivered
    from typed.teachers
    union all
    select
        'school_conditions' as resource,
        period,
        "学年" as school_year,
        "学校标识码" as school_id,
        is_delivered
    from typed.school_conditions
    union all
    select
        'fitness' as resource,
        period,
        "年度" as school_year,
        "学校标识码" as school_id,
        is_delivered
    from typed.fitness
    union all
    select
        'vision' as resource,
        period,
        "年度" - case "轮次" when '春季' then 1 else 0 end as school_year,
        "学校标识码" as school_id,
        is_delivered
    from typed.vision
),

delivered as (
    select distinct
        resource,
        period,
        school_year
    from reports
    where is_delivered
),

missing as (
    select
        d.resource,
        d.period,
        s."学校名称" as school_name
    from delivered as d
    inner join typed.schools as s on d.school_year = s."学年"
    where
        s."办学状态" = '在办'
        and case d.resource
            when 'school_conditions' then s."学校类型" in ('小学', '初中', '九年一贯')
            when 'fitness' then s."学校类型" not in ('幼儿园', '特教')
            when 'vision' then s."学校类型" not in ('幼儿园', '特教')
            else true
        end
        and not exists (
            select 1
            from reports as r
            where
                r.resource = d.resource
                and r.period = d.period
                and r.school_id = s."学校标识码"
        )
),

final as (
    select
        resource,
        null as row_number,
        '学校标识码' as column_name,
        period,
        count(*) as value,
        array_to_string(list(school_name order by school_name)[1:20], '、') as names,
        case when count(*) > 20 then '……' else '' end as more
    from missing
    group by resource, period
    order by resource, period
)

select * from final
