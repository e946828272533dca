-- How far the schools of a county lie apart in each of the seven resources: the coefficient of
-- variation of primary and of junior pupils, in the latest school year by the chosen month.
-- Every school counts by its pupils; a nine-year school counts in both stages, with its own pupils
-- of each. A county that has not reported has no numbers; the city-run schools are not a county.
with
latest as (
    select max(school_year) as school_year
    from school_resources
    where school_year || '-09' <= $as_of
),

resources as (
    select distinct resource
    from school_resources
),

stages as (
    select
        split_part(name, '_', 2) as stage,
        value as limit_value
    from thresholds
    where name in ('balanced_primary_variation_limit', 'balanced_junior_variation_limit')
),

reported as (
    select school_resources.*
    from school_resources
    inner join latest on school_resources.school_year = latest.school_year
),

stage_schools as (
    select
        county_id,
        'primary' as stage,
        resource,
        amount,
        primary_pupils as pupils
    from reported
    where primary_pupils > 0
    union all
    select
        county_id,
        'junior' as stage,
        resource,
        amount,
        junior_pupils as pupils
    from reported
    where junior_pupils > 0
),

means as (
    select
        county_id,
        stage,
        resource,
        count(*) as schools,
        sum(pupils) as pupils,
        sum(amount * pupils) / sum(pupils) as mean_amount
    from stage_schools
    group by county_id, stage, resource
),

spreads as (
    select
        s.county_id,
        s.stage,
        s.resource,
        any_value(means.schools) as schools,
        any_value(means.mean_amount) as mean_amount,
        sqrt(sum(s.pupils * (s.amount - means.mean_amount) ** 2) / any_value(means.pupils))
        / nullif(any_value(means.mean_amount), 0) as variation
    from stage_schools as s
    inner join means
        on
            s.county_id = means.county_id
            and s.stage = means.stage
            and s.resource = means.resource
    group by s.county_id, s.stage, s.resource
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
        stages.limit_value
    from counties
    cross join stages
    cross join resources
    cross join latest
    left join spreads
        on
            counties.county_id = spreads.county_id
            and stages.stage = spreads.stage
            and resources.resource = spreads.resource
    where counties.unit_kind = 'county'
    order by counties.sort_order, stages.stage desc, resources.resource
)

select * from final
