-- Pupils per teacher and teachers per class of the chosen counties' schools by type, year by year.
-- Both sides come from the same schools; attached kindergarten classes have teachers of their own.
-- A nine-year school mixes two stages: there is no standard for it. Where few people could be
-- known, a type's numbers are withheld, and a school is held against no standard
-- (withheld_schools).
with
school_sides as (
    select
        school_id,
        period,
        is_withheld,
        max(people) filter (figure = 'teachers') as teachers,
        max(people) filter (figure = 'pupils') as pupils
    from school_people
    where
        breakdown = 'staffing'
        and period <= $as_of
        and list_contains($counties, county_id)
    group by school_id, period, is_withheld
),

staffed_schools as (
    select
        school_sides.school_id,
        schools.school_type,
        schools.school_year,
        school_sides.teachers,
        school_sides.pupils,
        school_sides.is_withheld,
        sum(enrolment.classes) as classes
    from school_sides
    inner join schools
        on
            school_sides.school_id = schools.school_id
            and school_sides.period = schools.school_year || '-09'
    inner join enrolment
        on
            schools.school_id = enrolment.school_id
            and schools.school_year = enrolment.school_year
    where
        schools.school_type in ('primary', 'junior', 'nine_year', 'senior')
        and enrolment.stage in ('primary', 'junior', 'senior')
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
        count(*) filter (where s.is_withheld) as withheld_schools,
        count(*) filter (where s.pupils > standards.standard_pupils_per_teacher * s.teachers)
            as schools_above_standard,
        sum(s.classes) as classes
    from staffed_schools as s
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
        cast(sums.withheld_schools as double) as withheld_schools,
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
