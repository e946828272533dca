with source as (
    select * from raw.task_reports
),

final as (
    select
        "工作编号" as task_id,
        "月份" as month,
        case "工作状态"
            when '未启动' then 'not_started'
            when '推进中' then 'in_progress'
            when '已完成' then 'done'
        end as state,
        "进展情况" as progress,
        "存在问题" as problem,
        "责任单位" as responsible_unit
    from source
)

select * from final
