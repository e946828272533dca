-- What the projects' and milestones' own plans call for by the end of the year.
with
sums as (
    select
        m.indicator_id,
        m.county_id,
        sum(m.denominator) filter (
            where m.period <= $year_end and (d.measure = 'stock' or m.period >= $year_start)
        ) as planned
    from indicator_months as m
    inner join indicator_definitions as d on m.indicator_id = d.indicator_id
    where d.denominator = 'plan'
    group by m.indicator_id, m.county_id
),

final as (
    select
        indicator_id,
        county_id,
        planned
    from sums
    where planned is not null
    union all
    select
        indicator_id,
        'all' as county_id,
        sum(planned) as planned
    from sums
    where county_id <> 'all' and planned is not null
    group by indicator_id
)

select * from final
