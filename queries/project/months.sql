-- A project's reports, month by month: from its first one to the month asked for, or to the month
-- it is in use. A month without a report stays empty.
with
reports as (
    select *
    from project_months
    where project_id = $project_id and month <= $as_of
),

last_month_due as (
    select least(coalesce(min(strftime(actual_use_date, '%Y-%m')), $as_of), $as_of) as month
    from projects
    where project_id = $project_id
),

span as (
    select
        cast(min(reports.month) || '-01' as date) as first_day,
        cast(greatest(max(reports.month), max(last_month_due.month)) || '-01' as date) as last_day
    from reports
    cross join last_month_due
),

calendar as (
    select unnest(generate_series(first_day, last_day, interval 1 month)) as first_day_of_month
    from span
    where first_day is not null
),

months as (
    select strftime(first_day_of_month, '%Y-%m') as month
    from calendar
),

planned as (
    select
        period as month,
        sum(denominator) as planned_yuan
    from indicator_rows
    where indicator_id = 'project_investment' and unit_id = $project_id
    group by period
),

final as (
    select
        months.month,
        reports.invested_yuan,
        planned.planned_yuan,
        reports.physical_progress_pct,
        reports.stage,
        reports.problem,
        reports.responsible_post
    from months
    left join reports on months.month = reports.month
    left join planned on months.month = planned.month
    order by months.month
)

select * from final
