-- What is in: one row per export, unit and period, and one for every school or project (item) of
-- which something is in. A yearly figure or a round stands in the month that the contract gives it.
-- Of registers, which nobody owes, the months of their events.
with
-- By the register, as a school's figures are a county's.
school_reports as (
    select distinct
        'enrolment' as resource,
        school_id,
        school_year as year,
        '' as season
    from enrolment
    union all
    select distinct
        'teachers' as resource,
        school_id,
        school_year as year,
        '' as season
    from teachers
    union all
    select distinct
        'school_conditions' as resource,
        school_id,
        school_year as year,
        '' as season
    from school_conditions
    union all
    select distinct
        'fitness' as resource,
        school_id,
        year,
        '' as season
    from fitness
    union all
    select distinct
        'vision' as resource,
        school_id,
        year,
        season
    from vision
),

dated_school_reports as (
    select
        r.resource,
        r.school_id,
        r.year || '-' || lpad(cast(m.month as varchar), 2, '0') as period,
        r.year - if(m.month < 9, 1, 0) as school_year
    from school_reports as r
    inner join owed_months as m on r.resource = m.resource and r.season = m.season
),

by_school as (
    select
        r.resource,
        schools.county_id,
        r.period,
        r.school_id as item
    from dated_school_reports as r
    inner join schools on r.school_id = schools.school_id and r.school_year = schools.school_year
),

yearly_reports as (
    select
        'schools' as resource,
        county_id,
        school_year as year,
        '' as season
    from schools
    union all
    select
        'projects' as resource,
        county_id,
        plan_year as year,
        '' as season
    from projects
    union all
    select
        'after_school' as resource,
        county_id,
        year,
        season
    from after_school
    union all
    select
        'senior_intake' as resource,
        county_id,
        year,
        '' as season
    from senior_intake
),

by_county as (
    select
        r.resource,
        r.county_id,
        r.year || '-' || lpad(cast(m.month as varchar), 2, '0') as period
    from yearly_reports as r
    inner join owed_months as m on r.resource = m.resource and r.season = m.season
    union all
    select
        'training_months' as resource,
        county_id,
        month as period
    from training_months
    union all
    select
        'tutoring_months' as resource,
        county_id,
        month as period
    from tutoring_months
),

by_project as (
    select
        'project_months' as resource,
        projects.county_id,
        project_months.month as period,
        project_months.project_id as item
    from project_months
    inner join projects on project_months.project_id = projects.project_id
),

events as (
    select
        'accreditations' as resource,
        county_id,
        event_date
    from accreditations
    union all
    select
        'activities' as resource,
        county_id,
        event_date
    from activities
    union all
    select
        'health_schools' as resource,
        county_id,
        award_date as event_date
    from health_schools
    union all
    select
        'vision_stations' as resource,
        county_id,
        award_date as event_date
    from vision_stations
),

all_rows as (
    select * from by_school
    union all
    select * from by_project
    union all
    select
        resource,
        county_id,
        period,
        '' as item
    from by_school
    union all
    select
        resource,
        county_id,
        period,
        '' as item
    from by_county
    union all
    select
        resource,
        county_id,
        strftime(event_date, '%Y-%m') as period,
        '' as item
    from events
    where event_date is not null
),

final as (
    select distinct
        resource,
        county_id,
        period,
        item
    from all_rows
)

select * from final
