-- The schools that were closed or merged in a year, up to a month.
with
mergers as (
    select
        unit_id as school_id,
        county_id,
        period as month
    from indicator_rows
    where
        indicator_id = 'small_schools_merged'
        and period between $as_of[:4] || '-01' and $as_of
),

names as (
    select
        school_id,
        max_by(school_name, school_year) as school_name,
        max_by(school_type, school_year) as school_type,
        max_by(merged_into_id, school_year) as merged_into_id
    from schools
    group by school_id
),

final as (
    select
        mergers.school_id,
        mergers.county_id,
        mergers.month,
        names.school_name,
        names.school_type,
        into_names.school_name as merged_into_name
    from mergers
    inner join names on mergers.school_id = names.school_id
    left join names as into_names on names.merged_into_id = into_names.school_id
    order by mergers.month, mergers.school_id
)

select * from final
