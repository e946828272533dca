with source as (
    select * from raw.county_targets
),

final as (
    select
        cast("年度" as integer) as year,
        "指标编码" as indicator_id,
        "区县代码" as county_id,
        cast("目标值" as double) as target
    from source
)

select * from final
