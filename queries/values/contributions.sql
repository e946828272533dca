-- The schools behind an indicator in one county or several: what each adds to the numerator beyond
-- (or, negative, short of) a line, in what the numerator counts, the lowest first.
-- The line is the target; where there is none ($line is null) it is the rate of these counties'
-- schools of the same type, so that primary schools are not held against senior ones.
-- Counts of people under the threshold, and what they could be worked out from, are withheld: no
-- numerator, and no part in a line.
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
        r.county_id,
        sum(r.numerator) as numerator,
        sum(r.denominator) as denominator
    from indicator_rows as r
    cross join definition as d
    where
        r.indicator_id = $indicator_id
        and list_contains($counties, r.county_id)
        and r.unit_id <> r.county_id
        and if(d.measure = 'stock', r.period <= $period, r.period = $period)
    group by r.unit_id, r.county_id
    having sum(r.denominator) > 0
),

judged as (
    select
        units.*,
        d.people
        and (
            (units.numerator > 0 and units.numerator < t.fewest)
            or (
                units.denominator > units.numerator
                and units.denominator - units.numerator < t.fewest
            )
        ) as is_withheld
    from units
    cross join definition as d
    cross join suppression as t
),

shown as (
    select
        unit_id,
        county_id,
        denominator,
        is_withheld,
        if(is_withheld, null, numerator) as numerator,
        if(is_withheld, null, denominator) as shown_denominator
    from judged
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
        shown.unit_id,
        coalesce(s.school_name, shown.unit_id) as unit_name,
        s.school_type,
        shown.county_id,
        shown.numerator,
        shown.denominator,
        shown.is_withheld,
        coalesce(
            $line,
            sum(shown.numerator) over (partition by s.school_type)
            / sum(shown.shown_denominator) over (partition by s.school_type)
        ) as line
    from shown
    left join schools_now as s on shown.unit_id = s.school_id
),

final as (
    select
        unit_id,
        unit_name,
        school_type,
        county_id,
        numerator,
        denominator,
        is_withheld,
        numerator - line * denominator as contribution
    from lines
    order by contribution nulls last, unit_id
)

select * from final
