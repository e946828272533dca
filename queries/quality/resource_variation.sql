-- How far the schools of a county lie apart in each of the seven resources, in the latest school
-- year by the chosen month. A county that has not reported has no numbers; one that is withheld has
-- only whether it keeps to the limit. The city-run schools are not a county.
with
latest as (
    select max(school_year) as school_year
    from resource_spreads
    where school_year || '-09' <= $as_of
),

resources as (
    select distinct resource
    from resource_spreads
),

stages as (
    select
        split_part(name, '_', 2) as stage,
        value as limit_value
    from thresholds
    where name in ('balanced_primary_variation_limit', 'balanced_junior_variation_limit')
),

final as (
    select
        counties.county_id,
        stages.stage,
        resources.resource,
        latest.school_year,
        spreads.schools,
        spreads.mean_amount,
        spreads.variation,
        stages.limit_value,
        spreads.is_within,
        coalesce(spreads.is_withheld, false) as is_withheld
    from counties
    cross join stages
    cross join resources
    cross join latest
    left join resource_spreads as spreads
        on
            counties.county_id = spreads.county_id
            and latest.school_year = spreads.school_year
            and stages.stage = spreads.stage
            and resources.resource = spreads.resource
    where counties.unit_kind = 'county'
    order by counties.sort_order, stages.stage desc, resources.resource
)

select * from final
