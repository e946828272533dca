-- More than 70 pupils in the average class of a school: a class or a figure was left out.
with
final as (
    select
        'enrolment' as resource,
        _row as row_number,
        '班级数' as column_name,
        "班级数" as value,
        "在校生数" / nullif("班级数", 0) as average
    from typed.enrolment
    where is_delivered and "在校生数" > 70 * "班级数" and "班级数" > 0
)

select * from final
