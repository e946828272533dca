-- The schools that do not meet the rule of the seven resources, at its latest stock-taking by the
-- chosen month, with each line they miss: what they have, and what they should. The worst first:
-- by the number of lines missed, then by how little of a line is reached. Where what they have is
-- withheld, the line is named without it, and has no part in the order.
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
        resource_rows.*,
        count(*) over (partition by resource_rows.school_id) as missed_lines,
        min(resource_rows.attainment) over (partition by resource_rows.school_id)
            as lowest_attainment
    from resource_rows
    inner join failing
        on
            resource_rows.school_id = failing.school_id
            and resource_rows.school_year = failing.school_year
    where resource_rows.is_missed
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
        missed.missed_lines,
        missed.is_withheld
    from missed
    inner join schools
        on
            missed.school_id = schools.school_id
            and missed.school_year = schools.school_year
    order by
        missed.missed_lines desc,
        missed.lowest_attainment nulls last,
        missed.school_id,
        missed.resource
)

select * from final
