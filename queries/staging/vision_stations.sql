-- The same station, county, level and day under another number is the same award: it counts once.
with source as (
    select *
    from raw.vision_stations
    qualify
        row_number() over (
            partition by "站点名称", "区县代码", "级别", "认定日期"
            order by "站点编号"
        ) = 1
),

final as (
    select
        "站点编号" as station_id,
        "站点名称" as station_name,
        "区县代码" as county_id,
        case "级别"
            when '市级示范' then 'city_model'
            when '县级' then 'county'
        end as level,
        cast("认定日期" as date) as award_date
    from source
)

select * from final
