-- Schools, bases, courses and campuses that were named, created or recognised: one row per event.
with
events as (
    select
        event_id,
        category,
        county_id,
        is_rural,
        strftime(event_date, '%Y-%m') as period
    from accreditations
    where event_date is not null
),

-- The category of an event is the indicator that counts it.
counted as (
    select
        category as indicator_id,
        county_id,
        event_id as unit_id,
        period,
        1 as numerator,
        null as denominator
    from events
    where category in (
        'modern_schools_created',
        'tiered_class_schools',
        'sports_schools',
        'baseball_schools',
        'arts_bases',
        'arts_club_bases',
        'study_travel_courses',
        'smart_campuses',
        'quality_kindergartens_created',
        'clean_schools',
        'civilised_campuses',
        'study_travel_bases',
        'national_double_excellence',
        'myopia_model_schools',
        'model_canteens'
    )
),

-- Counted among the arts bases as well.
rural_arts_bases as (
    select
        'rural_arts_bases' as indicator_id,
        county_id,
        event_id as unit_id,
        period,
        1 as numerator,
        null as denominator
    from events
    where
        category = 'arts_bases'
        and is_rural
),

all_rows as (
    select * from counted
    union all
    select * from rural_arts_bases
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
