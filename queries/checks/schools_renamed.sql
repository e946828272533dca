-- Schools with another name than the year before. One or two are renamed in a year; many are names
-- that have slipped into the rows of other schools.
with
renamed as (
    select
        s."学年" as school_year,
        s._row,
        b."学校名称" || ' → ' || s."学校名称" as names
    from typed.schools as s
    inner join typed.schools as b
        on s."学校标识码" = b."学校标识码" and s."学年" - 1 = b."学年"
    where (s.is_delivered or b.is_delivered) and s."学校名称" <> b."学校名称"
),

final as (
    select
        'schools' as resource,
        null as row_number,
        '学校名称' as column_name,
        school_year as period,
        count(*) as value,
        array_to_string(list(names order by _row)[1:5], '、') as names,
        case when count(*) > 5 then '……' else '' end as more
    from renamed
    group by school_year
    having count(*) >= 10
    order by school_year
)

select * from final
