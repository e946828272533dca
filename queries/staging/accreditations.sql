-- The same object, category, county and day under another number is the same award: it counts once.
with source as (
    select *
    from raw.accreditations
    qualify
        row_number() over (
            partition by "类别", "名称", "区县代码", "认定日期"
            order by "事项编号"
        ) = 1
),

final as (
    select
        "事项编号" as event_id,
        case "类别"
            when '省级现代化学校' then 'modern_schools_created'
            when '初中分层走班典型学校' then 'tiered_class_schools'
            when '体育传统特色学校' then 'sports_schools'
            when '棒垒球试点学校' then 'baseball_schools'
            when '美育基地学校' then 'arts_bases'
            when '校外美育实践基地' then 'arts_club_bases'
            when '优质研学课程' then 'study_travel_courses'
            when '智慧校园标杆学校' then 'smart_campuses'
            when '清朗环境典型案例' then 'clean_cases'
            when '省二级及以上幼儿园' then 'quality_kindergartens_created'
            when '清廉学校建设示范校' then 'clean_schools'
            when '省市级文明校园' then 'civilised_campuses'
            when '省市级研学游基地' then 'study_travel_bases'
            when '国家双优中职学校' then 'national_double_excellence'
            when '省市级近视防控示范校' then 'myopia_model_schools'
            when '中小学校示范食堂' then 'model_canteens'
            when '高校校区开工' then 'campus_started'
            when '高校校区投用' then 'campus_in_use'
            when '优质均衡省级评估' then 'balanced_provincial_assessment'
            when '优质均衡国家级评估' then 'balanced_national_assessment'
            when '优质均衡国家级评估认定' then 'balanced_national_recognition'
            when '优质均衡省级复查' then 'balanced_provincial_recheck'
        end as category,
        "名称" as name,
        "区县代码" as county_id,
        "是否乡村" = '是' as is_rural,
        cast("认定日期" as date) as event_date
    from source
)

select * from final
