-- The building projects of a school, the latest plan first; projects know schools by name.
with
names as (
    select distinct
        school_name,
        county_id
    from schools
    where school_id = $school_id
),

final as (
    select
        projects.project_id,
        projects.project_name,
        projects.plan_year,
        projects.planned_use_date,
        projects.actual_use_date
    from projects
    inner join names
        on
            projects.school_name = names.school_name
            and projects.county_id = names.county_id
    order by projects.plan_year desc, projects.project_id
)

select * from final
