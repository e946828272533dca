-- Higher education: the university campuses that the plan wants begun or put to use.
with
campus_steps as (
    select
        milestone_id,
        county_id,
        key,
        due_month
    from plan_milestones
    where indicator_id = 'university_campuses'
),

-- A step's key is the category and, after a colon, the campus. It is taken in the month of the first
-- such event; campuses are the city's, wherever they lie.
steps_done as (
    select
        'university_campuses' as indicator_id,
        campus_steps.county_id,
        campus_steps.milestone_id as unit_id,
        strftime(min(accreditations.event_date), '%Y-%m') as period,
        1 as numerator,
        0 as denominator
    from campus_steps
    inner join accreditations
        on campus_steps.key = accreditations.category || ':' || accreditations.name
    where accreditations.event_date is not null
    group by campus_steps.county_id, campus_steps.milestone_id
),

steps_due as (
    select
        'university_campuses' as indicator_id,
        county_id,
        milestone_id as unit_id,
        due_month as period,
        0 as numerator,
        1 as denominator
    from campus_steps
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
