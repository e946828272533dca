-- The people of single schools that pages show: pupils, and full-time teachers. They add up to two
-- breakdowns: pupils by stage (part: the type of school, as nearly as that tells the stage), and
-- staffing, which knows the types of school that have a standard and puts all others together.
with
open_schools as (
    select
        school_id,
        school_year,
        county_id,
        school_type,
        school_year || '-09' as period,
        if(
            school_type in ('primary', 'junior', 'nine_year', 'senior'), school_type, 'other'
        ) as staffed_as
    from schools
    where school_status = 'open'
),

-- Attached kindergarten classes have teachers and a count of their own. The names are those under
-- which the catalogue knows the same numbers.
school_pupils as (
    select
        s.school_id,
        s.county_id,
        s.school_type,
        s.staffed_as,
        s.period,
        case
            when s.school_type in ('primary', 'junior', 'nine_year') then 'compulsory_pupils'
            when s.school_type = 'kindergarten' then 'kindergarten_children'
            else 'pupils'
        end as number_name,
        sum(enrolment.pupils) as pupils
    from open_schools as s
    inner join enrolment
        on s.school_id = enrolment.school_id and s.school_year = enrolment.school_year
    where
        enrolment.pupils is not null
        and (enrolment.stage = 'kindergarten') = (s.school_type = 'kindergarten')
    group by s.school_id, s.county_id, s.school_type, s.staffed_as, s.period
),

-- Both sides of staffing come from the same schools.
staffed_schools as (
    select
        school_pupils.*,
        teachers.full_time
    from school_pupils
    inner join open_schools as s
        on school_pupils.school_id = s.school_id and school_pupils.period = s.period
    inner join teachers
        on s.school_id = teachers.school_id and s.school_year = teachers.school_year
    where teachers.full_time > 0
),

all_rows as (
    select
        'pupils' as breakdown,
        'pupils' as figure,
        school_type as part,
        number_name,
        county_id,
        school_id,
        period,
        pupils as people
    from school_pupils
    union all
    select
        'staffing' as breakdown,
        'pupils' as figure,
        staffed_as as part,
        number_name,
        county_id,
        school_id,
        period,
        pupils as people
    from staffed_schools
    where staffed_as <> 'other'
    union all
    select
        'staffing' as breakdown,
        'teachers' as figure,
        staffed_as as part,
        'full_time_teachers' as number_name,
        county_id,
        school_id,
        period,
        full_time as people
    from staffed_schools
),

final as (
    select
        breakdown,
        figure,
        part,
        number_name,
        county_id,
        school_id,
        period,
        cast(people as double) as people
    from all_rows
)

select * from final
