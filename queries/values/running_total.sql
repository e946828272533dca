-- A count of the year as it grows in the chosen units together: for every month of the year what
-- the month brought and the sum since January, beside the same months of the year before.
-- A month to come, and one that nobody has reported, has no number; where the source lists every
-- event of the city, a month without one is a zero. The year before is counted only over the units
-- that have reported this year.
with
definition as (
    select
        cadence = 'continuous' as is_register,
        $as_of[:4] as this_year,
        cast(cast($as_of[:4] as integer) - 1 as varchar) as year_before
    from indicator_definitions
    where indicator_id = $indicator_id
),

known as (
    select
        county_id,
        period,
        numerator
    from indicator_months
    where
        indicator_id = $indicator_id
        and period <= $as_of
),

first_known as (
    select min(period[:4]) as year from known
),

reporting as (
    select distinct county_id
    from known
    where period[:4] = $as_of[:4]
),

sums as (
    select
        known.period,
        sum(known.numerator) as amount
    from known
    cross join definition as d
    left join reporting on known.county_id = reporting.county_id
    where
        list_contains($counties, known.county_id)
        and (d.is_register or reporting.county_id is not null)
    group by known.period
),

numbers as (
    select unnest(range(1, 13)) as month
),

calendar as (
    select
        d.this_year || '-' || lpad(cast(numbers.month as varchar), 2, '0') as month,
        d.year_before || '-' || lpad(cast(numbers.month as varchar), 2, '0') as month_before,
        d.is_register
    from definition as d
    cross join numbers
),

months as (
    select
        c.month,
        -- Before the first year of a register nothing is known, which is not zero.
        coalesce(now.amount, if(c.is_register and c.month <= $as_of, 0, null)) as amount,
        coalesce(
            past.amount, if(c.is_register and c.month_before[:4] >= first_known.year, 0, null)
        ) as amount_before
    from calendar as c
    cross join first_known
    left join sums as now on c.month = now.period
    left join sums as past on c.month_before = past.period
),

final as (
    select
        month,
        amount,
        amount_before,
        if(amount is null, null, sum(amount) over (order by month)) as to_date,
        if(amount_before is null, null, sum(amount_before) over (order by month))
            as to_date_before
    from months
    order by month
)

select * from final
