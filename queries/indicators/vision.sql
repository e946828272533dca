-- Eyesight: screening rounds, myopia, model vision-health stations.
with
-- The spring round falls into the school year that began the autumn before.
screened_schools as (
    select
        schools.county_id,
        schools.school_id,
        vision.year,
        vision.year || if(vision.season = 'spring', '-05', '-09') as period,
        vision.enrolled,
        vision.examined,
        vision.myopic
    from vision
    inner join schools
        on
            vision.school_id = schools.school_id
            and vision.year - if(vision.season = 'spring', 1, 0) = schools.school_year
    where schools.school_status = 'open'
),

-- A round is done in a county once nearly all of its pupils have been examined.
rounds_done as (
    select
        'vision_screening_rounds' as indicator_id,
        county_id,
        county_id as unit_id,
        period,
        cast(
            sum(examined) * 100.0 / nullif(sum(enrolled), 0)
            >= (
                select thresholds.value
                from thresholds
                where thresholds.name = 'screening_round_done_pct'
            ) as integer
        ) as numerator,
        0 as denominator
    from screened_schools
    where
        enrolled is not null
        and examined is not null
    group by county_id, period
    having sum(enrolled) > 0
),

-- Rounds are an average over the units that owe them, whether or not anything of theirs is in: each
-- counts as one from January of every year. Nothing is measured then: no numerator.
screening_counties as (
    select distinct
        'vision_screening_rounds' as indicator_id,
        county_id,
        county_id as unit_id,
        period[:4] || '-01' as period,
        null as numerator,
        1 as denominator
    from owed_periods
    where resource = 'vision'
),

-- One row per school and round; the change against the same season is taken from these.
myopia as (
    select
        'myopia_decline' as indicator_id,
        county_id,
        school_id as unit_id,
        period,
        sum(myopic) as numerator,
        sum(examined) as denominator
    from screened_schools
    where
        myopic is not null
        and examined is not null
    group by county_id, school_id, period
    having sum(examined) > 0
),

model_stations as (
    select
        station_id,
        county_id,
        award_date,
        year(award_date) as award_year
    from vision_stations
    where
        level = 'city_model'
        and award_date is not null
),

stations_added as (
    select
        'vision_stations_growth' as indicator_id,
        county_id,
        station_id as unit_id,
        strftime(award_date, '%Y-%m') as period,
        1 as numerator,
        0 as denominator
    from model_stations
),


-- The stations a county had at the end of the year before.
stations_before as (
    select
        'vision_stations_growth' as indicator_id,
        model_stations.county_id,
        model_stations.county_id as unit_id,
        known_years.year || '-01' as period,
        null as numerator,
        count(*) as denominator
    from model_stations
    inner join known_years on model_stations.award_year < known_years.year
    group by model_stations.county_id, known_years.year
),

all_rows as (
    select * from rounds_done
    union all
    select * from screening_counties
    union all
    select * from myopia
    union all
    select * from stations_added
    union all
    select * from stations_before
),

final as (
    select
        indicator_id,
        county_id,
        unit_id,
        period,
        cast(numerator as double) as numerator,
        cast(denominator as double) as denominator
    from all_rows
)

select * from final
