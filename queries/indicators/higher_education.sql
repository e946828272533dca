-- Higher education: the university campuses that the plan wants begun or put to use.
with
steps_done as (
    select
        indicator_id,
        county_id,
        milestone_id as unit_id,
        taken_month as period,
        1 as numerator,
        0 as denominator
    from plan_steps
    where indicator_id = 'university_campuses' and taken_date is not null
),

steps_due as (
    select
        indicator_id,
        county_id,
        milestone_id as unit_id,
        counted_due_month as period,
        0 as numerator,
        1 as denominator
    from plan_steps
    where indicator_id = 'university_campuses' and counted_due_month is not null
),

all_rows as (
    select * from steps_done
    union all
    select * from steps_due
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
