-- The names behind a count: what was named, recognised or held since the year began, up to the end
-- of the chosen month, the latest first. Only what the indicator itself counts.
with
counted as (
    select unit_id
    from indicator_rows
    where
        indicator_id = $indicator_id
        and period between $year_start and $as_of
        and numerator > 0
),

-- Rural bases are a part of the arts bases and have no category of their own.
category as (
    select if($indicator_id = 'rural_arts_bases', 'arts_bases', $indicator_id) as name
),

events as (
    select
        event_id,
        category,
        name,
        county_id,
        is_rural,
        event_date
    from accreditations
    union all
    select
        event_id,
        category,
        name,
        county_id,
        is_rural,
        event_date
    from activities
),

final as (
    select
        events.event_id,
        events.name,
        events.county_id,
        events.is_rural,
        events.event_date
    from counted
    inner join events on counted.unit_id = events.event_id
    inner join category on events.category = category.name
    order by events.event_date desc, events.event_id
)

select * from final
