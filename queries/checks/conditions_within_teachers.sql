-- Groups of teachers in the school conditions are part of the teachers in the teachers' statistics.
with
groups as (
    select
        _row,
        is_delivered,
        "学校标识码" as school_id,
        "学年" as school_year,
        '高于规定学历教师数' as column_name,
        "高于规定学历教师数" as people
    from typed.school_conditions
    union all
    select
        _row,
        is_delivered,
        "学校标识码" as school_id,
        "学年" as school_year,
        '骨干教师数' as column_name,
        "骨干教师数" as people
    from typed.school_conditions
    union all
    select
        _row,
        is_delivered,
        "学校标识码" as school_id,
        "学年" as school_year,
        '体艺教师数' as column_name,
        "体艺教师数" as people
    from typed.school_conditions
),

final as (
    select
        'school_conditions' as resource,
        g._row as row_number,
        g.column_name,
        g.people as value,
        t."专任教师数" as teachers,
        g.school_year
    from groups as g
    inner join typed.teachers as t
        on g.school_id = t."学校标识码" and g.school_year = t."学年"
    where (g.is_delivered or t.is_delivered) and g.people > t."专任教师数"
)

select * from final
