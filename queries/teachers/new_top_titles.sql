-- Teachers of the chosen counties who gained the professor grade or the special-grade honour, by
-- year; a year with so few that they could be known is withheld.
with
years as (
    select
        schools.school_year,
        sum(teachers.new_top_titles) as new_teachers
    from schools
    inner join teachers
        on
            schools.school_id = teachers.school_id
            and schools.school_year = teachers.school_year
    where
        schools.school_status = 'open'
        and schools.school_year || '-09' <= $as_of
        and list_contains($counties, schools.county_id)
        and teachers.new_top_titles is not null
    group by schools.school_year
),

final as (
    select
        years.school_year,
        if(
            years.new_teachers < small_counts.value, null, cast(years.new_teachers as double)
        ) as new_teachers,
        cast(small_counts.value as integer) as withheld_below_people
    from years
    inner join thresholds as small_counts on small_counts.name = 'suppressed_below_people'
    order by years.school_year
)

select * from final
