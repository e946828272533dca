-- Fitness of the chosen counties' pupils by stage and sex, year by year; stage or sex 'all' is both
-- together. A rate is left out where so few pupils reach it, or fail to, that they could be known.
with
tests as (
    select
        fitness.year,
        fitness.stage,
        fitness.sex,
        fitness.tested,
        fitness.excellent + fitness.good as good_or_better,
        fitness.excellent + fitness.good + fitness.pass as pass_or_better
    from fitness
    inner join schools
        on
            fitness.school_id = schools.school_id
            and fitness.year = schools.school_year
    where
        schools.school_status = 'open'
        and fitness.year || '-11' <= $as_of
        and list_contains($counties, schools.county_id)
        and fitness.tested is not null
        and fitness.excellent + fitness.good + fitness.pass is not null
),

tested_groups as (
    select
        year,
        coalesce(stage, 'all') as stage,
        coalesce(sex, 'all') as sex,
        sum(tested) as tested,
        sum(good_or_better) as good_or_better,
        sum(pass_or_better) as pass_or_better
    from tests
    group by grouping sets ((year, stage, sex), (year, stage), (year, sex), (year))
    having sum(tested) > 0
),

small_counts as (
    select value as below_people
    from thresholds
    where name = 'suppressed_below_people'
),

final as (
    select
        tested_groups.year,
        tested_groups.stage,
        tested_groups.sex,
        if(
            least(tested_groups.good_or_better, tested_groups.tested - tested_groups.good_or_better)
            < small_counts.below_people,
            null,
            tested_groups.good_or_better * 100.0 / tested_groups.tested
        ) as good_pct,
        if(
            least(tested_groups.pass_or_better, tested_groups.tested - tested_groups.pass_or_better)
            < small_counts.below_people,
            null,
            tested_groups.pass_or_better * 100.0 / tested_groups.tested
        ) as pass_pct
    from tested_groups
    cross join small_counts
    order by
        list_position(['primary', 'junior', 'senior', 'vocational', 'all'], tested_groups.stage),
        list_position(['male', 'female', 'all'], tested_groups.sex),
        tested_groups.year
)

select * from final
