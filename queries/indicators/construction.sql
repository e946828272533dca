-- Building projects: started, invested, completed, and the city's flagship schools, against plan.
with
-- What a year's plan lists counts in that year: in from January or its start, out at year's end.
starts as (
    select
        project_id,
        county_id,
        plan_year,
        strftime(actual_start_date, '%Y-%m') as actual_month,
        strftime(planned_start_date, '%Y-%m') as planned_month
    from projects
),

started as (
    select
        county_id,
        project_id,
        plan_year,
        greatest(actual_month, plan_year || '-01') as period,
        1 as numerator,
        0 as denominator
    from starts
    where actual_month <= plan_year || '-12'
    union all
    select
        county_id,
        project_id,
        plan_year,
        greatest(planned_month, plan_year || '-01') as period,
        0 as numerator,
        1 as denominator
    from starts
    where planned_month <= plan_year || '-12'
),

left_the_plan as (
    select
        county_id,
        project_id,
        plan_year,
        (plan_year + 1) || '-01' as period,
        -numerator as numerator,
        -denominator as denominator
    from started
),

movements as (
    select * from started
    union all
    select * from left_the_plan
),

projects_underway as (
    select
        'projects_underway' as indicator_id,
        county_id,
        project_id as unit_id,
        period,
        numerator,
        denominator
    from movements
),

project_counties as (
    select
        project_id,
        arg_max(county_id, plan_year) as county_id
    from projects
    group by project_id
),

invested as (
    select
        'project_investment' as indicator_id,
        project_counties.county_id,
        project_months.project_id as unit_id,
        project_months.month as period,
        project_months.invested_yuan as numerator,
        0 as denominator
    from project_months
    inner join project_counties on project_months.project_id = project_counties.project_id
    where project_months.invested_yuan is not null
),

-- The months (1 to 12) of the plan year in which a project is meant to be built; all of them where
-- its dates name none.
building_seasons as (
    select
        project_id,
        county_id,
        plan_year,
        year_investment_yuan,
        if(year(planned_start_date) = plan_year, month(planned_start_date), 1) as first_month,
        if(year(planned_completion_date) = plan_year, month(planned_completion_date), 12)
            as last_month
    from projects
    where year_investment_yuan is not null
),

planned_months as (
    select
        *,
        unnest(range(first_month, last_month + 1)) as month_number
    from building_seasons
),

-- The year's plan in equal parts; what is planned is no figure of what was invested.
planned_investment as (
    select
        'project_investment' as indicator_id,
        county_id,
        project_id as unit_id,
        plan_year || '-' || lpad(cast(month_number as varchar), 2, '0') as period,
        null as numerator,
        year_investment_yuan / (last_month - first_month + 1) as denominator
    from planned_months
),

-- Completed is what has passed its completion acceptance.
completed as (
    select
        'projects_completed' as indicator_id,
        county_id,
        project_id as unit_id,
        strftime(actual_completion_date, '%Y-%m') as period,
        1 as numerator,
        0 as denominator
    from projects
    where year(actual_completion_date) = plan_year
),

planned_completions as (
    select
        'projects_completed' as indicator_id,
        county_id,
        project_id as unit_id,
        strftime(planned_completion_date, '%Y-%m') as period,
        0 as numerator,
        1 as denominator
    from projects
    where year(planned_completion_date) = plan_year
),

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

-- One row per step taken.
project_steps as (
    unpivot actual_dates
    on approval, start, topping, completion, use
    into name step value step_date
),

flagship_steps_done as (
    select
        'municipal_projects' as indicator_id,
        plan_milestones.county_id,
        plan_milestones.milestone_id as unit_id,
        strftime(min(project_steps.step_date), '%Y-%m') as period,
        1 as numerator,
        0 as denominator
    from plan_milestones
    inner join project_steps
        on
            plan_milestones.key = project_steps.project_name
            and plan_milestones.step = project_steps.step
    where
        plan_milestones.indicator_id = 'municipal_projects'
        and plan_milestones.source = 'project'
    group by plan_milestones.county_id, plan_milestones.milestone_id
),

flagship_steps_due as (
    select
        indicator_id,
        county_id,
        milestone_id as unit_id,
        due_month as period,
        null as numerator,
        1 as denominator
    from plan_milestones
    where indicator_id = 'municipal_projects'
),

all_rows as (
    select * from projects_underway
    union all
    select * from invested
    union all
    select * from planned_investment
    union all
    select * from completed
    union all
    select * from planned_completions
    union all
    select * from flagship_steps_done
    union all
    select * from flagship_steps_due
),

final as (
    select
        indicator_id,
        county_id,
        unit_id,
        period,
        cast(numerator as double) as numerator,
        cast(denominator as double) as denominator
    from all_rows
)

select * from final
