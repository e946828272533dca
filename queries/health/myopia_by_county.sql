-- Myopia in the latest screening round and in the same season a year before, for every county and
-- for the chosen counties together (all). The crude rate depends on how many older pupils a county
-- has; the stage-weighted rate gives every county the city's pupils by stage. How a rate moved is
-- the indicator's to say, for the rates of two rounds need not be of the same schools.
-- Numbers are null (is_withheld) where few pupils of a stage could be known.
with
screenings as (
    select
        county_id,
        period,
        split_part(level, ' ', 1) as stage,
        among as examined,
        people as myopic,
        is_withheld
    from breakdown_rows
    where breakdown = 'eyesight' and level like '% myopic' and county_id <> 'withheld'
),

latest as (
    select
        max(period) as period,
        strftime(strptime(max(period), '%Y-%m') - interval 12 month, '%Y-%m') as period_before
    from screenings
    where period <= $as_of
),

-- The city's pupils by stage in the school year of the latest round.
weights as (
    select
        split_part(pupils.level, ' ', 1) as stage,
        sum(pupils.people) as pupils
    from breakdown_rows as pupils
    inner join latest
        on
            cast(pupils.period[:4] as integer)
            = cast(latest.period[:4] as integer) - if(latest.period[6:] = '05', 1, 0)
    where
        pupils.breakdown = 'pupils'
        and pupils.level like '% pupils'
        and split_part(pupils.level, ' ', 1) in (select screenings.stage from screenings)
    group by split_part(pupils.level, ' ', 1)
),

-- Only counties with both rounds can be compared together.
comparable as (
    select screenings.county_id
    from screenings
    cross join latest
    where list_contains($counties, screenings.county_id)
    group by screenings.county_id
    having
        bool_or(screenings.period = latest.period)
        and bool_or(screenings.period = latest.period_before)
),

together as (
    select
        'all' as county_id,
        period,
        split_part(level, ' ', 1) as stage,
        among as examined,
        people as myopic,
        is_withheld
    from chosen_breakdown('eyesight', (select list(county_id) from comparable))
    where level like '% myopic'
),

all_rounds as (
    select * from screenings
    union all
    select * from together
),

stages as (
    select
        r.county_id,
        r.stage,
        bool_or(r.is_withheld) as is_withheld,
        sum(r.examined) filter (where r.period = latest.period) as examined,
        sum(r.myopic) filter (where r.period = latest.period) as myopic,
        sum(r.examined) filter (where r.period = latest.period_before) as examined_before,
        sum(r.myopic) filter (where r.period = latest.period_before) as myopic_before
    from all_rounds as r
    inner join latest on r.period in (latest.period, latest.period_before)
    group by r.county_id, r.stage
),

-- A unit without one of the stages cannot be weighted like the others.
rates as (
    select
        s.county_id,
        bool_or(s.is_withheld) as is_withheld,
        sum(s.examined) as examined,
        sum(s.myopic) as myopic,
        sum(s.examined_before) as examined_before,
        sum(s.myopic_before) as myopic_before,
        sum(s.myopic) * 100.0 / nullif(sum(s.examined), 0) as myopic_pct,
        sum(s.myopic_before) * 100.0 / nullif(sum(s.examined_before), 0) as myopic_before_pct,
        if(
            count(s.examined) = (select count(*) from weights),
            sum(s.myopic * 100.0 / s.examined * w.pupils) / sum(w.pupils),
            null
        ) as weighted_pct
    from stages as s
    inner join weights as w on s.stage = w.stage
    group by s.county_id
),

units as (
    select
        county_id,
        sort_order
    from counties
    union all
    select
        'all' as county_id,
        1000 as sort_order
),

final as (
    select
        units.county_id,
        latest.period,
        coalesce(rates.is_withheld, false) as is_withheld,
        rates.examined,
        rates.myopic,
        rates.myopic_pct,
        rates.examined_before,
        rates.myopic_before,
        rates.myopic_before_pct,
        rates.weighted_pct
    from units
    cross join latest
    left join rates on units.county_id = rates.county_id
    order by units.sort_order
)

select * from final
