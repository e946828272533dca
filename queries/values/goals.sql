-- Every goal of a plan year: the city's (all) and each county's.
-- The target of a rate or a direction holds for every county; a count is split by 目标分解 where
-- the bureau has split it; milestones and numbers of counties belong to whom the plan names.
with
milestone_steps as (
    select
        indicator_id,
        plan_year,
        count(*)::double as steps
    from plan_milestones
    group by indicator_id, plan_year
),

city as (
    select
        t.indicator_id,
        'all' as county_id,
        t.kind,
        t.comparator,
        t.scope,
        t.basis,
        t.due_month,
        if(t.kind = 'milestone', milestones.steps, t.target) as target
    from plan_targets as t
    left join milestone_steps as milestones
        on t.indicator_id = milestones.indicator_id and t.plan_year = milestones.plan_year
    where t.plan_year = $year
),

shared as (
    select
        city.indicator_id,
        counties.county_id,
        city.kind,
        city.comparator,
        city.scope,
        city.basis,
        city.due_month,
        city.target
    from city
    inner join indicator_definitions as d on city.indicator_id = d.indicator_id
    cross join counties
    where
        d.scope = 'county'
        and d.kind <> 'milestone'
        and (d.denominator = 'base' or d.kind = 'directional')
),

split as (
    select
        city.indicator_id,
        county_targets.county_id,
        city.kind,
        city.comparator,
        city.scope,
        city.basis,
        city.due_month,
        county_targets.target
    from city
    inner join county_targets on city.indicator_id = county_targets.indicator_id
    where county_targets.year = $year
),

milestones as (
    select
        city.indicator_id,
        m.county_id,
        city.kind,
        city.comparator,
        city.scope,
        city.basis,
        city.due_month,
        count(*)::double as target
    from city
    inner join plan_milestones as m on city.indicator_id = m.indicator_id and m.plan_year = $year
    where m.county_id <> 'all'
    group by all
),

final as (
    select * from city
    union all
    select * from shared
    union all
    select * from split
    union all
    select * from milestones
)

select * from final
