-- The schools that do not meet the rule of the seven resources, at its latest stock-taking by the
-- chosen month, with each line they miss: what they have, and what they should. The worst first:
-- by the number of lines missed, then by how little of a line is reached.
with
latest as (
    select max(period) as period
    from indicator_rows
    where
        indicator_id = 'balanced_seven_indicators'
        and period <= $as_of
),

failing as (
    select
        indicator_rows.unit_id as school_id,
        cast(latest.period[:4] as integer) as school_year
    from indicator_rows
    inner join latest on indicator_rows.period = latest.period
    where
        indicator_rows.indicator_id = 'balanced_seven_indicators'
        and indicator_rows.numerator = 0
),

missed as (
    select
        school_resources.*,
        count(*) over (partition by school_resources.school_id) as missed_lines,
        min(school_resources.attainment) over (partition by school_resources.school_id)
            as lowest_attainment
    from school_resources
    inner join failing
        on
            school_resources.school_id = failing.school_id
            and school_resources.school_year = failing.school_year
    where school_resources.attainment < 1
),

final as (
    select
        missed.school_id,
        schools.school_name,
        missed.county_id,
        missed.resource,
        missed.amount,
        missed.line,
        missed.attainment * 100 as attainment_pct,
        missed.missed_lines
    from missed
    inner join schools
        on
            missed.school_id = schools.school_id
            and missed.school_year = schools.school_year
    order by
        missed.missed_lines desc,
        missed.lowest_attainment,
        missed.school_id,
        missed.resource
)

select * from final
