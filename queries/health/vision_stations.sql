-- Vision-health stations at the end of each year, the last one at the end of the chosen month, in
-- every county and in the city (all).
with
stations as (
    select
        county_id,
        level,
        year(award_date) as award_year
    from vision_stations
    where
        level is not null
        and award_date is not null
        and strftime(award_date, '%Y-%m') <= $as_of
),

years as (
    select unnest(range(min(award_year), cast($as_of[:4] as integer) + 1)) as year
    from stations
),

unit_stations as (
    select * from stations
    union all
    select
        'all' as county_id,
        level,
        award_year
    from stations
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
        years.year,
        count(*) filter (where s.level = 'city_model') as model_stations,
        count(*) filter (where s.level = 'county') as county_stations
    from units
    cross join years
    left join unit_stations as s
        on
            units.county_id = s.county_id
            and years.year >= s.award_year
    group by units.county_id, units.sort_order, years.year
    order by units.sort_order, years.year
)

select * from final
