with source as (
    select * from raw.city_figures
),

final as (
    select
        case "指标"
            when '高等教育毛入学率' then 'gross_enrolment_pct'
            when '留绍毕业生数' then 'retention_staying'
            when '高校毕业生数' then 'retention_graduates'
            when '五大学科奥赛获奖数' then 'olympiad_awards'
            when '学生非正常死亡人数' then 'student_deaths'
            when '中职双高通过终期评估项目数' then 'double_high_passed'
            when '中职双高应评估项目数' then 'double_high_due'
        end as figure,
        cast("年度" as integer) as year,
        cast("数值" as double) as value,
        cast("统计截止日期" as date) as cut_off_date
    from source
)

select * from final
