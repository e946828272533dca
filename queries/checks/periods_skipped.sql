-- Delivered periods that do not follow the one before: months or years between them have no data.
with
numbered as (
    select
        *,
        coalesce(year * 12 + month, year) as number
    from typed.periods
),

compared as (
    select
        *,
        number - lag(number) over earlier_periods - 1 as skipped,
        lag(period) over earlier_periods as before
    from numbered
    window earlier_periods as (partition by resource, season order by number)
),

final as (
    select
        resource,
        first_row as row_number,
        column_name,
        period as value,
        before,
        skipped
    from compared
    where is_delivered and skipped > 0
    order by resource, period
)

select * from final
