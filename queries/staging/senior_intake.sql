with source as (
    select * from raw.senior_intake
),

final as (
    select
        "区县代码" as county_id,
        cast("年度" as integer) as year,
        cast("普通高中招生数" as integer) as general,
        cast("中职招生数" as integer) as vocational
    from source
)

select * from final
