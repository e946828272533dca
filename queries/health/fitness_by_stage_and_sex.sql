-- Fitness of the chosen counties' pupils by stage and sex, year by year; stage or sex 'all' is both
-- together. Where few pupils of a group could be known, the year is withheld.
with
levels as (
    select
        'good' as measure,
        good.*
    from chosen_breakdown('fitness_good', $counties) as good
    union all
    select
        'pass' as measure,
        pass.*
    from chosen_breakdown('fitness_pass', $counties) as pass
),

groups as (
    select
        measure,
        cast(period[:4] as integer) as year,
        split_part(level, ' ', 1) as stage,
        split_part(level, ' ', 2) as sex,
        people,
        among
    from levels
    where period <= $as_of
),

rates as (
    select
        year,
        coalesce(stage, 'all') as stage,
        coalesce(sex, 'all') as sex,
        sum(people) filter (measure = 'good') * 100.0 / sum(among) filter (measure = 'good')
            as good_pct,
        sum(people) filter (measure = 'pass') * 100.0 / sum(among) filter (measure = 'pass')
            as pass_pct
    from groups
    group by grouping sets ((year, stage, sex), (year, stage), (year, sex), (year))
),

final as (
    select * from rates
    order by
        list_position(['primary', 'junior', 'senior', 'all'], stage),
        list_position(['male', 'female', 'all'], sex),
        year
)

select * from final
