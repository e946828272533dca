-- The open quality senior highs of every unit in a school year, in the official order; a unit
-- without one has a row without a name.
with
highs as (
    select
        county_id,
        school_id,
        school_name
    from schools
    where
        school_year = $school_year
        and school_status = 'open'
        and is_quality_senior_high
),

final as (
    select
        counties.county_id,
        highs.school_name
    from counties
    left join highs on counties.county_id = highs.county_id
    order by counties.sort_order, highs.school_id
)

select * from final
