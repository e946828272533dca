-- A task that was reported as done, and is not any more in a later month of the year.
with
compared as (
    select
        *,
        lag("工作状态") over task_months as before,
        lag("月份") over task_months as period_before
    from typed.task_reports
    window task_months as (partition by "工作编号", left("月份", 4) order by "月份")
),

final as (
    select
        'task_reports' as resource,
        _row as row_number,
        '工作状态' as column_name,
        "工作状态" as value,
        period,
        period_before
    from compared
    where is_delivered and before = '已完成' and "工作状态" <> '已完成'
)

select * from final
