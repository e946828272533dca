-- Quality-balanced compulsory education: the counties' accreditation steps, the schools' resources.
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
    where indicator_id = 'balanced_development_stage' and taken_date is not null
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
    where indicator_id = 'balanced_development_stage' and counted_due_month is not null
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
