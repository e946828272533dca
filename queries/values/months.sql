-- The months a reader can choose: from the first plan year's January to the latest figure.
-- Plans reach further than figures, and so do the bases that growth is measured from.
-- Months to compare with may lie before the plan: first_figure says how far back figures reach.
with
years as (
    select min(plan_year) || '-01' as first_month
    from plan_targets
),

figures as (
    select
        min(m.period) as first_figure,
        max(m.period) as last_month
    from indicator_months as m
    inner join indicator_definitions as d on m.indicator_id = d.indicator_id
    where m.numerator > 0 and d.denominator <> 'plan'
),

final as (
    select
        years.first_month,
        figures.first_figure,
        figures.last_month
    from years
    cross join figures
)

select * from final
