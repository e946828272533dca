-- Pupils and classes by stage, school year by school year, and the pupils of the next three years
-- by cohort progression. Only counties that have reported the latest year count, in every year.
-- Where few people of a stage could be known, a year is withheld and nothing is projected.
--
-- Present grades are as large as their intakes were, scaled to the pupils there are now; they move
-- up a year at a time. Leavers times the share that moved on in the last three years are the next
-- stage's intake. Kindergarten intake goes on changing at its average yearly rate of three years.
with
stages as (
    select
        listed.stage,
        listed.stage_order,
        listed.grades
    from (
        values
        ('kindergarten', 1, 3),
        ('primary', 2, 6),
        ('junior', 3, 3),
        ('upper', 4, 3),
        ('special', 5, null)
    ) as listed (stage, stage_order, grades)
),

latest as (
    select max(school_year) as school_year
    from enrolment
    where school_year || '-09' <= $as_of
),

reporting_counties as (
    select distinct schools.county_id
    from enrolment
    inner join latest on enrolment.school_year = latest.school_year
    inner join schools
        on
            enrolment.school_id = schools.school_id
            and enrolment.school_year = schools.school_year
    where list_contains($counties, schools.county_id)
),

stage_classes as (
    select
        enrolment.school_year,
        if(enrolment.stage in ('senior', 'vocational'), 'upper', enrolment.stage) as stage,
        sum(enrolment.classes) as classes
    from enrolment
    inner join schools
        on
            enrolment.school_id = schools.school_id
            and enrolment.school_year = schools.school_year
    inner join reporting_counties on schools.county_id = reporting_counties.county_id
    where enrolment.school_year || '-09' <= $as_of
    group by all
),

stage_people as (
    select
        cast(period[:4] as integer) as school_year,
        split_part(level, ' ', 1) as exact_stage,
        split_part(level, ' ', 2) as counted_as,
        people,
        is_withheld
    from chosen_breakdown('pupils', (select list(county_id) from reporting_counties))
    where period <= $as_of
),

people as (
    select
        school_year,
        if(exact_stage in ('senior', 'vocational'), 'upper', exact_stage) as stage,
        sum(people) filter (counted_as = 'pupils') as pupils,
        sum(people) filter (counted_as = 'intake') as intake,
        sum(people) filter (counted_as = 'graduates') as graduates,
        bool_or(is_withheld) as is_withheld
    from stage_people
    group by all
),

years as (
    select
        stage_classes.school_year,
        stage_classes.stage,
        stage_classes.classes,
        people.pupils,
        people.intake,
        people.graduates,
        coalesce(people.is_withheld, false) as is_withheld
    from stage_classes
    left join people
        on stage_classes.school_year = people.school_year and stage_classes.stage = people.stage
),

-- The grades there are now, by the year they began the stage.
grades as (
    select
        stages.stage,
        entry.school_year as entry_year,
        entry.intake
    from stages
    inner join latest on true
    inner join years as entry
        on
            stages.stage = entry.stage
            and entry.school_year > latest.school_year - stages.grades
),

-- One grade may have begun before the exports do: it is taken to be as large as the next one.
complete_grades as (
    select
        stages.stage,
        begun.entry_year,
        coalesce(
            grades.intake, min_by(grades.intake, grades.entry_year) over stage_grades
        ) as intake,
        grades.intake is null as is_estimated
    from stages
    inner join latest on true
    cross join
        unnest(range(latest.school_year - stages.grades + 1, latest.school_year + 1))
            as begun (entry_year)
    left join grades on stages.stage = grades.stage and begun.entry_year = grades.entry_year
    window stage_grades as (partition by stages.stage)
    qualify count(grades.intake) over stage_grades >= stages.grades - 1
),

present_cohorts as (
    select
        complete_grades.stage,
        complete_grades.entry_year,
        complete_grades.is_estimated,
        complete_grades.intake * years.pupils
        / nullif(sum(complete_grades.intake) over (partition by complete_grades.stage), 0)
            as pupils
    from complete_grades
    inner join latest on true
    inner join years
        on
            complete_grades.stage = years.stage
            and latest.school_year = years.school_year
),

-- New pupils of a stage for each leaver of the stage before, over the last three years.
moving_on as (
    select
        stages.stage,
        before.stage as stage_before,
        before.grades as grades_before,
        sum(entering.intake) / nullif(sum(leaving.graduates), 0) as share
    from stages
    inner join stages as before on stages.stage_order = before.stage_order + 1
    inner join latest on true
    inner join years as entering on stages.stage = entering.stage
    inner join years as leaving
        on before.stage = leaving.stage and entering.school_year = leaving.school_year
    where
        stages.stage <> 'special'
        and entering.school_year > latest.school_year - 3
    group by stages.stage, before.stage, before.grades
),

kindergarten_intake as (
    select
        latest.school_year + ahead.ahead as entry_year,
        now.intake * pow(now.intake / nullif(past.intake, 0), ahead.ahead / 3) as pupils
    from latest
    inner join years as now
        on latest.school_year = now.school_year and now.stage = 'kindergarten'
    inner join years as past
        on latest.school_year - 3 = past.school_year and past.stage = 'kindergarten'
    cross join range(1, 4) as ahead (ahead)
),

cohorts as (
    select
        stage,
        entry_year,
        pupils,
        is_estimated
    from present_cohorts
    union all
    select
        'kindergarten' as stage,
        entry_year,
        pupils,
        false as is_estimated
    from kindergarten_intake
    union all
    select
        moving_on.stage,
        present_cohorts.entry_year + moving_on.grades_before as entry_year,
        present_cohorts.pupils * moving_on.share as pupils,
        present_cohorts.is_estimated
    from moving_on
    inner join latest on true
    inner join present_cohorts on moving_on.stage_before = present_cohorts.stage
    where
        present_cohorts.entry_year + moving_on.grades_before
        between latest.school_year + 1 and latest.school_year + 3
),

-- A year is complete when every grade of it has its cohort.
projected as (
    select
        latest.school_year + ahead.ahead as school_year,
        cohorts.stage,
        sum(cohorts.pupils) as pupils,
        bool_or(cohorts.is_estimated) as has_estimated_grade
    from latest
    cross join range(1, 4) as ahead (ahead)
    inner join stages on stages.grades is not null
    inner join cohorts
        on
            stages.stage = cohorts.stage
            and cohorts.entry_year > latest.school_year + ahead.ahead - stages.grades
            and cohorts.entry_year <= latest.school_year + ahead.ahead
    group by latest.school_year, ahead.ahead, cohorts.stage, stages.grades
    having count(cohorts.pupils) = stages.grades
),

all_years as (
    select
        school_year,
        stage,
        pupils,
        classes,
        is_withheld,
        false as is_projected,
        false as has_estimated_grade
    from years
    union all
    select
        school_year,
        stage,
        round(pupils) as pupils,
        null as classes,
        false as is_withheld,
        true as is_projected,
        has_estimated_grade
    from projected
),

final as (
    select
        stages.stage,
        cast(all_years.school_year as integer) as school_year,
        cast(all_years.pupils as double) as pupils,
        cast(all_years.classes as double) as classes,
        all_years.is_withheld,
        all_years.is_projected,
        all_years.has_estimated_grade
    from all_years
    inner join stages on all_years.stage = stages.stage
    order by stages.stage_order, all_years.school_year
)

select * from final
