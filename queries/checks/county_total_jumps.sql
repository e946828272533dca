-- What a county adds up to against its period before (a season's against the same one's), halved or
-- doubled. Below a hundred (ten providers) everything may happen.
with
school_rows as (
    select
        'enrolment' as resource,
        '在校生数' as column_name,
        "学校标识码" as school_id,
        "学年" as school_year,
        "学年" as year,
        '' as season,
        period,
        "在校生数" as counted,
        is_delivered
    from typed.enrolment
    union all
    select
        'teachers' as resource,
        '专任教师数' as column_name,
        "学校标识码" as school_id,
        "学年" as school_year,
        "学年" as year,
        '' as season,
        period,
        "专任教师数" as counted,
        is_delivered
    from typed.teachers
    union all
    select
        'fitness' as resource,
        '参评人数' as column_name,
        "学校标识码" as school_id,
        "年度" as school_year,
        "年度" as year,
        '' as season,
        period,
        "参评人数" as counted,
        is_delivered
    from typed.fitness
    union all
    select
        'vision' as resource,
        '检查人数' as column_name,
        "学校标识码" as school_id,
        "年度" - case "轮次" when '春季' then 1 else 0 end as school_year,
        "年度" as year,
        "轮次" as season,
        period,
        "检查人数" as counted,
        is_delivered
    from typed.vision
),

schools_by_year as (
    select
        "学校标识码" as school_id,
        "学年" as school_year,
        any_value("区县代码") as county_id
    from typed.schools
    group by "学校标识码", "学年"
),

county_rows as (
    select
        r.resource,
        r.column_name,
        s.county_id,
        r.season,
        r.period,
        r.counted,
        r.is_delivered,
        100 as least
    from school_rows as r
    inner join schools_by_year as s on r.school_id = s.school_id and r.school_year = s.school_year
    union all
    select
        'senior_intake' as resource,
        '普通高中招生数' as column_name,
        "区县代码" as county_id,
        '' as season,
        period,
        "普通高中招生数" as counted,
        is_delivered,
        100 as least
    from typed.senior_intake
    union all
    select
        'senior_intake' as resource,
        '中职招生数' as column_name,
        "区县代码" as county_id,
        '' as season,
        period,
        "中职招生数" as counted,
        is_delivered,
        100 as least
    from typed.senior_intake
    union all
    select
        'tutoring_months' as resource,
        '机构数' as column_name,
        "区县代码" as county_id,
        '' as season,
        period,
        "机构数" as counted,
        is_delivered,
        10 as least
    from typed.tutoring_months
),

totals as (
    select
        resource,
        column_name,
        county_id,
        season,
        period,
        sum(counted) as total,
        any_value(least) as least,
        bool_or(is_delivered) as is_delivered
    from county_rows
    group by resource, column_name, county_id, season, period
),

compared as (
    select
        *,
        lag(total) over county_periods as before,
        lag(period) over county_periods as period_before
    from totals
    window county_periods as (partition by resource, column_name, county_id, season order by period)
),

final as (
    select
        c.resource,
        null as row_number,
        c.column_name,
        c.total as value,
        c.before,
        c.period,
        c.period_before,
        coalesce(k."名称", c.county_id) as county
    from compared as c
    left join typed.counties as k on c.county_id = k."区县代码"
    where
        c.is_delivered
        and greatest(c.total, c.before) >= c.least
        and (c.total >= 2 * c.before or 2 * c.total <= c.before)
    order by c.resource, c.column_name, c.period, k."排序"
)

select * from final
