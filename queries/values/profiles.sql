-- What comes in batches, as it came in the years before: for every month of a year, what all years
-- before $year had brought in the city by the month's end, together.
-- A first year counts when the export had begun by its first quarter.
with
first_known as (
    select
        d.sources,
        min(m.period) as period
    from indicator_months as m
    inner join indicator_definitions as d on m.indicator_id = d.indicator_id
    group by d.sources
),

first_full as (
    select
        sources,
        cast(period[:4] as integer) + if(period[6:7] <= '03', 0, 1) as year
    from first_known
),

known as (
    select
        m.indicator_id,
        cast(m.period[6:7] as integer) as month,
        m.numerator
    from indicator_months as m
    inner join indicator_definitions as d on m.indicator_id = d.indicator_id
    inner join first_full on d.sources = first_full.sources
    where
        d.trajectory = 'batches'
        and cast(m.period[:4] as integer) >= first_full.year
        and cast(m.period[:4] as integer) < $year
),

months as (
    select unnest(range(1, 13)) as month
),

final as (
    select
        known.indicator_id,
        months.month,
        cast(
            coalesce(sum(known.numerator) filter (where known.month <= months.month), 0) as double
        ) as reached
    from known
    cross join months
    group by known.indicator_id, months.month
    order by known.indicator_id, months.month
)

select * from final
