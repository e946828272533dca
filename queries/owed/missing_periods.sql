-- What is missing of a unit's return: owed − reported. It is missing where nothing is in, where a
-- project's month is not, and where fewer of its schools are in than the contract asks for.
with
owed as (
    select
        o.resource,
        o.county_id,
        o.period,
        o.item <> '' as is_item,
        r.item is not null as is_in
    from owed_periods as o
    left join reported_periods as r
        on
            o.resource = r.resource
            and o.county_id = r.county_id
            and o.period = r.period
            and o.item = r.item
),

final as (
    select
        owed.resource,
        owed.county_id,
        owed.period
    from owed
    inner join owed_exports as e on owed.resource = e.resource
    group by owed.resource, owed.county_id, owed.period, e.enough_pct
    having
        not bool_and(owed.is_in or owed.is_item)
        or count(*) filter (where owed.is_item and owed.is_in) * 100
        < e.enough_pct * count(*) filter (where owed.is_item)
)

select * from final
