-- Rows that count nowhere, by export, period and county; few people are not said.
with
final as (
    select
        strays.resource,
        strays.period,
        strays.county_id,
        cast(count(*) as integer) as schools,
        cast(sum(strays.row_count) as integer) as row_count,
        if(
            sum(strays.people) < any_value(thresholds.value),
            null,
            cast(sum(strays.people) as integer)
        ) as people
    from stray_schools as strays
    inner join thresholds on thresholds.name = 'suppressed_below_people'
    group by strays.resource, strays.period, strays.county_id
)

select * from final
