with source as (
    select * from raw.enrolment
),

final as (
    select
        "学校标识码" as school_id,
        cast("学年" as integer) as school_year,
        case "学段"
            when '幼儿园' then 'kindergarten'
            when '小学' then 'primary'
            when '初中' then 'junior'
            when '普通高中' then 'senior'
            when '中职' then 'vocational'
            when '特教' then 'special'
        end as stage,
        cast("在校生数" as integer) as pupils,
        cast("班级数" as integer) as classes,
        cast("大班额班数" as integer) as classes_56_65,
        cast("超大班额班数" as integer) as classes_over_65,
        cast("招生数" as integer) as intake,
        cast("毕业生数" as integer) as graduates,
        cast("随迁子女数" as integer) as migrants,
        cast("公办就读随迁子女数" as integer) as migrants_in_public,
        cast("购买学位随迁子女数" as integer) as migrants_purchased,
        cast("持证残疾学生数" as integer) as disabled,
        cast("送教上门学生数" as integer) as home_taught,
        cast("应资助学生数" as integer) as aid_eligible,
        cast("已资助学生数" as integer) as aided
    from source
)

select * from final
