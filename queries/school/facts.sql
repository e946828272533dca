-- A school as last listed by a school year, or as first listed where it is younger; no row for a
-- school that does not exist. Beside it what it merged into, who leads its group, and its highest
-- level as a health-promoting school by the month.
with
listed as (
    select
        school_id,
        school_name,
        county_id,
        school_type,
        is_public,
        is_inclusive,
        kindergarten_grade,
        area_type,
        group_name,
        group_lead_id,
        education_community,
        has_psychology_centre,
        has_labour_classroom,
        is_quality_senior_high,
        opened_date,
        closed_date,
        school_status,
        merged_into_id
    from schools
    where school_id = $school_id
    order by
        school_year <= $school_year desc,
        abs(school_year - $school_year)
    limit 1
),

names as (
    select
        school_id,
        max_by(school_name, school_year) as school_name
    from schools
    group by school_id
),

health_level as (
    select
        school_id,
        max_by(level, list_position(['bronze', 'silver', 'gold'], level)) as level
    from health_schools
    where
        school_id = $school_id
        and strftime(award_date, '%Y-%m') <= $as_of
    group by school_id
),

final as (
    select
        listed.*,
        merged.school_name as merged_into_name,
        leads.school_name as group_lead_name,
        health_level.level as health_level
    from listed
    left join names as merged on listed.merged_into_id = merged.school_id
    left join names as leads on listed.group_lead_id = leads.school_id
    left join health_level on listed.school_id = health_level.school_id
)

select * from final
