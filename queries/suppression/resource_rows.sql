-- What every assessed school has of the seven resources, as it may be read. A number of teachers is
-- withheld where it is small, and whatever it is where fewer than the threshold would do for the
-- school to reach the line, or nearly enough of it: that the line is missed, or not, would tell.
-- So what is known of a withheld number from its line is a bound that leaves nobody possible, or
-- any number from the bound on. Where some schools of a county and stage are withheld, so are those
-- with the fewest pupils, up to the threshold: else the coefficient of variation would tell.
with
threshold as (
    select value as fewest
    from thresholds
    where name = 'suppressed_below_people'
),

nearly as (
    select value / 100 as enough
    from thresholds
    where name = 'balanced_remaining_attainment_pct'
),

counted as (
    select
        *,
        resource like '%teachers_per_100_pupils' as counts_people,
        round(amount * (primary_pupils + junior_pupils) / 100) as people,
        line * (primary_pupils + junior_pupils) / 100 as people_asked
    from school_resources
),

marked as (
    select
        counted.*,
        threshold.fewest,
        counted.counts_people
        and (
            (counted.people > 0 and counted.people < threshold.fewest)
            or ceil(round(counted.people_asked * nearly.enough, 9)) < threshold.fewest
        ) as is_few
    from counted
    cross join threshold
    cross join nearly
),

ranked as (
    select
        *,
        count(*) filter (where is_few and primary_pupils > 0) over the_county as few_primary,
        count(*) filter (where is_few and junior_pupils > 0) over the_county as few_junior,
        row_number() over (
            partition by county_id, school_year, resource, is_few, primary_pupils > 0
            order by primary_pupils, school_id
        ) as primary_place,
        row_number() over (
            partition by county_id, school_year, resource, is_few, junior_pupils > 0
            order by junior_pupils, school_id
        ) as junior_place
    from marked
    window the_county as (partition by county_id, school_year, resource)
),

judged as (
    select
        *,
        is_few
        or (few_primary > 0 and primary_pupils > 0 and primary_place <= fewest - few_primary)
        or (few_junior > 0 and junior_pupils > 0 and junior_place <= fewest - few_junior)
            as is_withheld
    from ranked
),

final as (
    select
        school_id,
        school_year,
        county_id,
        resource,
        line,
        is_withheld,
        attainment < 1 as is_missed,
        if(is_withheld, null, amount) as amount,
        if(is_withheld, null, attainment) as attainment
    from judged
)

select * from final
