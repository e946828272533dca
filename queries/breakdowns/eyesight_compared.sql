-- Eyesight by stage over the schools that were examined in a round and in the same season a year
-- before, in the later round's boundaries: now and before. Beside them what is left out of the
-- rounds' own numbers, so that the difference to those is judged small or not as well.
with
rounds as (
    select
        schools.county_id,
        schools.school_id,
        vision.year,
        vision.season,
        vision.stage,
        vision.examined,
        vision.myopic
    from vision
    inner join schools
        on
            vision.school_id = schools.school_id
            and vision.year - if(vision.season = 'spring', 1, 0) = schools.school_year
    where
        schools.school_status = 'open'
        and vision.myopic is not null
        and vision.examined > 0
),

schools_examined as (
    select
        school_id,
        county_id,
        year,
        season
    from rounds
    group by school_id, county_id, year, season
),

pairs as (
    select
        later.school_id,
        later.county_id,
        later.year,
        later.season
    from schools_examined as later
    inner join schools_examined as earlier
        on
            later.school_id = earlier.school_id
            and later.season = earlier.season
            and later.year - 1 = earlier.year
),

placed as (
    select
        coalesce(pairs.county_id, r.county_id) as county_id,
        r.year,
        r.season,
        r.stage,
        if(pairs.school_id is null, 'left now', 'now') as part,
        r.examined,
        r.myopic
    from rounds as r
    left join pairs
        on r.school_id = pairs.school_id and r.year = pairs.year and r.season = pairs.season
    union all
    select
        coalesce(pairs.county_id, r.county_id) as county_id,
        r.year + 1 as year,
        r.season,
        r.stage,
        if(pairs.school_id is null, 'left before', 'before') as part,
        r.examined,
        r.myopic
    from rounds as r
    left join pairs
        on r.school_id = pairs.school_id and r.year + 1 = pairs.year and r.season = pairs.season
    where r.year < (select max(rounds.year) from rounds)
),

final as (
    select
        'eyesight_compared' as breakdown,
        stage || ' ' || part as level,
        county_id,
        year || if(season = 'spring', '-05', '-09') as period,
        sum(myopic) as people,
        sum(examined) as among
    from placed
    group by stage, part, county_id, year, season
)

select * from final
