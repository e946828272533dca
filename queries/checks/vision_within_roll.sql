-- Pupils on the roll at a vision screening against the pupils of the same school year and stage.
-- A spring round falls into the school year that began the autumn before. Five pupils may move.
with
compared as (
    select
        v.*,
        e."在校生数" as pupils,
        v.is_delivered or e.is_delivered as is_touched
    from typed.vision as v
    inner join typed.enrolment as e
        on
            v."学校标识码" = e."学校标识码"
            and v."学段" = e."学段"
            and v."年度" - case v."轮次" when '春季' then 1 else 0 end = e."学年"
),

final as (
    select
        'vision' as resource,
        _row as row_number,
        '在籍人数' as column_name,
        "在籍人数" as value,
        pupils,
        "学校标识码" as school,
        period
    from compared
    where is_touched and "在籍人数" > pupils * 1.05 + 5
)

select * from final
