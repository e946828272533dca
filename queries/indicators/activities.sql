-- Sessions that were held, one row each: scientists in the classroom, master teachers online.
with
sessions as (
    select
        category as indicator_id,
        county_id,
        event_id as unit_id,
        strftime(event_date, '%Y-%m') as period,
        1 as numerator,
        null as denominator
    from activities
    where
        category in ('scientist_lectures', 'online_master_classes')
        and event_date is not null
),

all_rows as (
    select * from sessions
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
