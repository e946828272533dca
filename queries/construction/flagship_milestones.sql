-- The steps that the plan asks of the city's flagship schools: due, and taken by a month's end.
with
actual_dates as (
    select
        project_name,
        actual_approval_date as approval,
        actual_start_date as start,
        actual_topping_date as topping,
        actual_completion_date as completion,
        actual_use_date as use
    from projects
),

project_steps as (
    unpivot actual_dates
    on approval, start, topping, completion, use
    into name step value step_date
),

final as (
    select
        plan_milestones.milestone_id,
        plan_milestones.name_zh,
        plan_milestones.name_en,
        plan_milestones.due_month,
        plan_milestones.key as project_name,
        min(project_steps.step_date) filter (
            where strftime(project_steps.step_date, '%Y-%m') <= $as_of
        ) as reached_date
    from plan_milestones
    left join project_steps
        on
            plan_milestones.key = project_steps.project_name
            and plan_milestones.step = project_steps.step
    where
        plan_milestones.indicator_id = 'municipal_projects'
        and plan_milestones.plan_year = cast($as_of[:4] as integer)
    group by all
    order by plan_milestones.due_month, plan_milestones.milestone_id
)

select * from final
