-- Vocational training: person-times of all kinds, month by month.
with
monthly_training as (
    select
        'vocational_training' as indicator_id,
        county_id,
        county_id as unit_id,
        month as period,
        sum(person_times) as numerator,
        null as denominator
    from training_months
    where person_times is not null
    group by county_id, month
),

all_rows as (
    select * from monthly_training
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
