-- The schools that a share of schools still lacks, at its latest stock-taking by the chosen month,
-- county by county.
with
latest as (
    select max(period) as period
    from indicator_rows
    where
        indicator_id = $indicator_id
        and period <= $as_of
),

lacking as (
    select
        indicator_rows.unit_id as school_id,
        indicator_rows.county_id,
        cast(latest.period[:4] as integer) as school_year
    from indicator_rows
    inner join latest on indicator_rows.period = latest.period
    where
        indicator_rows.indicator_id = $indicator_id
        and indicator_rows.numerator = 0
),

final as (
    select
        lacking.school_id,
        schools.school_name,
        lacking.county_id,
        schools.school_type,
        schools.area_type = 'rural' as is_rural
    from lacking
    inner join schools
        on
            lacking.school_id = schools.school_id
            and lacking.school_year = schools.school_year
    inner join counties on lacking.county_id = counties.county_id
    order by counties.sort_order, lacking.school_id
)

select * from final
