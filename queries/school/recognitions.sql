-- What a school was named, created or awarded by a month, the latest first. The register of
-- accreditations knows schools by name and county only.
with
names as (
    select distinct
        school_name,
        county_id
    from schools
    where school_id = $school_id
),

accredited as (
    select
        accreditations.event_id as recognition_id,
        accreditations.category,
        accreditations.event_date as recognised_on
    from accreditations
    inner join names
        on
            accreditations.name = names.school_name
            and accreditations.county_id = names.county_id
),

awarded as (
    select
        award_id as recognition_id,
        level as category,
        award_date as recognised_on
    from health_schools
    where school_id = $school_id
),

all_recognitions as (
    select * from accredited
    union all
    select * from awarded
),

final as (
    select *
    from all_recognitions
    where strftime(recognised_on, '%Y-%m') <= $as_of
    order by recognised_on desc, recognition_id
)

select * from final
