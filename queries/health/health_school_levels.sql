-- Primary and secondary schools that exist at the end of the chosen month by the highest level they
-- hold as a health-promoting school, in every county and in the city (all).
with
open_schools as (
    select
        school_id,
        county_id
    from school_lives
    where
        school_type in ('primary', 'junior', 'nine_year', 'senior')
        and first_month <= $as_of
        and (end_month is null or end_month > $as_of)
),

highest_levels as (
    select
        school_id,
        max(list_position(['bronze', 'silver', 'gold'], level)) as level_rank
    from health_schools
    where
        level is not null
        and strftime(award_date, '%Y-%m') <= $as_of
    group by school_id
),

school_levels as (
    select
        open_schools.county_id,
        coalesce(highest_levels.level_rank, 0) as level_rank
    from open_schools
    left join highest_levels on open_schools.school_id = highest_levels.school_id
),

unit_levels as (
    select * from school_levels
    union all
    select
        'all' as county_id,
        level_rank
    from school_levels
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

final as (
    select
        units.county_id,
        count(*) filter (where l.level_rank = 3) as gold_schools,
        count(*) filter (where l.level_rank = 2) as silver_schools,
        count(*) filter (where l.level_rank = 1) as bronze_schools,
        count(*) filter (where l.level_rank = 0) as other_schools,
        count(l.level_rank) as schools,
        count(*) filter (where l.level_rank > 0) * 100.0 / nullif(count(l.level_rank), 0)
            as awarded_pct
    from units
    left join unit_levels as l on units.county_id = l.county_id
    group by units.county_id, units.sort_order
    order by units.sort_order
)

select * from final
