with source as (
    select * from raw.schools
),

final as (
    select
        "学校标识码" as school_id,
        cast("学年" as integer) as school_year,
        "学校名称" as school_name,
        "区县代码" as county_id,
        case "学校类型"
            when '幼儿园' then 'kindergarten'
            when '小学' then 'primary'
            when '初中' then 'junior'
            when '九年一贯' then 'nine_year'
            when '普通高中' then 'senior'
            when '中职' then 'vocational'
            when '特教' then 'special'
        end as school_type,
        "办学性质" = '公办' as is_public,
        "普惠性" = '是' as is_inclusive,
        case "幼儿园等级"
            when '一级' then 1
            when '二级' then 2
            when '三级' then 3
        end as kindergarten_grade,
        case "城乡分类"
            when '城区' then 'urban'
            when '镇区' then 'town'
            when '乡村' then 'rural'
        end as area_type,
        "教育集团" as group_name,
        "集团牵头校标识码" as group_lead_id,
        "教共体" as education_community,
        "心理健康中心" = '是' as has_psychology_centre,
        "劳动实践教室" = '是' as has_labour_classroom,
        "优质普高" = '是' as is_quality_senior_high,
        "学前共同体" = '是' as in_preschool_community,
        "所在区" as located_in_id,
        cast("开办日期" as date) as opened_date,
        cast("撤并日期" as date) as closed_date,
        case "办学状态"
            when '在办' then 'open'
            when '停办' then 'closed'
            when '并入' then 'merged'
        end as school_status,
        "并入学校标识码" as merged_into_id
    from source
)

select * from final
