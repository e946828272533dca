with source as (
    select * from raw.tutoring_months
),

final as (
    select
        "区县代码" as county_id,
        "月份" as month,
        cast("机构数" as integer) as providers,
        cast("已纳管机构数" as integer) as managed,
        cast("已上平台机构数" as integer) as on_platform,
        cast("已审核登记机构数" as integer) as registered
    from source
)

select * from final
