-- The rows that find no open school, by export, period and county, with the people in them where
-- these are not few: as many as leave each school more than the threshold to have.
with
threshold as (
    select value as fewest
    from thresholds
    where name = 'suppressed_below_people'
),

sums as (
    select
        resource,
        period,
        county_id,
        count(*) as schools,
        cast(sum(row_count) as integer) as row_count,
        cast(sum(people) as integer) as people
    from stray_rows
    group by resource, period, county_id
),

final as (
    select
        sums.resource,
        sums.period,
        sums.county_id,
        sums.schools,
        sums.row_count,
        if(sums.people - sums.schools < threshold.fewest - 1, null, sums.people) as people
    from sums
    cross join threshold
)

select * from final
