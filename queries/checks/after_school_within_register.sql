-- Schools with after-school care are open schools of compulsory education. A spring term belongs to
-- the school year that began the autumn before.
with
open_schools as (
    select
        "区县代码" as county_id,
        "学年" as school_year,
        count(*) as schools,
        bool_or(is_delivered) as is_delivered
    from typed.schools
    where "学校类型" in ('小学', '初中', '九年一贯') and "办学状态" = '在办'
    group by "区县代码", "学年"
),

final as (
    select
        'after_school' as resource,
        a._row as row_number,
        '开展课后服务学校数' as column_name,
        a."开展课后服务学校数" as value,
        o.schools,
        a.period,
        coalesce(k."名称", a."区县代码") as county
    from typed.after_school as a
    inner join open_schools as o
        on
            a."区县代码" = o.county_id
            and a."年度" - case a."学期" when '春季' then 1 else 0 end = o.school_year
    left join typed.counties as k on a."区县代码" = k."区县代码"
    where (a.is_delivered or o.is_delivered) and a."开展课后服务学校数" > o.schools
)

select * from final
