-- The months a reader can choose: from the first plan year's January to the latest figure in it.
-- Plans reach further than figures, and so do the bases that growth is measured from.
with
years as (
    select
        min(plan_year) || '-01' as first_month,
        max(plan_year) || '-12' as plan_end
    from plan_targets
),

latest as (
    select max(m.period) as last_month
    from indicator_months as m
    inner join indicator_definitions as d on m.indicator_id = d.indicator_id
    where m.numerator > 0 and d.denominator <> 'plan'
),

final as (
    select
        years.first_month,
        least(latest.last_month, years.plan_end) as last_month
    from years
    cross join latest
)

select * from final
