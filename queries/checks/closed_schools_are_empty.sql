-- A school that the register lists as closed or merged in a school year has nobody in it.
with
people as (
    select
        'enrolment' as resource,
        _row,
        is_delivered,
        "学校标识码" as school_id,
        "学年" as school_year,
        '在校生数' as column_name,
        "在校生数" as counted
    from typed.enrolment
    union all
    select
        'teachers' as resource,
        _row,
        is_delivered,
        "学校标识码" as school_id,
        "学年" as school_year,
        '专任教师数' as column_name,
        "专任教师数" as counted
    from typed.teachers
),

final as (
    select
        p.resource,
        p._row as row_number,
        p.column_name,
        p.counted as value,
        s."学校名称" as school,
        s."办学状态" as status,
        p.school_year
    from people as p
    inner join typed.schools as s
        on p.school_id = s."学校标识码" and p.school_year = s."学年"
    where
        (p.is_delivered or s.is_delivered)
        and s."办学状态" in ('停办', '并入')
        and p.counted > 0
)

select * from final
