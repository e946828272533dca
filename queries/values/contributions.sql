-- The units of a county that lie furthest below and above a line, in what the numerator counts.
-- The line is the target; where there is none ($line is null) it is the county's own rate over the
-- schools of the same type, so that primary schools are not held against senior ones.
-- Counts of people under the threshold, and what they could be worked out from, stay out.
with
definition as (
    select
        measure,
        people
    from indicator_definitions
    where indicator_id = $indicator_id
),

suppression as (
    select value as fewest
    from thresholds
    where name = 'suppressed_below_people'
),

units as (
    select
        r.unit_id,
        sum(r.numerator) as numerator,
        sum(r.denominator) as denominator
    from indicator_rows as r
    cross join definition as d
    where
        r.indicator_id = $indicator_id
        and r.county_id = $county_id
        and r.unit_id <> r.county_id
        and if(d.measure = 'stock', r.period <= $period, r.period = $period)
    group by r.unit_id
    having sum(r.denominator) > 0
),

schools_now as (
    select
        school_id,
        max_by(school_name, school_year) as school_name,
        max_by(school_type, school_year) as school_type
    from schools
    group by school_id
),

lines as (
    select
        units.unit_id,
        coalesce(s.school_name, units.unit_id) as unit_name,
        units.numerator,
        units.denominator,
        coalesce(
            $line,
            sum(units.numerator) over (partition by s.school_type)
            / sum(units.denominator) over (partition by s.school_type)
        ) as line
    from units
    left join schools_now as s on units.unit_id = s.school_id
),

contributions as (
    select
        *,
        numerator - line * denominator as contribution
    from lines
),

shown as (
    select c.*
    from contributions as c
    cross join definition as d
    cross join suppression as t
    where
        not d.people
        or (
            (c.numerator = 0 or c.numerator >= t.fewest)
            and (c.denominator <= c.numerator or c.denominator - c.numerator >= t.fewest)
        )
),

ranked as (
    select
        *,
        row_number() over (order by contribution, unit_id) as place_from_below,
        row_number() over (order by contribution desc, unit_id) as place_from_above
    from shown
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
