-- A county that has no row in a delivered period, though the period had it in the version before or
-- the period before has it. An export without periods is compared with the version before.
with
delivered as (
    select distinct
        resource,
        period
    from typed.reported
    where is_delivered
),

before_it as (
    select
        d.resource,
        d.period,
        coalesce(
            max(r.period) filter (where r.is_base and r.period = d.period),
            max(r.period) filter (where not r.is_base and r.period < d.period)
        ) as period_before,
        coalesce(bool_or(r.is_base and r.period = d.period), false) as is_in_base
    from delivered as d
    inner join typed.reported as r on d.resource = r.resource
    group by d.resource, d.period
),

expected as (
    select distinct
        b.resource,
        b.period,
        b.period_before,
        b.is_in_base,
        r.county_id
    from before_it as b
    inner join typed.reported as r
        on
            b.resource = r.resource
            and b.period_before = r.period
            and b.is_in_base = r.is_base
),

final as (
    select
        e.resource,
        null as row_number,
        '区县代码' as column_name,
        e.county_id as value,
        e.period,
        coalesce(k."名称", e.county_id) as county,
        case when e.period <> '' then ' in ' || e.period else '' end as in_period,
        case when e.is_in_base then '已发布的版本' else e.period_before end as before_zh,
        case when e.is_in_base then 'the published version' else e.period_before end as before_en
    from expected as e
    left join typed.counties as k on e.county_id = k."区县代码"
    where
        not exists (
            select 1
            from typed.reported as r
            where
                not r.is_base
                and r.resource = e.resource
                and r.period = e.period
                and r.county_id = e.county_id
        )
    order by e.resource, e.period, k."排序"
)

select * from final
