-- Pupils of all stages of a school to its full-time teachers; the smallest schools may be anything.
with
pupils as (
    select
        "学校标识码" as school_id,
        "学年" as school_year,
        sum("在校生数") as pupils,
        bool_or(is_delivered) as is_delivered
    from typed.enrolment
    group by "学校标识码", "学年"
),

final as (
    select
        'teachers' as resource,
        t._row as row_number,
        '专任教师数' as column_name,
        t."专任教师数" as value,
        p.pupils,
        p.school_id as school,
        p.school_year
    from typed.teachers as t
    inner join pupils as p
        on t."学校标识码" = p.school_id and t."学年" = p.school_year
    where
        (t.is_delivered or p.is_delivered)
        and p.pupils >= 50
        and (p.pupils > 40 * t."专任教师数" or p.pupils < 2 * t."专任教师数")
)

select * from final
