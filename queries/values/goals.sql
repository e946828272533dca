-- Every goal of a month's plan year as it stands at that month: the city's (all) and each county's.
-- A target that the bureau changed keeps its old number in the months before.
-- The target of a rate or a direction holds for every county; a count is split by 目标分解 where
-- the bureau has split it; milestones and numbers of counties belong to whom the plan names.
-- A target that names counties is asked of them alone, and of the city only where it names all.
with
plan_year as (
    select cast($as_of[:4] as integer) as year
),

changed as (
    select
        changes.indicator_id,
        arg_max(changes.target, changes.from_month) as target
    from plan_target_changes as changes
    inner join plan_year on changes.plan_year = plan_year.year
    where changes.from_month <= $as_of
    group by changes.indicator_id
),

milestone_steps as (
    select
        indicator_id,
        plan_year,
        count(*)::double as steps
    from plan_milestones
    group by indicator_id, plan_year
),

targets as (
    select
        t.indicator_id,
        t.kind,
        t.comparator,
        t.scope,
        t.basis,
        t.due_month,
        t.counties,
        string_split(t.counties, ' ') as named,
        if(t.kind = 'milestone', milestones.steps, coalesce(changed.target, t.target)) as target
    from plan_targets as t
    inner join plan_year on t.plan_year = plan_year.year
    left join changed on t.indicator_id = changed.indicator_id
    left join milestone_steps as milestones
        on t.indicator_id = milestones.indicator_id and t.plan_year = milestones.plan_year
),

asked as (
    select
        targets.indicator_id,
        'all' as county_id,
        targets.target
    from targets
    union all
    -- one line for everybody
    select
        targets.indicator_id,
        counties.county_id,
        targets.target
    from targets
    inner join indicator_definitions as d on targets.indicator_id = d.indicator_id
    cross join counties
    where
        targets.scope = 'county'
        and d.scope = 'county'
        and (
            targets.kind in ('rate', 'change', 'directional')
            or (targets.kind = 'count' and d.denominator = 'base')
        )
    union all
    -- shared out
    select
        targets.indicator_id,
        county_targets.county_id,
        county_targets.target
    from targets
    inner join county_targets on targets.indicator_id = county_targets.indicator_id
    inner join plan_year on county_targets.year = plan_year.year
    union all
    -- steps of a county's own
    select
        targets.indicator_id,
        m.county_id,
        count(*)::double as target
    from targets
    inner join plan_milestones as m on targets.indicator_id = m.indicator_id
    inner join plan_year on m.plan_year = plan_year.year
    where m.county_id <> 'all'
    group by targets.indicator_id, m.county_id
),

final as (
    select
        asked.indicator_id,
        asked.county_id,
        targets.kind,
        targets.comparator,
        targets.scope,
        targets.basis,
        targets.due_month,
        targets.counties,
        asked.target
    from asked
    inner join targets on asked.indicator_id = targets.indicator_id
    where targets.counties = '' or list_contains(targets.named, asked.county_id)
)

select * from final
