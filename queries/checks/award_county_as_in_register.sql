-- The county of an award is one in which the register has the school in some year.
with
final as (
    select
        'health_schools' as resource,
        a._row as row_number,
        '区县代码' as column_name,
        a."区县代码" as value,
        any_value(s."学校名称") as school,
        max_by(s."区县代码", s."学年") as county
    from typed.health_schools as a
    inner join typed.schools as s on a."学校标识码" = s."学校标识码"
    group by a._row, a."区县代码"
    having
        bool_or(a.is_delivered or s.is_delivered)
        and not bool_or(a."区县代码" = s."区县代码")
)

select * from final
