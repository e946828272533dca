-- Pupils tested or exempted, boys and girls together, against the pupils of school, year and stage.
with
examined as (
    select
        "学校标识码" as school_id,
        "年度" as year,
        "学段" as stage,
        any_value(period) as period,
        min(_row) as first_row,
        sum("参评人数" + "免测人数") as people,
        bool_or(is_delivered) as is_delivered
    from typed.fitness
    group by "学校标识码", "年度", "学段"
),

final as (
    select
        'fitness' as resource,
        f.first_row as row_number,
        '参评人数' as column_name,
        f.people as value,
        e."在校生数" as pupils,
        f.school_id as school,
        f.stage,
        f.period
    from examined as f
    inner join typed.enrolment as e
        on f.school_id = e."学校标识码" and f.year = e."学年" and f.stage = e."学段"
    where (f.is_delivered or e.is_delivered) and f.people > e."在校生数" * 1.05 + 5
)

select * from final
