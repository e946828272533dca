with source as (
    select * from raw.senior_intake
),

final as (
    select
        "区县代码" as county_id,
        cast("年度" as integer) as year,
        cast("普通高中招生数" as integer) as general,
        cast("中职招生数" as integer) as vocational,
        cast("技工学校招生数" as integer) as technician,
        cast("五年制招生数" as integer) as five_year,
        cast("中本一体化招生数" as integer) as to_bachelor
    from source
)

select * from final
