with source as (
    select * from raw.fitness
),

final as (
    select
        "学校标识码" as school_id,
        cast("年度" as integer) as year,
        case "学段"
            when '小学' then 'primary'
            when '初中' then 'junior'
            when '普通高中' then 'senior'
            when '中职' then 'vocational'
        end as stage,
        case "性别"
            when '男' then 'male'
            when '女' then 'female'
        end as sex,
        cast("参评人数" as integer) as tested,
        cast("优秀人数" as integer) as excellent,
        cast("良好人数" as integer) as good,
        cast("及格人数" as integer) as pass,
        cast("不及格人数" as integer) as fail,
        cast("免测人数" as integer) as exempt
    from source
)

select * from final
