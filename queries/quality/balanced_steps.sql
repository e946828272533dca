-- The steps of every county on its way to recognition as quality-balanced: when each was taken by
-- the end of the chosen month, and by when the year's plan asks for it. The re-check is a step only
-- for a county that has had it or is asked for it.
with
-- In the order in which they are taken.
steps as (
    select
        unnest([
            'provincial_assessment',
            'provincial_recheck',
            'national_assessment',
            'national_recognition'
        ]) as step,
        unnest(range(4)) as step_order
),

taken as (
    select
        county_id,
        category,
        min(event_date) as taken_date
    from accreditations
    where strftime(event_date, '%Y-%m') <= $as_of
    group by county_id, category
),

asked as (
    select
        county_id,
        key as category,
        min(due_month) as due_month,
        min(if(taken_month <= $as_of, taken_date, null)) as taken_date
    from plan_steps
    where
        indicator_id = 'balanced_development_stage'
        and plan_year = cast($as_of[:4] as integer)
    group by county_id, key
),

final as (
    select
        counties.county_id,
        steps.step,
        -- What the year's plan asks for is taken in its year; an earlier one was another.
        if(asked.due_month is null, taken.taken_date, asked.taken_date) as taken_date,
        asked.due_month
    from counties
    cross join steps
    left join taken
        on
            counties.county_id = taken.county_id
            and taken.category = 'balanced_' || steps.step
    left join asked
        on
            counties.county_id = asked.county_id
            and asked.category = 'balanced_' || steps.step
    where
        counties.unit_kind = 'county'
        and (
            steps.step <> 'provincial_recheck'
            or taken.taken_date is not null
            or asked.due_month is not null
        )
    order by counties.sort_order, steps.step_order
)

select * from final
