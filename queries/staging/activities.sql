with source as (
    select * from raw.activities
),

final as (
    select
        "活动编号" as event_id,
        case "类别"
            when '科学家进课堂' then 'scientist_lectures'
            when '名师网上课堂' then 'online_master_classes'
        end as category,
        "活动名称" as name,
        "区县代码" as county_id,
        "是否乡村" = '是' as is_rural,
        cast("活动日期" as date) as event_date
    from source
)

select * from final
