-- What is owed: one row per export, unit and period (item ''), and beside it, for exports owed by
-- each school or each project, one per school or project (item). To the end of the year after the
-- latest one reported, which no month that can be chosen lies beyond.
with
span as (
    select max(cast(period[:4] as integer)) + 1 as last_year
    from reported_periods
),

years as (
    select unnest(range(min(cast(e.since[:4] as integer)), max(span.last_year) + 1)) as year
    from owed_exports as e
    cross join span
),

periods as (
    select
        e.resource,
        e.owed_by,
        e.units,
        m.month,
        e.resource not in (select t.resource from owed_school_types as t) as are_all_types,
        years.year,
        years.year || '-' || lpad(cast(m.month as varchar), 2, '0') as period
    from owed_exports as e
    inner join owed_months as m on e.resource = m.resource
    cross join years
    where years.year || '-' || lpad(cast(m.month as varchar), 2, '0') >= e.since
),

owing as (
    select
        e.resource,
        c.county_id
    from owed_exports as e
    cross join counties as c
    left join owed_units as u on e.resource = u.resource and c.county_id = u.county_id
    where
        case e.units
            when 'all' then true
            when 'counties' then c.unit_kind = 'county'
            else u.county_id is not null
        end
),

by_county as (
    select
        p.resource,
        o.county_id,
        p.period,
        '' as item
    from periods as p
    inner join owing as o on p.resource = o.resource
    where p.owed_by <> 'project'
),

-- The schools that were open in the school year that a period falls into.
by_school as (
    select
        p.resource,
        o.county_id,
        p.period,
        schools.school_id as item
    from periods as p
    inner join owing as o on p.resource = o.resource
    inner join schools
        on
            o.county_id = schools.county_id
            and schools.school_year = p.year - if(p.month < 9, 1, 0)
    where
        p.owed_by = 'school'
        and schools.school_status = 'open'
        and (
            p.are_all_types
            or exists (
                select 1
                from owed_school_types as t
                where t.resource = p.resource and t.school_type = schools.school_type
            )
        )
),

building_times as (
    select
        project_id,
        arg_max(county_id, plan_year) as county_id,
        strftime(min(actual_start_date), '%Y-%m') as first_month,
        strftime(max(actual_completion_date), '%Y-%m') as last_month
    from projects
    group by project_id
),

by_project as (
    select
        p.resource,
        o.county_id,
        p.period,
        b.project_id as item
    from periods as p
    inner join owing as o on p.resource = o.resource
    inner join building_times as b on o.county_id = b.county_id
    where
        p.owed_by = 'project'
        and p.period between b.first_month and coalesce(b.last_month, p.period)
),

final as (
    select * from by_county
    union all
    select * from by_school
    union all
    select * from by_project
)

select * from final
