with source as (
    select * from raw.teachers
),

final as (
    select
        "学校标识码" as school_id,
        cast("学年" as integer) as school_year,
        cast("专任教师数" as integer) as full_time,
        cast("研究生学历教师数" as integer) as degree_graduate,
        cast("本科学历教师数" as integer) as degree_bachelor,
        cast("专科学历教师数" as integer) as degree_college,
        cast("专科以下学历教师数" as integer) as degree_below,
        cast("正高级职称教师数" as integer) as title_professor,
        cast("副高级职称教师数" as integer) as title_senior,
        cast("中级职称教师数" as integer) as title_middle,
        cast("初级职称教师数" as integer) as title_junior,
        cast("未定职级教师数" as integer) as title_none,
        cast("当年新增正高级及特级教师数" as integer) as new_top_titles,
        cast("高于规定学历教师数" as integer) as above_required_degree,
        cast("骨干教师数" as integer) as backbone,
        cast("体艺教师数" as integer) as pe_arts,
        cast("专职心理教师数" as integer) as psychology_full_time,
        cast("心理A证教师数" as integer) as cert_a,
        cast("心理B证教师数" as integer) as cert_b,
        cast("心理C证教师数" as integer) as cert_c,
        cast("应交流教师数" as integer) as rotation_eligible,
        cast("已交流教师数" as integer) as rotated,
        cast("信息技术培训完成教师数" as integer) as it_trained
    from source
)

select * from final
