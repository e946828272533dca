-- Myopia and severe myopia by stage in every round of the latest round's season, over those of the
-- chosen counties that have reported the latest round and the one a year before.
with
-- The spring round falls into the school year that began the autumn before.
screenings as (
    select
        schools.county_id,
        vision.year || if(vision.season = 'spring', '-05', '-09') as period,
        vision.stage,
        sum(vision.examined) as examined,
        sum(vision.myopic) as myopic,
        sum(vision.severe) as severe
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
        screenings.stage,
        screenings.period,
        sum(screenings.examined) as examined,
        sum(screenings.myopic) as myopic,
        sum(screenings.severe) as severe
    from screenings
    inner join comparable on screenings.county_id = comparable.county_id
    inner join latest
        on
            screenings.period <= latest.period
            and screenings.period[6:] = latest.period[6:]
    group by screenings.stage, screenings.period
),

small_counts as (
    select value as below_people
    from thresholds
    where name = 'suppressed_below_people'
),

final as (
    select
        stages.stage,
        stages.period,
        stages.examined,
        if(stages.myopic < small_counts.below_people, null, stages.myopic) as myopic,
        if(stages.severe < small_counts.below_people, null, stages.severe) as severe,
        if(
            stages.myopic < small_counts.below_people,
            null,
            stages.myopic * 100.0 / stages.examined
        ) as myopic_pct,
        if(
            stages.severe < small_counts.below_people,
            null,
            stages.severe * 100.0 / stages.examined
        ) as severe_pct,
        stages.severe < small_counts.below_people as is_severe_suppressed
    from stages
    cross join small_counts
    order by
        list_position(['primary', 'junior', 'senior', 'vocational'], stages.stage),
        stages.period
)

select * from final
