-- The education communities (教共体) of every county, the largest first, with the compulsory schools
-- in each, in the latest school year by the chosen month.
with
latest as (
    select max(school_year) as school_year
    from schools
    where school_year || '-09' <= $as_of
),

final as (
    select
        schools.county_id,
        schools.education_community,
        count(*) as schools
    from schools
    inner join latest on schools.school_year = latest.school_year
    inner join counties on schools.county_id = counties.county_id
    where
        schools.school_status = 'open'
        and schools.school_type in ('primary', 'junior', 'nine_year')
        and schools.education_community is not null
    group by schools.county_id, schools.education_community, counties.sort_order
    order by counties.sort_order, count(*) desc, schools.education_community
)

select * from final
