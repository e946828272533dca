-- The schools whose totals change most, from school_totals (resource, column_name, school_id,
-- period, is_new, counted). A delivered period is compared with the same one of the base, else with
-- the one before it. Each difference is measured against what the column adds up to over all
-- schools, so that people and square metres can stand in one list.
with
new_periods as (
    select distinct
        resource,
        period
    from school_totals
    where is_new
),

old_periods as (
    select distinct
        resource,
        period
    from school_totals
    where not is_new
),

periods as (
    select
        n.resource,
        n.period,
        coalesce(
            max(o.period) filter (where o.period = n.period),
            max(o.period) filter (where o.period < n.period)
        ) as period_before
    from new_periods as n
    left join old_periods as o on n.resource = o.resource
    group by n.resource, n.period
),

after as (
    select
        t.resource,
        t.column_name,
        t.school_id,
        t.period,
        t.counted
    from school_totals as t
    where t.is_new
),

before as (
    select
        t.resource,
        t.column_name,
        t.school_id,
        p.period,
        t.counted
    from school_totals as t
    inner join periods as p on t.resource = p.resource and t.period = p.period_before
    where not t.is_new
),

compared as (
    select
        coalesce(a.resource, b.resource) as resource,
        coalesce(a.column_name, b.column_name) as column_name,
        coalesce(a.school_id, b.school_id) as school_id,
        coalesce(a.period, b.period) as period,
        b.counted as before,
        a.counted as after,
        abs(coalesce(a.counted, 0) - coalesce(b.counted, 0)) as difference
    from after as a
    full join before as b
        on
            a.resource = b.resource
            and a.column_name = b.column_name
            and a.school_id = b.school_id
            and a.period = b.period
),

all_schools as (
    select
        resource,
        column_name,
        period,
        sum(counted) as counted
    from after
    group by resource, column_name, period
),

names as (
    select
        "学校标识码" as school_id,
        max_by("学校名称", "学年") as school_name,
        max_by("区县代码", "学年") as county_id
    from raw.schools
    group by "学校标识码"
),

final as (
    select
        c.resource,
        c.school_id,
        coalesce(n.school_name, c.school_id) as school_name,
        coalesce(n.county_id, '') as county_id,
        c.column_name,
        c.period,
        p.period_before,
        c.before,
        c.after
    from compared as c
    inner join periods as p on c.resource = p.resource and c.period = p.period
    left join all_schools as s
        on c.resource = s.resource and c.column_name = s.column_name and c.period = s.period
    left join names as n on c.school_id = n.school_id
    where c.difference > 0 and p.period_before is not null
    order by
        c.difference / nullif(s.counted, 0) desc nulls last,
        c.resource,
        c.column_name,
        c.school_id
)

select * from final
