-- Physical fitness of primary and secondary pupils, tested once a year and uploaded in November.
with
-- 中小学: secondary vocational pupils are tested as well, and are not part of what the plan asks.
-- Exempt pupils are not among the tested. Stages and sexes are added up within a school.
school_tests as (
    select
        schools.county_id,
        schools.school_id,
        fitness.year || '-11' as period,
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
    group by schools.county_id, schools.school_id, fitness.year
    having sum(fitness.tested) > 0
),

pass_rate as (
    select
        'fitness_pass_rate' as indicator_id,
        county_id,
        school_id as unit_id,
        period,
        pass_or_better as numerator,
        tested as denominator
    from school_tests
),

good_rate as (
    select
        'fitness_good_rate' as indicator_id,
        county_id,
        school_id as unit_id,
        period,
        good_or_better as numerator,
        tested as denominator
    from school_tests
),

all_rows as (
    select * from pass_rate
    union all
    select * from good_rate
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
