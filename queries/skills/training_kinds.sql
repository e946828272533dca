-- Person-times of vocational training by kind, month by month of the year, in the chosen units
-- together, with the same month of the year before. A month to come, or one that nobody has
-- reported for a kind, has no number. The year before is counted only over the units that have
-- reported this year.
with
years as (
    select
        $as_of[:4] as this_year,
        cast(cast($as_of[:4] as integer) - 1 as varchar) as year_before
),

known as (
    select
        county_id,
        month,
        training_kind,
        person_times
    from training_months
    where
        month <= $as_of
        and person_times is not null
        and list_contains($counties, county_id)
),

reporting as (
    select distinct county_id
    from known
    where month[:4] = $as_of[:4]
),

sums as (
    select
        known.month,
        known.training_kind,
        sum(known.person_times) as person_times
    from known
    inner join reporting on known.county_id = reporting.county_id
    group by known.month, known.training_kind
),

numbers as (
    select unnest(range(1, 13)) as month
),

kinds as (
    select distinct training_kind from training_months
),

calendar as (
    select
        kinds.training_kind,
        years.this_year || '-' || lpad(cast(numbers.month as varchar), 2, '0') as month,
        years.year_before || '-' || lpad(cast(numbers.month as varchar), 2, '0') as month_before
    from years
    cross join kinds
    cross join numbers
),

final as (
    select
        c.month,
        c.training_kind,
        now.person_times,
        past.person_times as person_times_before
    from calendar as c
    left join sums as now
        on c.month = now.month and c.training_kind = now.training_kind
    left join sums as past
        on c.month_before = past.month and c.training_kind = past.training_kind
    order by c.month, c.training_kind
)

select * from final
