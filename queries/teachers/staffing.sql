-- Pupils per teacher and teachers per class of the chosen counties' schools by type, year by year.
-- Both sides come from the same schools; attached kindergarten classes have teachers of their own.
-- A nine-year school mixes two stages: there is no standard for it. How many people there are comes
-- from the breakdown: where few could be known, it is withheld.
with
staffed_schools as (
    select
        schools.school_id,
        schools.school_year,
        schools.school_type,
        teachers.full_time as teachers
    from schools
    inner join teachers
        on
            schools.school_id = teachers.school_id
            and schools.school_year = teachers.school_year
    where
        schools.school_status = 'open'
        and schools.school_type in ('primary', 'junior', 'nine_year', 'senior')
        and schools.school_year || '-09' <= $as_of
        and list_contains($counties, schools.county_id)
        and teachers.full_time > 0
),

school_staffing as (
    select
        staffed_schools.school_id,
        staffed_schools.school_year,
        staffed_schools.school_type,
        staffed_schools.teachers,
        sum(enrolment.pupils) as pupils,
        sum(enrolment.classes) as classes
    from staffed_schools
    inner join enrolment
        on
            staffed_schools.school_id = enrolment.school_id
            and staffed_schools.school_year = enrolment.school_year
    where
        enrolment.stage in ('primary', 'junior', 'senior')
        and enrolment.pupils is not null
    group by all
),

-- pupils_per_teacher_primary, …_junior, …_senior
standards as (
    select
        name as standard_name,
        value as standard_pupils_per_teacher
    from thresholds
),

sums as (
    select
        s.school_type,
        s.school_year,
        standards.standard_pupils_per_teacher,
        count(*) as schools,
        count(*) filter (where s.pupils > standards.standard_pupils_per_teacher * s.teachers)
            as schools_above_standard,
        sum(s.classes) as classes
    from school_staffing as s
    left join standards on 'pupils_per_teacher_' || s.school_type = standards.standard_name
    group by s.school_type, s.school_year, standards.standard_pupils_per_teacher
),

people as (
    select
        split_part(level, ' ', 1) as school_type,
        cast(period[:4] as integer) as school_year,
        max(people) filter (level like '% pupils') as pupils,
        max(people) filter (level like '% teachers') as teachers
    from chosen_breakdown('staffing', $counties)
    group by all
),

final as (
    select
        sums.school_type,
        sums.school_year,
        cast(sums.schools as double) as schools,
        if(
            sums.standard_pupils_per_teacher is null,
            null,
            cast(sums.schools_above_standard as double)
        ) as schools_above_standard,
        people.pupils,
        people.teachers,
        cast(sums.classes as double) as classes,
        people.pupils / nullif(people.teachers, 0) as pupils_per_teacher,
        people.teachers / nullif(sums.classes, 0) as teachers_per_class,
        sums.standard_pupils_per_teacher
    from sums
    inner join people
        on sums.school_type = people.school_type and sums.school_year = people.school_year
    order by
        list_position(['primary', 'junior', 'nine_year', 'senior'], sums.school_type),
        sums.school_year
)

select * from final
