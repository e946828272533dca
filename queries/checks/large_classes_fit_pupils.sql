-- Large classes hold 56 pupils at least, oversized ones 66: no school has fewer pupils than that.
with
least as (
    select
        _row,
        "在校生数" as pupils,
        56 * "大班额班数" + 66 * "超大班额班数" as least
    from typed.enrolment
    where is_delivered
),

final as (
    select
        'enrolment' as resource,
        _row as row_number,
        '在校生数' as column_name,
        pupils as value,
        least
    from least
    where pupils < least
)

select * from final
