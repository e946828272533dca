with source as (
    select * from raw.school_conditions
),

final as (
    select
        "学校标识码" as school_id,
        cast("学年" as integer) as school_year,
        cast("高于规定学历教师数" as integer) as above_degree_teachers,
        cast("骨干教师数" as integer) as backbone_teachers,
        cast("体艺教师数" as integer) as pe_arts_teachers,
        cast("教学及辅助用房面积" as double) as teaching_area_m2,
        cast("体育运动场馆面积" as double) as sports_area_m2,
        cast(round(cast("教学仪器设备值（万元）" as decimal(18, 4)) * 10000) as bigint) as equipment_yuan,
        cast("网络多媒体教室数" as integer) as networked_classrooms
    from source
)

select * from final
