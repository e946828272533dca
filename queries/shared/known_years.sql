-- The calendar years that exports speak of, and the one after, which may be under way.
with
reported as (
    select school_year as year from schools
    union all
    select year from vision
    union all
    select year(event_date) as year from accreditations
    union all
    select year(event_date) as year from activities
    union all
    select year(award_date) as year from vision_stations
    union all
    select cast(month[:4] as integer) as year from training_months
    union all
    select cast(month[:4] as integer) as year from tutoring_months
    union all
    select cast(month[:4] as integer) as year from project_months
),

final as (
    select unnest(range(min(year), max(year) + 2)) as year
    from reported
)

select * from final
