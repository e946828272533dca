-- The steps of every plan year, each with the day on which it was taken for that year's plan, if it
-- was, and the months in which it counts as taken and as due.
-- An accreditation is looked for in the plan year alone: a county can be assessed or re-checked
-- again in another. A project's step is looked for in the year's own list of projects; one that was
-- taken before the year counts from January. So does one that was due before.
with
project_steps as (
    select
        project_name,
        plan_year,
        unnest(['approval', 'start', 'topping', 'completion', 'use']) as step,
        unnest([
            actual_approval_date,
            actual_start_date,
            actual_topping_date,
            actual_completion_date,
            actual_use_date
        ]) as step_date
    from projects
),

evidence as (
    select
        'accreditation' as source,
        category as key,
        '' as step,
        county_id,
        year(event_date) as plan_year,
        event_date as taken_date
    from accreditations
    union all
    -- a step of one thing by name: the category, a colon and the name
    select
        'accreditation' as source,
        category || ':' || name as key,
        '' as step,
        county_id,
        year(event_date) as plan_year,
        event_date as taken_date
    from accreditations
    union all
    select
        'project' as source,
        project_name as key,
        step,
        'all' as county_id,
        plan_year,
        step_date as taken_date
    from project_steps
    where year(step_date) <= plan_year
),

dated as (
    select
        m.plan_year,
        m.indicator_id,
        m.milestone_id,
        m.county_id,
        m.name_zh,
        m.name_en,
        m.source,
        m.key,
        m.due_month,
        min(evidence.taken_date) as taken_date
    from plan_milestones as m
    left join evidence
        on
            m.plan_year = evidence.plan_year
            and m.source = evidence.source
            and m.key = evidence.key
            and m.step = evidence.step
            and (m.source = 'project' or m.county_id in ('all', evidence.county_id))
    group by all
),

final as (
    select
        *,
        if(
            taken_date is null,
            null,
            greatest(strftime(taken_date, '%Y-%m'), plan_year || '-01')
        ) as taken_month,
        if(
            due_month <= plan_year || '-12', greatest(due_month, plan_year || '-01'), null
        ) as counted_due_month
    from dated
)

select * from final
