-- Full-time teachers by degree and by title, of all; pupils and teachers by type of school.
-- Both sides of staffing come from the same schools; attached kindergarten classes have teachers of
-- their own.
with
school_teachers as (
    select
        schools.county_id,
        schools.school_type,
        schools.school_year || '-09' as period,
        teachers.*
    from schools
    inner join teachers
        on
            schools.school_id = teachers.school_id
            and schools.school_year = teachers.school_year
    where
        schools.school_status = 'open'
        and teachers.full_time > 0
),

qualified as (
    select
        county_id,
        period,
        sum(full_time) as teachers,
        sum(degree_graduate) as graduate,
        sum(degree_bachelor) as bachelor,
        sum(degree_college + degree_below) as college_or_below,
        sum(title_professor + title_senior) as senior_or_professor,
        sum(title_middle) as middle,
        sum(title_junior) as junior,
        sum(title_none) as untitled
    from school_teachers
    where degree_graduate is not null
    group by county_id, period
),

levels as (
    unpivot qualified
    on graduate, bachelor, college_or_below, senior_or_professor, middle, junior, untitled
    into
    name level
    value holders
),

qualifications as (
    select
        if(level in ('graduate', 'bachelor', 'college_or_below'), 'degree', 'title') as breakdown,
        level,
        county_id,
        period,
        holders as people,
        teachers as among
    from levels
),

staffed_schools as (
    select
        t.county_id,
        t.school_type,
        t.period,
        t.full_time as teachers,
        sum(enrolment.pupils) as pupils
    from school_teachers as t
    inner join enrolment
        on
            t.school_id = enrolment.school_id
            and t.school_year = enrolment.school_year
    where
        t.school_type in ('primary', 'junior', 'nine_year', 'senior')
        and enrolment.stage in ('primary', 'junior', 'senior')
        and enrolment.pupils is not null
    group by t.school_id, t.county_id, t.school_type, t.period, t.full_time
),

staffing as (
    select
        'staffing' as breakdown,
        school_type || unnest([' pupils', ' teachers']) as level,
        county_id,
        period,
        unnest([sum(pupils), sum(teachers)]) as people,
        null as among
    from staffed_schools
    group by county_id, school_type, period
),

final as (
    select * from qualifications
    union all
    select * from staffing
)

select * from final
