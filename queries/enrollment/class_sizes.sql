-- Classes of 56 pupils or more by stage, for the chosen counties together: the latest autumn
-- statistics and those of the year before, over the counties that have reported the latest.
with
county_years as (
    select
        schools.county_id,
        enrolment.school_year,
        enrolment.stage,
        sum(enrolment.classes) as classes,
        sum(enrolment.classes_56_65) as classes_56_65,
        sum(enrolment.classes_over_65) as classes_over_65
    from enrolment
    inner join schools
        on
            enrolment.school_id = schools.school_id
            and enrolment.school_year = schools.school_year
    where
        enrolment.stage in ('primary', 'junior', 'senior', 'vocational')
        and enrolment.school_year || '-09' <= $as_of
        and enrolment.classes_56_65 is not null
        and enrolment.classes_over_65 is not null
    group by schools.county_id, enrolment.school_year, enrolment.stage
),

latest as (
    select max(school_year) as school_year from county_years
),

reporting_counties as (
    select distinct county_years.county_id
    from county_years
    inner join latest on county_years.school_year = latest.school_year
    where list_contains($counties, county_years.county_id)
),

years as (
    select
        county_years.stage,
        county_years.school_year,
        sum(county_years.classes) as classes,
        sum(county_years.classes_56_65) as classes_56_65,
        sum(county_years.classes_over_65) as classes_over_65
    from county_years
    inner join reporting_counties on county_years.county_id = reporting_counties.county_id
    group by county_years.stage, county_years.school_year
),

final as (
    select
        now.stage,
        now.school_year,
        cast(now.classes as double) as classes,
        cast(now.classes_56_65 as double) as classes_56_65,
        cast(now.classes_over_65 as double) as classes_over_65,
        cast(before.classes_56_65 as double) as classes_56_65_before,
        cast(before.classes_over_65 as double) as classes_over_65_before
    from years as now
    inner join latest on now.school_year = latest.school_year
    left join years as before
        on now.stage = before.stage and latest.school_year - 1 = before.school_year
    order by list_position(['primary', 'junior', 'senior', 'vocational'], now.stage)
)

select * from final
