-- All schools that there are or were, by county, type and name, as last listed by a school year.
with
last_listed as (
    select
        school_id,
        max_by(school_name, school_year) as school_name,
        max_by(county_id, school_year) as county_id,
        max_by(school_type, school_year) as school_type,
        max_by(school_status, school_year) as school_status
    from schools
    where school_year <= $school_year
    group by school_id
),

final as (
    select last_listed.*
    from last_listed
    inner join counties on last_listed.county_id = counties.county_id
    order by
        counties.sort_order,
        list_position(
            ['primary', 'junior', 'nine_year', 'senior', 'vocational', 'special', 'kindergarten'],
            last_listed.school_type
        ),
        last_listed.school_name,
        last_listed.school_id
)

select * from final
