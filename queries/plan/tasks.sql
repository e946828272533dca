-- Each task of the month's plan year with its office and the last report on it by that month.
with
reports as (
    select *
    from task_reports
    where month between $as_of[:4] || '-01' and $as_of
),

last_reports as (
    select *
    from reports
    qualify row_number() over (partition by task_id order by month desc) = 1
),

final as (
    select
        tasks.task_id,
        tasks.clause,
        tasks.quote_zh,
        tasks.office_id,
        offices.name_zh as office_zh,
        offices.name_en as office_en,
        tasks.due_month,
        last_reports.month as report_month,
        last_reports.state,
        last_reports.progress,
        last_reports.problem,
        last_reports.responsible_unit
    from plan_tasks as tasks
    inner join plan_offices as offices
        on tasks.office_id = offices.office_id and tasks.plan_year = offices.plan_year
    left join last_reports on tasks.task_id = last_reports.task_id
    where tasks.plan_year = cast($as_of[:4] as integer)
    order by tasks.clause, tasks.task_id
)

select * from final
