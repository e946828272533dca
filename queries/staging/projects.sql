with source as (
    select * from raw.projects
),

final as (
    select
        "项目编号" as project_id,
        cast("计划年度" as integer) as plan_year,
        "项目名称" as project_name,
        case "项目类型"
            when '新建' then 'new'
            when '续建' then 'continued'
            when '改扩建' then 'expansion'
        end as project_type,
        case "学段"
            when '幼儿园' then 'kindergarten'
            when '小学' then 'primary'
            when '初中' then 'junior'
            when '九年一贯' then 'nine_year'
            when '普通高中' then 'senior'
            when '中职' then 'vocational'
            when '特教' then 'special'
        end as stage,
        "区县代码" as county_id,
        "学校名称" as school_name,
        cast("计划立项日期" as date) as planned_approval_date,
        cast("计划开工日期" as date) as planned_start_date,
        cast("计划主体结顶日期" as date) as planned_topping_date,
        cast("计划完工验收日期" as date) as planned_completion_date,
        cast("计划投用日期" as date) as planned_use_date,
        cast("实际立项日期" as date) as actual_approval_date,
        cast("实际开工日期" as date) as actual_start_date,
        cast("实际主体结顶日期" as date) as actual_topping_date,
        cast("实际完工验收日期" as date) as actual_completion_date,
        cast("实际投用日期" as date) as actual_use_date,
        cast(round(cast("总投资（万元）" as decimal(18, 4)) * 10000) as bigint) as total_investment_yuan,
        cast(round(cast("年度计划投资（万元）" as decimal(18, 4)) * 10000) as bigint) as year_investment_yuan
    from source
)

select * from final
