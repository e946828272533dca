-- The projects of a plan year as they stand at the end of a month, the latest ones first.
-- How late a project is, in days (negative: early), is the larger of two figures:
-- how late it reached its last milestone, and how long its next one has been overdue when the
-- month is over. A project whose first milestone is not due yet has no such figure.
with
milestones as (
    select
        project_id,
        unnest(['approval', 'start', 'topping', 'completion', 'use']) as milestone,
        unnest([1, 2, 3, 4, 5]) as step,
        unnest([
            planned_approval_date,
            planned_start_date,
            planned_topping_date,
            planned_completion_date,
            planned_use_date
        ]) as planned_date,
        unnest([
            actual_approval_date,
            actual_start_date,
            actual_topping_date,
            actual_completion_date,
            actual_use_date
        ]) as actual_date
    from projects
    where plan_year = $plan_year
),

-- What lies beyond the month is not known yet; the month is over on the first of the next one.
known as (
    select
        project_id,
        milestone,
        step,
        planned_date,
        if(strftime(actual_date, '%Y-%m') <= $as_of, actual_date, null) as actual_date,
        cast($as_of || '-01' as date) + interval 1 month as month_over
    from milestones
),

progress as (
    select
        project_id,
        count(actual_date) as milestones_reached,
        max(actual_date) filter (where milestone = 'approval') as actual_approval_date,
        max(actual_date) filter (where milestone = 'start') as actual_start_date,
        max(actual_date) filter (where milestone = 'topping') as actual_topping_date,
        max(actual_date) filter (where milestone = 'completion') as actual_completion_date,
        max(actual_date) filter (where milestone = 'use') as actual_use_date,
        arg_min(milestone, step) filter (where actual_date is null) as next_milestone,
        arg_min(planned_date, step) filter (where actual_date is null) as next_planned_date,
        arg_max(date_diff('day', planned_date, actual_date), step) as reached_late_days,
        arg_min(date_diff('day', planned_date, month_over), step) filter (
            where actual_date is null
        ) as waited_days
    from known
    group by project_id
),

lateness as (
    select
        *,
        greatest(reached_late_days, if(waited_days > 0, waited_days, null)) as late_days
    from progress
),

reports as (
    select
        project_id,
        month as report_month,
        physical_progress_pct,
        problem,
        responsible_post
    from project_months
    where month <= $as_of
    qualify month = max(month) over (partition by project_id)
),

investments as (
    select
        project_id,
        sum(invested_yuan) as invested_yuan
    from project_months
    where month between $as_of[:4] || '-01' and $as_of
    group by project_id
),

final as (
    select
        projects.project_id,
        projects.project_name,
        projects.project_type,
        projects.stage as school_type,
        projects.school_name,
        projects.county_id,
        lateness.milestones_reached,
        lateness.next_milestone,
        lateness.next_planned_date,
        lateness.late_days,
        projects.planned_approval_date,
        projects.planned_start_date,
        projects.planned_topping_date,
        projects.planned_completion_date,
        projects.planned_use_date,
        lateness.actual_approval_date,
        lateness.actual_start_date,
        lateness.actual_topping_date,
        lateness.actual_completion_date,
        lateness.actual_use_date,
        reports.report_month,
        reports.physical_progress_pct,
        reports.problem,
        reports.responsible_post,
        -- From its approval until it is in use a project reports every month.
        coalesce(reports.report_month < $as_of, true)
        and lateness.milestones_reached between 1 and 4 as is_report_missing,
        projects.total_investment_yuan,
        projects.year_investment_yuan,
        investments.invested_yuan
    from projects
    inner join lateness on projects.project_id = lateness.project_id
    inner join counties on projects.county_id = counties.county_id
    left join reports on projects.project_id = reports.project_id
    left join investments on projects.project_id = investments.project_id
    where projects.plan_year = $plan_year
    order by
        -- What is in use is over, however late it was.
        lateness.milestones_reached = 5,
        lateness.late_days desc nulls last,
        lateness.next_planned_date,
        counties.sort_order,
        projects.project_id
)

select * from final
