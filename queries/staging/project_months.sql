with source as (
    select * from raw.project_months
),

final as (
    select
        "项目编号" as project_id,
        "月份" as month,
        cast(round(cast("本月完成投资（万元）" as decimal(18, 4)) * 10000) as bigint) as invested_yuan,
        cast("形象进度（%）" as double) as physical_progress_pct,
        case "所处阶段"
            when '前期' then 'preparation'
            when '在建' then 'started'
            when '主体结顶' then 'topped_out'
            when '完工' then 'completed'
            when '投用' then 'in_use'
        end as stage,
        "存在问题" as problem,
        "责任岗位" as responsible_post
    from source
)

select * from final
