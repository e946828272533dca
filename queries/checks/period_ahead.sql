-- Delivered periods that lie after today: a year, a round or term of one, or a month.
with
final as (
    select
        resource,
        first_row as row_number,
        column_name,
        period as value,
        strftime(current_date, '%Y-%m-%d') as today
    from typed.periods
    where
        is_delivered
        and (
            year > year(current_date)
            or (year = year(current_date) and month > month(current_date))
        )
    order by resource, period
)

select * from final
