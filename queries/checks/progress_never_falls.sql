-- Physical progress counts from the start of a project: no month's is below the month before.
with
compared as (
    select
        _row,
        is_delivered,
        "形象进度（%）" as progress,
        lag("形象进度（%）") over project_months as before,
        lag("月份") over project_months as period_before,
        lag(is_delivered) over project_months as is_before_delivered
    from typed.project_months
    window project_months as (partition by "项目编号" order by "月份")
),

final as (
    select
        'project_months' as resource,
        _row as row_number,
        '形象进度（%）' as column_name,
        progress as value,
        before,
        period_before
    from compared
    where (is_delivered or is_before_delivered) and progress < before
)

select * from final
