-- The screening rounds of this year and the year before in every county and in the city (all):
-- pupils on the roll, pupils examined, and whether the round counts as done. Where a county has not
-- reported a round there are no numbers; the total is without it.
-- Where all but a few pupils were examined, a county has no numbers either (is_withheld).
with
screenings as (
    select
        county_id,
        period,
        people as examined,
        among as enrolled,
        is_withheld
    from breakdown_rows
    where breakdown = 'screening'
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
        sum(examined) as examined,
        sum(enrolled) as enrolled,
        false as is_withheld
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
        coalesce(reported.is_withheld, false) as is_withheld,
        reported.examined * 100.0 / nullif(reported.enrolled, 0) as coverage_pct
    from units
    cross join rounds
    left join reported
        on
            units.county_id = reported.county_id
            and rounds.period = reported.period
),

done as (
    select
        county_id,
        period
    from indicator_rows
    where
        indicator_id = 'vision_screening_rounds'
        and numerator > 0
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
        coverage.is_withheld,
        if(
            coverage.is_withheld,
            done.county_id is not null,
            coalesce(coverage.coverage_pct >= done_line.done_from_pct, false)
        ) as is_done,
        done_line.done_from_pct
    from coverage
    cross join done_line
    left join done on coverage.county_id = done.county_id and coverage.period = done.period
    order by coverage.sort_order, coverage.period
)

select * from final
