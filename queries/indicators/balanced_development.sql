-- Quality-balanced compulsory education: the counties' accreditation steps, the schools' resources.
with
-- The step is taken in the month of the county's first event of that category.
steps_taken as (
    select
        plan_milestones.milestone_id,
        plan_milestones.county_id,
        strftime(min(accreditations.event_date), '%Y-%m') as period
    from plan_milestones
    inner join accreditations
        on
            plan_milestones.key = accreditations.category
            and plan_milestones.county_id = accreditations.county_id
    where
        plan_milestones.indicator_id = 'balanced_development_stage'
        and plan_milestones.source = 'accreditation'
    group by plan_milestones.milestone_id, plan_milestones.county_id
),

steps_done as (
    select
        'balanced_development_stage' as indicator_id,
        county_id,
        milestone_id as unit_id,
        period,
        1 as numerator,
        0 as denominator
    from steps_taken
    where period is not null
),

steps_due as (
    select
        indicator_id,
        county_id,
        milestone_id as unit_id,
        due_month as period,
        0 as numerator,
        1 as denominator
    from plan_milestones
    where indicator_id = 'balanced_development_stage'
),

-- Only schools with all seven reported; six lines reached and the seventh nearly.
seven_resources as (
    select
        'balanced_seven_indicators' as indicator_id,
        county_id,
        school_id as unit_id,
        school_year || '-09' as period,
        cast(
            count(*) filter (where attainment >= 1)
            >= (
                select thresholds.value
                from thresholds
                where thresholds.name = 'balanced_resources_to_reach'
            )
            and min(attainment) * 100
            >= (
                select thresholds.value
                from thresholds
                where thresholds.name = 'balanced_remaining_attainment_pct'
            )
            as integer
        ) as numerator,
        1 as denominator
    from school_resources
    group by school_id, school_year, county_id
    having count(*) = 7
),

all_rows as (
    select * from steps_done
    union all
    select * from steps_due
    union all
    select * from seven_resources
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
