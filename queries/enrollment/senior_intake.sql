-- General and vocational intake of the chosen counties together, year by year. A chosen county that
-- has not reported the latest year is left out of every year, so that years compare.
with
reported as (
    select
        county_id,
        year,
        general,
        vocational
    from senior_intake
    where
        year || '-09' <= $as_of
        and general is not null
        and vocational is not null
),

latest as (
    select max(year) as year from reported
),

reporting_counties as (
    select reported.county_id
    from reported
    inner join latest on reported.year = latest.year
    where list_contains($counties, reported.county_id)
),

final as (
    select
        reported.year,
        cast(sum(reported.general) as double) as general,
        cast(sum(reported.vocational) as double) as vocational,
        sum(reported.general) * 100.0
        / nullif(sum(reported.general) + sum(reported.vocational), 0) as general_pct
    from reported
    inner join reporting_counties on reported.county_id = reporting_counties.county_id
    group by reported.year
    order by reported.year
)

select * from final
