-- The units of a county that lie furthest below and above a line, in what the numerator counts.
-- Counts of people under the threshold, and what they could be worked out from, stay out.
with
units as (
    select
        r.unit_id,
        sum(r.numerator) as numerator,
        sum(r.denominator) as denominator
    from indicator_rows as r
    where
        r.indicator_id = $indicator_id
        and r.county_id = $county_id
        and r.period = $period
        and r.unit_id <> r.county_id
    group by r.unit_id
    having sum(r.denominator) > 0
),

shown as (
    select units.*
    from units
    inner join indicator_definitions as d on d.indicator_id = $indicator_id
    where
        not d.people
        or units.numerator >= (
            select value
            from thresholds
            where name = 'suppressed_below_people'
        )
),

names as (
    select
        school_id,
        max_by(school_name, school_year) as school_name
    from schools
    group by school_id
),

contributions as (
    select
        shown.unit_id,
        coalesce(names.school_name, shown.unit_id) as unit_name,
        shown.numerator,
        shown.denominator,
        shown.numerator - $line * shown.denominator as contribution
    from shown
    left join names on shown.unit_id = names.school_id
),

ranked as (
    select
        *,
        row_number() over (order by contribution, unit_id) as place_from_below,
        row_number() over (order by contribution desc, unit_id) as place_from_above
    from contributions
),

final as (
    select
        unit_id,
        unit_name,
        numerator,
        denominator,
        contribution
    from ranked
    where
        (contribution < -1e-9 and place_from_below <= $shown)
        or (contribution > 1e-9 and place_from_above <= $shown)
    order by contribution, unit_id
)

select * from final
