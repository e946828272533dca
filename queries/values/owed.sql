-- Every return that a unit owes (resource, county, period) and whether it is missing; of registers,
-- which nobody owes, the month in which they begin (county_id is empty).
with
registers as (
    select
        r.resource,
        '' as county_id,
        min(r.period) as period,
        false as is_missing
    from reported_periods as r
    left join owed_exports as e on r.resource = e.resource
    where e.resource is null
    group by r.resource
),

returns as (
    select distinct
        o.resource,
        o.county_id,
        o.period,
        m.resource is not null as is_missing
    from owed_periods as o
    left join missing_periods as m
        on
            o.resource = m.resource
            and o.county_id = m.county_id
            and o.period = m.period
),

final as (
    select * from returns
    union all
    select * from registers
    order by resource, county_id, period
)

select * from final
