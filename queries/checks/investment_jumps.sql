-- What all projects spent in a month against the average month before it: ten times apart. Of a
-- month with little to compare nothing is said.
with
months as (
    select
        period,
        sum("本月完成投资（万元）") as total,
        min(_row) filter (where is_delivered) as first_row,
        bool_or(is_delivered) as is_delivered
    from typed.project_months
    group by period
),

compared as (
    select
        *,
        avg(total) over earlier_months as before
    from months
    window earlier_months as (order by period rows between 12 preceding and 1 preceding)
),

final as (
    select
        'project_months' as resource,
        first_row as row_number,
        '本月完成投资（万元）' as column_name,
        total as value,
        before,
        period
    from compared
    where
        is_delivered
        and before > 0
        and greatest(total, before) >= 1000
        and (total > 10 * before or 10 * total < before)
    order by period
)

select * from final
