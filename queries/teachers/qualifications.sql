-- The chosen counties' full-time teachers by degree and by title, year by year: how many hold each
-- level and which share of all teachers that is. Kindergartens to senior secondary schools.
with
levels as (
    select
        'degree' as qualification,
        degrees.*
    from chosen_breakdown('degree', $counties) as degrees
    union all
    select
        'title' as qualification,
        titles.*
    from chosen_breakdown('title', $counties) as titles
),

final as (
    select
        qualification,
        level,
        cast(period[:4] as integer) as school_year,
        among as teachers,
        people as holders,
        people * 100.0 / among as share_pct
    from levels
    where period <= $as_of
    order by
        school_year,
        list_position(
            [
                'graduate',
                'bachelor',
                'college_or_below',
                'senior_or_professor',
                'middle',
                'junior',
                'untitled'
            ],
            level
        )
)

select * from final
