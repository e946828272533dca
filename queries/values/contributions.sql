-- The schools behind an indicator in one county or several: what each adds to the numerator beyond
-- (or, negative, short of) a line, in what the numerator counts, the lowest first.
-- The line is the target; where there is none ($line is null) it is the rate of these counties'
-- schools of the same type, so that primary schools are not held against senior ones.
-- Withheld schools have no numbers, and no part in a line.
with
definition as (
    select measure
    from indicator_definitions
    where indicator_id = $indicator_id
),

units as (
    select
        r.unit_id,
        r.county_id,
        sum(r.numerator) as numerator,
        sum(r.denominator) as denominator,
        bool_or(r.is_withheld) as is_withheld
    from indicator_rows as r
    cross join definition as d
    where
        r.indicator_id = $indicator_id
        and list_contains($counties, r.county_id)
        and r.unit_id not in (r.county_id, 'withheld')
        and if(d.measure = 'stock', r.period <= $period, r.period = $period)
    group by r.unit_id, r.county_id
    having sum(r.denominator) > 0 or bool_or(r.is_withheld)
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
        s.school_type,
        units.county_id,
        units.numerator,
        units.denominator,
        units.is_withheld,
        coalesce(
            $line,
            sum(units.numerator) over (partition by s.school_type)
            / sum(units.denominator) over (partition by s.school_type)
        ) as line
    from units
    left join schools_now as s on units.unit_id = s.school_id
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
