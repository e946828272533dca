-- The seven resources of quality-balanced compulsory education: what every assessed school has per
-- pupil, beside the line it is held to. One row per school, school year and reported resource.
-- Assessed is the county area: a city-run school counts in the county in which it lies. Where the
-- register does not say which that is, it stays with the city-run schools.
with
compulsory_schools as (
    select
        schools.school_id,
        schools.school_year,
        coalesce(schools.located_in_id, schools.county_id) as county_id,
        sum(enrolment.pupils) as pupils,
        sum(if(enrolment.stage = 'primary', enrolment.pupils, 0)) as primary_pupils,
        sum(if(enrolment.stage = 'junior', enrolment.pupils, 0)) as junior_pupils
    from schools
    inner join enrolment
        on
            schools.school_id = enrolment.school_id
            and schools.school_year = enrolment.school_year
    where
        schools.school_type in ('primary', 'junior', 'nine_year')
        and schools.school_status = 'open'
        and enrolment.stage in ('primary', 'junior')
        and enrolment.pupils is not null
    group by
        schools.school_id,
        schools.school_year,
        coalesce(schools.located_in_id, schools.county_id)
    having
        sum(enrolment.pupils)
        >= (
            select thresholds.value
            from thresholds
            where thresholds.name = 'balanced_minimum_pupils'
        )
),

-- Per 100 pupils, but floor area and equipment per pupil: as the thresholds are written.
amounts as (
    select
        schools.school_id,
        schools.school_year,
        schools.county_id,
        schools.primary_pupils,
        schools.junior_pupils,
        conditions.above_degree_teachers * 100.0 / schools.pupils
            as above_degree_teachers_per_100_pupils,
        conditions.backbone_teachers * 100.0 / schools.pupils as backbone_teachers_per_100_pupils,
        conditions.pe_arts_teachers * 100.0 / schools.pupils as pe_arts_teachers_per_100_pupils,
        conditions.teaching_area_m2 / schools.pupils as teaching_area_m2_per_pupil,
        conditions.sports_area_m2 / schools.pupils as sports_area_m2_per_pupil,
        conditions.equipment_yuan / schools.pupils as equipment_yuan_per_pupil,
        conditions.networked_classrooms * 100.0 / schools.pupils
            as networked_classrooms_per_100_pupils
    from compulsory_schools as schools
    inner join school_conditions as conditions
        on
            schools.school_id = conditions.school_id
            and schools.school_year = conditions.school_year
),

-- Unpivoting leaves out what is not reported.
resources as (
    unpivot amounts
    on columns(* exclude (school_id, school_year, county_id, primary_pupils, junior_pupils))
    into name resource value amount
),

-- A nine-year school's line lies between the primary and the junior one, weighted by its pupils.
lines as (
    select
        resources.*,
        (
            primary_line.value * resources.primary_pupils
            + junior_line.value * resources.junior_pupils
        ) / (resources.primary_pupils + resources.junior_pupils) as line
    from resources
    inner join thresholds as primary_line
        on primary_line.name = 'primary_' || resources.resource
    inner join thresholds as junior_line
        on junior_line.name = 'junior_' || resources.resource
),

-- The attainment is rounded, so that 0.85 of a line is 0.85 and not a hair below.
final as (
    select
        school_id,
        school_year,
        county_id,
        cast(primary_pupils as double) as primary_pupils,
        cast(junior_pupils as double) as junior_pupils,
        resource,
        cast(amount as double) as amount,
        cast(line as double) as line,
        cast(round(amount / line, 9) as double) as attainment
    from lines
)

select * from final
