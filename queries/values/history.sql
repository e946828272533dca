-- One indicator over time up to a month, for every county that has it; 'withheld' is what all
-- withheld counties of a period have together, 'all' a figure of the city's own.
with
months as (
    select
        m.county_id,
        m.period,
        d.measure,
        m.numerator,
        m.denominator,
        m.is_withheld
    from indicator_months as m
    inner join indicator_definitions as d on m.indicator_id = d.indicator_id
    where
        m.indicator_id = $indicator_id
        and m.period <= $as_of
),

calendar as (
    select distinct period from months
),

units as (
    select distinct county_id from months
),

final as (
    select
        units.county_id,
        calendar.period,
        sum(months.numerator) as numerator,
        sum(months.denominator) as denominator,
        bool_or(months.is_withheld) as is_withheld
    from calendar
    cross join units
    left join months
        on
            units.county_id = months.county_id
            and calendar.period >= months.period
            and case months.measure
                when 'level' then calendar.period = months.period
                when 'flow' then calendar.period[:4] = months.period[:4]
                else true
            end
    group by units.county_id, calendar.period
    having count(months.period) > 0
    order by units.county_id, calendar.period
)

select * from final
