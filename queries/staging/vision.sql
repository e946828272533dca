with source as (
    select * from raw.vision
),

final as (
    select
        "学校标识码" as school_id,
        cast("年度" as integer) as year,
        case "轮次"
            when '春季' then 'spring'
            when '秋季' then 'autumn'
        end as season,
        case "学段"
            when '小学' then 'primary'
            when '初中' then 'junior'
            when '普通高中' then 'senior'
            when '中职' then 'vocational'
        end as stage,
        cast("在籍人数" as integer) as enrolled,
        cast("检查人数" as integer) as examined,
        cast("近视人数" as integer) as myopic,
        cast("高度近视人数" as integer) as severe
    from source
)

select * from final
