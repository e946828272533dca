-- Tutoring providers of every county that reports them, and how many are managed, on the platform
-- and registered, month by month from the same month of the year before to the chosen one. A month
-- that a county has not reported has no numbers.
with
reporting as (
    select distinct
        counties.county_id,
        counties.sort_order
    from counties
    inner join tutoring_months on counties.county_id = tutoring_months.county_id
),

calendar as (
    select distinct month
    from tutoring_months
    where
        month <= $as_of
        and month >= strftime(strptime($as_of, '%Y-%m') - interval 12 month, '%Y-%m')
),

final as (
    select
        reporting.county_id,
        calendar.month,
        t.providers,
        t.managed,
        t.on_platform,
        t.registered,
        t.managed * 100.0 / nullif(t.providers, 0) as managed_pct,
        t.on_platform * 100.0 / nullif(t.providers, 0) as on_platform_pct,
        t.registered * 100.0 / nullif(t.providers, 0) as registered_pct
    from reporting
    cross join calendar
    left join tutoring_months as t
        on
            reporting.county_id = t.county_id
            and calendar.month = t.month
    order by reporting.sort_order, calendar.month
)

select * from final
