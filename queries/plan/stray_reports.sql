-- Reports of the month's plan year, by that month, on tasks that the plan does not have.
with
final as (
    select
        task_id,
        count(*) as reports
    from task_reports
    where
        month between $as_of[:4] || '-01' and $as_of
        and not exists (
            select 1
            from plan_tasks
            where
                plan_tasks.task_id = task_reports.task_id
                and plan_tasks.plan_year = cast($as_of[:4] as integer)
        )
    group by task_id
    order by task_id
)

select * from final
