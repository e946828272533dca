-- Teachers: staffing of the compulsory stage, rotation, training, titles and degrees.
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
    where schools.school_status = 'open'
),

-- Both sides come from the same schools; attached kindergarten classes have teachers of their own.
compulsory_staffing as (
    select
        school_teachers.county_id,
        school_teachers.school_id,
        school_teachers.period,
        school_teachers.full_time,
        sum(enrolment.pupils) as pupils,
        sum(enrolment.classes) as classes
    from school_teachers
    inner join enrolment
        on
            school_teachers.school_id = enrolment.school_id
            and school_teachers.school_year = enrolment.school_year
    where
        school_teachers.school_type in ('primary', 'junior', 'nine_year')
        and enrolment.stage in ('primary', 'junior')
    group by
        school_teachers.county_id,
        school_teachers.school_id,
        school_teachers.period,
        school_teachers.full_time
),

pupils_per_teacher as (
    select
        'pupil_teacher_ratio' as indicator_id,
        county_id,
        school_id as unit_id,
        period,
        pupils as numerator,
        full_time as denominator
    from compulsory_staffing
),

teachers_per_class as (
    select
        'teachers_per_class' as indicator_id,
        county_id,
        school_id as unit_id,
        period,
        full_time as numerator,
        classes as denominator
    from compulsory_staffing
),

rotation as (
    select
        'teacher_rotation_rate' as indicator_id,
        county_id,
        school_id as unit_id,
        period,
        rotated as numerator,
        rotation_eligible as denominator
    from school_teachers
    where school_type in ('primary', 'junior', 'nine_year')
),

it_training as (
    select
        'it_training_coverage' as indicator_id,
        county_id,
        school_id as unit_id,
        period,
        it_trained as numerator,
        full_time as denominator
    from school_teachers
),

graduate_degrees as (
    select
        'graduate_degree_rate' as indicator_id,
        county_id,
        school_id as unit_id,
        period,
        degree_graduate as numerator,
        full_time as denominator
    from school_teachers
),

rates as (
    select * from pupils_per_teacher
    union all
    select * from teachers_per_class
    union all
    select * from rotation
    union all
    select * from it_training
    union all
    select * from graduate_degrees
),

reported_rates as (
    select * from rates
    where
        numerator is not null
        and denominator > 0
),

new_top_titles as (
    select
        'senior_title_teachers' as indicator_id,
        county_id,
        school_id as unit_id,
        period,
        new_top_titles as numerator,
        null as denominator
    from school_teachers
    where new_top_titles is not null
),

all_rows as (
    select * from reported_rates
    union all
    select * from new_top_titles
),

final as (
    select
        indicator_id,
        county_id,
        unit_id,
        period,
        cast(numerator as double) as numerator,
        cast(denominator as double) as denominator
    from all_rows
)

select * from final
