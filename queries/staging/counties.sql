with source as (
    select * from raw.counties
),

final as (
    select
        "区县代码" as county_id,
        "名称" as name_zh,
        "英文名称" as name_en,
        "简称" as short_zh,
        cast("排序" as integer) as sort_order,
        case "单位类型"
            when '区县' then 'county'
            when '市直' then 'city_run'
        end as unit_kind
    from source
)

select * from final
