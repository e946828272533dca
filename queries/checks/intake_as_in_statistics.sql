-- Senior-secondary intake by county as the admissions system has it, and as the schools' adds up.
with
admitted as (
    select
        _row,
        is_delivered,
        period,
        "区县代码" as county_id,
        "年度" as year,
        '普通高中' as stage,
        '普通高中招生数' as column_name,
        "普通高中招生数" as people
    from typed.senior_intake
    union all
    select
        _row,
        is_delivered,
        period,
        "区县代码" as county_id,
        "年度" as year,
        '中职' as stage,
        '中职招生数' as column_name,
        "中职招生数" as people
    from typed.senior_intake
),

entered as (
    select
        s."区县代码" as county_id,
        e."学年" as year,
        e."学段" as stage,
        sum(e."招生数") as people,
        bool_or(e.is_delivered) as is_delivered
    from typed.enrolment as e
    inner join typed.schools as s
        on e."学校标识码" = s."学校标识码" and e."学年" = s."学年"
    group by s."区县代码", e."学年", e."学段"
),

final as (
    select
        'senior_intake' as resource,
        a._row as row_number,
        a.column_name,
        a.people as value,
        e.people as pupils,
        a.period,
        coalesce(k."名称", a.county_id) as county
    from admitted as a
    inner join entered as e
        on a.county_id = e.county_id and a.year = e.year and a.stage = e.stage
    left join typed.counties as k on a.county_id = k."区县代码"
    where
        (a.is_delivered or e.is_delivered)
        and abs(a.people - e.people) > greatest(0.05 * e.people, 5)
)

select * from final
