-- The chosen counties' full-time teachers by degree and by title, year by year: how many hold each
-- level and which share of all teachers that is. Kindergartens to senior secondary schools.
-- A level held by so few that they could be known is withheld, and with it the next smallest, from
-- which and the total it could be worked out.
with
years as (
    select
        schools.school_year,
        sum(teachers.full_time) as teachers,
        sum(teachers.degree_graduate) as graduate,
        sum(teachers.degree_bachelor) as bachelor,
        sum(teachers.degree_college + teachers.degree_below) as college_or_below,
        sum(teachers.title_professor + teachers.title_senior) as senior_or_professor,
        sum(teachers.title_middle) as middle,
        sum(teachers.title_junior) as junior,
        sum(teachers.title_none) as untitled
    from schools
    inner join teachers
        on
            schools.school_id = teachers.school_id
            and schools.school_year = teachers.school_year
    where
        schools.school_status = 'open'
        and schools.school_year || '-09' <= $as_of
        and list_contains($counties, schools.county_id)
        and teachers.full_time > 0
        and teachers.degree_graduate is not null
    group by schools.school_year
),

levels as (
    unpivot years
    on graduate, bachelor, college_or_below, senior_or_professor, middle, junior, untitled
    into
    name level
    value holders
),

qualifications as (
    select
        school_year,
        teachers,
        level,
        holders,
        if(level in ('graduate', 'bachelor', 'college_or_below'), 'degree', 'title')
            as qualification
    from levels
),

ranked as (
    select
        q.*,
        q.holders < small_counts.value as is_small,
        row_number() over (
            partition by q.school_year, q.qualification
            order by q.holders, q.level
        ) as place_from_below
    from qualifications as q
    inner join thresholds as small_counts on small_counts.name = 'suppressed_below_people'
),

withheld as (
    select
        *,
        is_small or (
            place_from_below = 2
            and bool_or(is_small) over (partition by school_year, qualification)
        ) as is_withheld
    from ranked
),

final as (
    select
        qualification,
        level,
        school_year,
        cast(teachers as double) as teachers,
        if(is_withheld, null, cast(holders as double)) as holders,
        if(is_withheld, null, holders * 100.0 / teachers) as share_pct
    from withheld
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
