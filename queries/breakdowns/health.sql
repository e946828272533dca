-- Eyesight by stage, and fitness by stage and sex: those counted among all examined or tested; and
-- those examined among all on the roll.
with
-- The spring round falls into the school year that began the autumn before.
screenings as (
    select
        schools.county_id,
        vision.year || if(vision.season = 'spring', '-05', '-09') as period,
        vision.stage as level,
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

eyesight as (
    select
        'eyesight' as breakdown,
        level || unnest([' myopic', ' severe']) as level,
        county_id,
        period,
        unnest([myopic, severe]) as people,
        examined as among
    from screenings
),

rolls as (
    select
        'screening' as breakdown,
        'examined' as level,
        schools.county_id,
        vision.year || if(vision.season = 'spring', '-05', '-09') as period,
        sum(vision.examined) as people,
        sum(vision.enrolled) as among
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

-- The stages of the indicator: 中小学, without secondary vocational schools.
tests as (
    select
        schools.county_id,
        fitness.year || '-11' as period,
        fitness.stage || ' ' || fitness.sex as level,
        sum(fitness.tested) as tested,
        sum(fitness.excellent + fitness.good) as good_or_better,
        sum(fitness.excellent + fitness.good + fitness.pass) as pass_or_better
    from fitness
    inner join schools
        on
            fitness.school_id = schools.school_id
            and fitness.year = schools.school_year
    where
        schools.school_status = 'open'
        and fitness.stage in ('primary', 'junior', 'senior')
        and fitness.tested is not null
        and fitness.excellent + fitness.good + fitness.pass is not null
    group by schools.county_id, fitness.year, fitness.stage, fitness.sex
    having sum(fitness.tested) > 0
),

fitness_groups as (
    select
        unnest(['fitness_good', 'fitness_pass']) as breakdown,
        level,
        county_id,
        period,
        unnest([good_or_better, pass_or_better]) as people,
        tested as among
    from tests
),

final as (
    select * from eyesight
    union all
    select * from rolls
    union all
    select * from fitness_groups
)

select * from final
