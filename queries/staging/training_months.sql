with source as (
    select * from raw.training_months
),

final as (
    select
        "区县代码" as county_id,
        "月份" as month,
        case "培训类别"
            when '企业职工' then 'enterprise'
            when '农民' then 'farmer'
            when '退役军人' then 'veteran'
            when '社区居民' then 'community'
            when '失业人员' then 'unemployed'
        end as training_kind,
        cast("培训人次" as integer) as person_times
    from source
)

select * from final
