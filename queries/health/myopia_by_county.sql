-- Myopia in the latest screening round and in the same season a year before, for every county and
-- for the chosen counties together (all). The crude rate depends on how many older pupils a county
-- has; the stage-weighted rate gives every county the city's pupils by stage, in both rounds.
with
-- The spring round falls into the school year that began the autumn before.
screenings as (
    select
        schools.county_id,
        vision.year || if(vision.season = 'spring', '-05', '-09') as period,
        vision.stage,
        sum(vision.examined) as examined,
        sum(vision.myopic) as myopic
    from vision
    inner join schools
        on
            vision.school_id = schools.school_id
            and vision.year - if(vision.season = 'spring', 1, 0) = schools.school_year
    where
        schools.school_status = 'open'
        and vision.examined is not null
        and vision.myopic is not null
    group by schools.county_id, vision.year, vision.season, vision.stage
    having sum(vision.examined) > 0
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
        enrolment.stage,
        sum(enrolment.pupils) as pupils
    from enrolment
    inner join latest
        on
            enrolment.school_year
            = cast(latest.period[:4] as integer) - if(latest.period[6:] = '05', 1, 0)
    where enrolment.stage in (select screenings.stage from screenings)
    group by enrolment.stage
),

stages as (
    select
        screenings.county_id,
        screenings.stage,
        sum(screenings.examined) filter (where screenings.period = latest.period) as examined,
        sum(screenings.myopic) filter (where screenings.period = latest.period) as myopic,
        sum(screenings.examined) filter (where screenings.period = latest.period_before)
            as examined_before,
        sum(screenings.myopic) filter (where screenings.period = latest.period_before)
            as myopic_before
    from screenings
    inner join latest on screenings.period in (latest.period, latest.period_before)
    group by screenings.county_id, screenings.stage
),

-- Only counties with both rounds can be compared together.
comparable as (
    select county_id
    from stages
    where list_contains($counties, county_id)
    group by county_id
    having count(examined) > 0 and count(examined_before) > 0
),

together as (
    select
        'all' as county_id,
        stage,
        sum(examined) as examined,
        sum(myopic) as myopic,
        sum(examined_before) as examined_before,
        sum(myopic_before) as myopic_before
    from stages
    where county_id in (select comparable.county_id from comparable)
    group by stage
),

all_stages as (
    select * from stages
    union all
    select * from together
),

-- A unit without one of the stages cannot be weighted like the others.
rates as (
    select
        s.county_id,
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
        ) as weighted_pct,
        if(
            count(s.examined_before) = (select count(*) from weights),
            sum(s.myopic_before * 100.0 / s.examined_before * w.pupils) / sum(w.pupils),
            null
        ) as weighted_before_pct
    from all_stages as s
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
        rates.examined,
        rates.myopic,
        rates.myopic_pct,
        rates.examined_before,
        rates.myopic_before,
        rates.myopic_before_pct,
        rates.myopic_pct - rates.myopic_before_pct as change_pp,
        rates.weighted_pct,
        rates.weighted_before_pct,
        rates.weighted_pct - rates.weighted_before_pct as weighted_change_pp
    from units
    cross join latest
    left join rates on units.county_id = rates.county_id
    order by units.sort_order
)

select * from final
