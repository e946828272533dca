-- How far the schools of a county lie apart in each of the seven resources: the coefficient of
-- variation of primary and of junior pupils, school year by school year, and whether it keeps to
-- its limit. Every school counts by its pupils; a nine-year school counts in both stages, with its
-- own pupils of each. Mean and coefficient are equations in the amounts of the schools: where any
-- of those is withheld, so are both, and only that the limit is kept, or not, can be read.
with
limits as (
    select
        split_part(name, '_', 2) as stage,
        value as limit_value
    from thresholds
    where name in ('balanced_primary_variation_limit', 'balanced_junior_variation_limit')
),

school_amounts as (
    select
        r.school_id,
        r.school_year,
        r.county_id,
        r.resource,
        r.amount,
        r.primary_pupils,
        r.junior_pupils,
        readable.is_withheld
    from school_resources as r
    inner join resource_rows as readable
        on
            r.school_id = readable.school_id
            and r.school_year = readable.school_year
            and r.county_id = readable.county_id
            and r.resource = readable.resource
),

stage_schools as (
    select
        county_id,
        school_year,
        'primary' as stage,
        resource,
        amount,
        is_withheld,
        primary_pupils as pupils
    from school_amounts
    where primary_pupils > 0
    union all
    select
        county_id,
        school_year,
        'junior' as stage,
        resource,
        amount,
        is_withheld,
        junior_pupils as pupils
    from school_amounts
    where junior_pupils > 0
),

means as (
    select
        county_id,
        school_year,
        stage,
        resource,
        count(*) as schools,
        count(*) filter (where is_withheld) as withheld_schools,
        sum(pupils) as pupils,
        sum(amount * pupils) / sum(pupils) as mean_amount
    from stage_schools
    group by county_id, school_year, stage, resource
),

spreads as (
    select
        s.county_id,
        s.school_year,
        s.stage,
        s.resource,
        any_value(means.schools) as schools,
        any_value(means.withheld_schools) as withheld_schools,
        any_value(means.mean_amount) as mean_amount,
        sqrt(sum(s.pupils * (s.amount - means.mean_amount) ** 2) / any_value(means.pupils))
        / nullif(any_value(means.mean_amount), 0) as variation
    from stage_schools as s
    inner join means
        on
            s.county_id = means.county_id
            and s.school_year = means.school_year
            and s.stage = means.stage
            and s.resource = means.resource
    group by s.county_id, s.school_year, s.stage, s.resource
),

final as (
    select
        spreads.county_id,
        spreads.school_year,
        spreads.stage,
        spreads.resource,
        spreads.schools,
        limits.limit_value,
        spreads.variation <= limits.limit_value as is_within,
        spreads.withheld_schools > 0 as is_withheld,
        if(spreads.withheld_schools > 0, null, spreads.mean_amount) as mean_amount,
        if(spreads.withheld_schools > 0, null, spreads.variation) as variation
    from spreads
    inner join limits on spreads.stage = limits.stage
)

select * from final
