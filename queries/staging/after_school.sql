with source as (
    select * from raw.after_school
),

final as (
    select
        "区县代码" as county_id,
        cast("年度" as integer) as year,
        case "学期"
            when '春季' then 'spring'
            when '秋季' then 'autumn'
        end as season,
        cast("开展课后服务学校数" as integer) as schools,
        cast("引入优质校外资源学校数" as integer) as schools_with_resources
    from source
)

select * from final
