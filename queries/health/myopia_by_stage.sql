-- Myopia and severe myopia by stage in every round of the latest round's season, over those of the
-- chosen counties that have reported the latest round and the one a year before. Where few pupils
-- of a stage could be known, a round is withheld.
with
screenings as (
    select distinct
        county_id,
        period
    from breakdown_rows
    where breakdown = 'eyesight' and county_id <> 'withheld'
),

latest as (
    select
        max(period) as period,
        strftime(strptime(max(period), '%Y-%m') - interval 12 month, '%Y-%m') as period_before
    from screenings
    where period <= $as_of
),

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

stages as (
    select
        split_part(eyesight.level, ' ', 1) as stage,
        eyesight.period,
        max(eyesight.among) as examined,
        max(eyesight.people) filter (eyesight.level like '% myopic') as myopic,
        max(eyesight.people) filter (eyesight.level like '% severe') as severe
    from chosen_breakdown('eyesight', (select list(county_id) from comparable)) as eyesight
    inner join latest
        on
            eyesight.period <= latest.period
            and eyesight.period[6:] = latest.period[6:]
    group by all
),

final as (
    select
        stage,
        period,
        examined,
        myopic,
        severe,
        myopic * 100.0 / examined as myopic_pct,
        severe * 100.0 / examined as severe_pct
    from stages
    order by
        list_position(['primary', 'junior', 'senior', 'vocational'], stage),
        period
)

select * from final
