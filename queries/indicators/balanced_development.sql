-- Quality-balanced compulsory education: the counties' accreditation steps, the schools' resources.
with
-- The step is taken in the month of the county's first event of that category.
steps_taken as (
    select
        plan_milestones.milestone_id,
        plan_milestones.county_id,
        strftime(min(accreditations.event_date), '%Y-%m') as period
    from plan_milestones
    inner join accreditations
        on
            plan_milestones.key = accreditations.category
            and plan_milestones.county_id = accreditations.county_id
    where
        plan_milestones.indicator_id = 'balanced_development_stage'
        and plan_milestones.source = 'accreditation'
    group by plan_milestones.milestone_id, plan_milestones.county_id
),

steps_done as (
    select
        'balanced_development_stage' as indicator_id,
        county_id,
        milestone_id as unit_id,
        period,
        1 as numerator,
        0 as denominator
    from steps_taken
    where period is not null
),

steps_due as (
    select
        indicator_id,
        county_id,
        milestone_id as unit_id,
        due_month as period,
        0 as numerator,
        1 as denominator
    from plan_milestones
    where indicator_id = 'balanced_development_stage'
),

compulsory_schools as (
    select
        schools.school_id,
        schools.school_year,
        schools.county_id,
        sum(enrolment.pupils) as pupils,
        sum(if(enrolment.stage = 'junior', enrolment.pupils, 0)) / sum(enrolment.pupils)
            as junior_share
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
    group by schools.school_id, schools.school_year, schools.county_id
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
        schools.junior_share,
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
    on columns(* exclude (school_id, school_year, county_id, junior_share))
    into name resource value amount
),

-- A nine-year school's line lies between the primary and the junior one, weighted by its pupils.
-- Rounded, so that 0.85 of a line is 0.85 and not a hair below.
attainments as (
    select
        resources.school_id,
        resources.school_year,
        resources.county_id,
        round(
            resources.amount / (
                primary_line.value * (1 - resources.junior_share)
                + junior_line.value * resources.junior_share
            ),
            9
        ) as attainment
    from resources
    inner join thresholds as primary_line
        on primary_line.name = 'primary_' || resources.resource
    inner join thresholds as junior_line
        on junior_line.name = 'junior_' || resources.resource
),

-- Only schools with all seven reported; six lines reached and the seventh nearly.
seven_resources as (
    select
        'balanced_seven_indicators' as indicator_id,
        county_id,
        school_id as unit_id,
        school_year || '-09' as period,
        cast(
            count(*) filter (where attainment >= 1)
            >= (
                select thresholds.value
                from thresholds
                where thresholds.name = 'balanced_resources_to_reach'
            )
            and min(attainment) * 100
            >= (
                select thresholds.value
                from thresholds
                where thresholds.name = 'balanced_remaining_attainment_pct'
            )
            as integer
        ) as numerator,
        1 as denominator
    from attainments
    group by school_id, school_year, county_id
    having count(*) = 7
),

all_rows as (
    select * from steps_done
    union all
    select * from steps_due
    union all
    select * from seven_resources
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
