-- One indicator over time, for each of the counties and for them together (all).
with
chosen as (
    select *
    from indicator_months
    where
        indicator_id = $indicator_id
        and period <= $as_of
        and list_contains($counties, county_id)
),

months as (
    select
        chosen.county_id,
        chosen.period,
        d.measure,
        chosen.numerator,
        chosen.denominator
    from chosen
    inner join indicator_definitions as d on chosen.indicator_id = d.indicator_id
),

calendar as (
    select distinct period from months
),

units as (
    select distinct county_id from months
),

accumulated as (
    select
        units.county_id,
        calendar.period,
        sum(months.numerator) as numerator,
        sum(months.denominator) as denominator
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
),

together as (
    select
        'all' as county_id,
        period,
        sum(numerator) as numerator,
        sum(denominator) as denominator
    from accumulated
    where county_id <> 'all'
    group by period
),

final as (
    select * from accumulated
    union all
    select * from together
    order by county_id, period
)

select * from final
