-- The screening rounds of this year and the year before in every county and in the city (all):
-- pupils on the roll, pupils examined, and whether the round counts as done. Where a county has not
-- reported a round there are no numbers; the total is without it.
with
-- The spring round falls into the school year that began the autumn before.
screenings as (
    select
        schools.county_id,
        vision.year || if(vision.season = 'spring', '-05', '-09') as period,
        sum(vision.enrolled) as enrolled,
        sum(vision.examined) as examined
    from vision
    inner join schools
        on
            vision.school_id = schools.school_id
            and vision.year - if(vision.season = 'spring', 1, 0) = schools.school_year
    where
        schools.school_status = 'open'
        and vision.enrolled is not null
        and vision.examined is not null
    group by schools.county_id, vision.year, vision.season
),

rounds as (
    select distinct period
    from screenings
    where
        period <= $as_of
        and cast(period[:4] as integer) >= cast($as_of[:4] as integer) - 1
),

together as (
    select
        'all' as county_id,
        period,
        sum(enrolled) as enrolled,
        sum(examined) as examined
    from screenings
    group by period
),

reported as (
    select * from screenings
    union all
    select * from together
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

coverage as (
    select
        units.county_id,
        units.sort_order,
        rounds.period,
        reported.enrolled,
        reported.examined,
        reported.examined * 100.0 / nullif(reported.enrolled, 0) as coverage_pct
    from units
    cross join rounds
    left join reported
        on
            units.county_id = reported.county_id
            and rounds.period = reported.period
),

done_line as (
    select value as done_from_pct
    from thresholds
    where name = 'screening_round_done_pct'
),

final as (
    select
        coverage.county_id,
        coverage.period,
        coverage.enrolled,
        coverage.examined,
        coverage.coverage_pct,
        coalesce(coverage.coverage_pct >= done_line.done_from_pct, false) as is_done,
        done_line.done_from_pct
    from coverage
    cross join done_line
    order by coverage.sort_order, coverage.period
)

select * from final
