-- The same school, level and day under another number is the same award: it counts once.
with source as (
    select *
    from raw.health_schools
    qualify
        row_number() over (
            partition by "学校标识码", "等级", "认定日期"
            order by "认定编号"
        ) = 1
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
