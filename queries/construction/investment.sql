-- The investment of the chosen counties in every month of a year, and what their plans call for:
-- the month's own and the sum since January. Months to come have no investment yet, nor has a month
-- of which nothing is in though projects owe it.
with
months as (
    select $year || '-' || lpad(cast(unnest(range(1, 13)) as varchar), 2, '0') as month
),

sums as (
    select
        period as month,
        sum(numerator) as invested_yuan,
        sum(denominator) as planned_yuan
    from indicator_months
    where
        indicator_id = 'project_investment'
        and list_contains($counties, county_id)
    group by period
),

missing as (
    select distinct period
    from missing_periods
    where
        resource = 'project_months'
        and list_contains($counties, county_id)
),

complete as (
    select
        months.month,
        if(
            months.month <= $as_of,
            coalesce(sums.invested_yuan, if(missing.period is null, 0, null)),
            null
        ) as invested_yuan,
        coalesce(sums.planned_yuan, 0) as planned_yuan
    from months
    left join sums on months.month = sums.month
    left join missing on months.month = missing.period
),

final as (
    select
        month,
        invested_yuan,
        planned_yuan,
        if(
            invested_yuan is null,
            null,
            sum(invested_yuan) over (order by month)
        ) as invested_to_date_yuan,
        sum(planned_yuan) over (order by month) as planned_to_date_yuan
    from complete
    order by month
)

select * from final
