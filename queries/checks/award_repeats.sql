-- Awards that stand in a register twice, under two numbers: the same object, kind, county and day.
-- They count once.
with
awards as (
    select
        'accreditations' as resource,
        '事项编号' as column_name,
        _row,
        is_delivered,
        "事项编号" as number,
        "类别" || ' ' || "名称" as award,
        "区县代码" as county_id,
        "认定日期" as award_date
    from typed.accreditations
    union all
    select
        'health_schools' as resource,
        '认定编号' as column_name,
        _row,
        is_delivered,
        "认定编号" as number,
        "等级" || ' ' || "学校标识码" as award,
        '' as county_id,
        "认定日期" as award_date
    from typed.health_schools
    union all
    select
        'vision_stations' as resource,
        '站点编号' as column_name,
        _row,
        is_delivered,
        "站点编号" as number,
        "级别" || ' ' || "站点名称" as award,
        "区县代码" as county_id,
        "认定日期" as award_date
    from typed.vision_stations
),

repeats as (
    select
        *,
        first_value(number) over same_award as first_number,
        row_number() over same_award as place,
        bool_or(is_delivered) over (
            partition by resource, award, county_id, award_date
        ) as is_delivered_once
    from awards
    window same_award as (
        partition by resource, award, county_id, award_date
        order by number
    )
),

final as (
    select
        resource,
        _row as row_number,
        column_name,
        number as value,
        award,
        first_number
    from repeats
    where place > 1 and is_delivered_once
    order by resource, row_number
)

select * from final
