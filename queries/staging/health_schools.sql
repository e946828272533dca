with source as (
    select * from raw.health_schools
),

final as (
    select
        "认定编号" as award_id,
        "学校标识码" as school_id,
        "学校名称" as school_name,
        "区县代码" as county_id,
        case "等级"
            when '铜牌' then 'bronze'
            when '银牌' then 'silver'
            when '金牌' then 'gold'
        end as level,
        cast("认定日期" as date) as award_date
    from source
)

select * from final
