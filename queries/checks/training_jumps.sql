-- A month's trainees against the county's average month of that kind before it: ten times as many.
with
compared as (
    select
        *,
        avg("培训人次") over earlier_months as before
    from typed.training_months
    window earlier_months as (
        partition by "区县代码", "培训类别"
        order by "月份"
        rows between unbounded preceding and 1 preceding
    )
),

final as (
    select
        'training_months' as resource,
        m._row as row_number,
        '培训人次' as column_name,
        m."培训人次" as value,
        m.before,
        m.period,
        m."培训类别" as kind,
        coalesce(k."名称", m."区县代码") as county
    from compared as m
    left join typed.counties as k on m."区县代码" = k."区县代码"
    where m.is_delivered and m."培训人次" >= 500 and m."培训人次" > 10 * m.before
)

select * from final
