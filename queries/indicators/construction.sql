-- Building projects: started, invested, completed, and the city's flagship schools, against plan.
with
-- What a year's plan lists counts in that year, from January where it started before.
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
        greatest(actual_month, plan_year || '-01') as period,
        1 as numerator,
        0 as denominator
    from starts
    where actual_month <= plan_year || '-12'
    union all
    select
        county_id,
        project_id,
        greatest(planned_month, plan_year || '-01') as period,
        0 as numerator,
        1 as denominator
    from starts
    where planned_month <= plan_year || '-12'
),

projects_underway as (
    select
        'projects_underway' as indicator_id,
        county_id,
        project_id as unit_id,
        period,
        numerator,
        denominator
    from started
),

listed_years as (
    select distinct plan_year from projects
),

known_counties as (
    select
        project_id,
        arg_max(county_id, plan_year) as county_id
    from projects
    group by project_id
),

-- A year's investment is that of the projects on its list. Of years before there were lists, all
-- that is reported.
invested as (
    select
        'project_investment' as indicator_id,
        coalesce(listed.county_id, known_counties.county_id) as county_id,
        m.project_id as unit_id,
        m.month as period,
        m.invested_yuan as numerator,
        0 as denominator
    from project_months as m
    inner join known_counties on m.project_id = known_counties.project_id
    left join projects as listed
        on m.project_id = listed.project_id and cast(m.month[:4] as integer) = listed.plan_year
    left join listed_years on cast(m.month[:4] as integer) = listed_years.plan_year
    where
        m.invested_yuan is not null
        and (listed.project_id is not null or listed_years.plan_year is null)
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

flagship_steps_done as (
    select
        indicator_id,
        county_id,
        milestone_id as unit_id,
        taken_month as period,
        1 as numerator,
        0 as denominator
    from plan_steps
    where indicator_id = 'municipal_projects' and taken_date is not null
),

flagship_steps_due as (
    select
        indicator_id,
        county_id,
        milestone_id as unit_id,
        counted_due_month as period,
        null as numerator,
        1 as denominator
    from plan_steps
    where indicator_id = 'municipal_projects' and counted_due_month is not null
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
