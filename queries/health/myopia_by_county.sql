-- Myopia in the latest screening round and in the same season a year before, for every county and
-- for the chosen counties together (all). The crude rate depends on how many older pupils a county
-- has; the stage-weighted rate gives every county the city's pupils by stage, in both rounds.
-- What stood before, and the changes, are over the schools examined in both rounds, in today's
-- boundaries. Numbers are null (is_withheld) where few pupils of a stage could be known.
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

-- The same schools, then and now.
compared as (
    select
        b.county_id,
        b.level,
        b.people as myopic,
        b.among as examined
    from breakdown_rows as b
    inner join latest on b.period = latest.period
    where b.breakdown = 'eyesight_compared' and b.county_id <> 'withheld'
    union all
    select
        'all' as county_id,
        b.level,
        b.people as myopic,
        b.among as examined
    from chosen_breakdown('eyesight_compared', (select list(county_id) from comparable)) as b
    inner join latest on b.period = latest.period
),

-- Of a county that has not reported the latest round stands what it had before.
parts as (
    select
        county_id,
        split_part(level, ' ', 1) as stage,
        level[length(split_part(level, ' ', 1)) + 2:] as part,
        bool_or(level like '% now') over (partition by county_id) as has_reported,
        myopic,
        examined
    from compared
),

compared_stages as (
    select
        county_id,
        stage,
        sum(examined) filter (where part = 'now') as examined_now,
        sum(myopic) filter (where part = 'now') as myopic_now,
        sum(examined) filter (where part = 'before' or not has_reported) as examined_before,
        sum(myopic) filter (where part = 'before' or not has_reported) as myopic_before
    from parts
    group by county_id, stage
),

stages as (
    select
        r.county_id,
        r.stage,
        bool_or(r.is_withheld) as is_withheld,
        sum(r.examined) as examined,
        sum(r.myopic) as myopic
    from all_rounds as r
    inner join latest on r.period = latest.period
    group by r.county_id, r.stage
),

-- A unit without one of the stages cannot be weighted like the others.
rates as (
    select
        s.county_id,
        bool_or(s.is_withheld) as is_withheld,
        sum(s.examined) as examined,
        sum(s.myopic) as myopic,
        sum(s.myopic) * 100.0 / nullif(sum(s.examined), 0) as myopic_pct,
        if(
            count(s.examined) = (select count(*) from weights),
            sum(s.myopic * 100.0 / s.examined * w.pupils) / sum(w.pupils),
            null
        ) as weighted_pct
    from stages as s
    inner join weights as w on s.stage = w.stage
    group by s.county_id
),

compared_rates as (
    select
        c.county_id,
        sum(c.examined_before) as examined_before,
        sum(c.myopic_before) as myopic_before,
        sum(c.myopic_before) * 100.0 / nullif(sum(c.examined_before), 0) as myopic_before_pct,
        sum(c.myopic_now) * 100.0 / nullif(sum(c.examined_now), 0) as myopic_now_pct,
        if(
            count(c.examined_before) = (select count(*) from weights),
            sum(c.myopic_before * 100.0 / c.examined_before * w.pupils) / sum(w.pupils),
            null
        ) as weighted_before_pct,
        if(
            count(c.examined_now) = (select count(*) from weights),
            sum(c.myopic_now * 100.0 / c.examined_now * w.pupils) / sum(w.pupils),
            null
        ) as weighted_now_pct
    from compared_stages as c
    inner join weights as w on c.stage = w.stage
    group by c.county_id
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
        c.examined_before,
        c.myopic_before,
        c.myopic_before_pct,
        c.myopic_now_pct - c.myopic_before_pct as change_pp,
        rates.weighted_pct,
        c.weighted_before_pct,
        c.weighted_now_pct - c.weighted_before_pct as weighted_change_pp
    from units
    cross join latest
    left join rates on units.county_id = rates.county_id
    left join compared_rates as c on units.county_id = c.county_id
    order by units.sort_order
)

select * from final
