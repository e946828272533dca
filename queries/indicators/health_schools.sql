-- Health-promoting schools: how many of the schools are one, and the year's gold and silver awards.
with
levelled_awards as (
    select
        award_id,
        school_id,
        county_id,
        level,
        strftime(award_date, '%Y-%m') as period
    from health_schools
    where
        level in ('bronze', 'silver', 'gold')
        and award_date is not null
),

lives as (
    select *
    from school_lives
    where school_type in ('primary', 'junior', 'nine_year', 'senior')
),

-- A school counts from its first award on, at whatever level, in every county it comes to.
awarded_lives as (
    select
        lives.school_id,
        lives.county_id,
        lives.end_month,
        greatest(min(levelled_awards.period), lives.first_month) as awarded_month
    from lives
    inner join levelled_awards on lives.school_id = levelled_awards.school_id
    group by lives.school_id, lives.county_id, lives.first_month, lives.end_month
),

-- Comings and goings: the running sums are the awarded schools and the schools there are.
movements as (
    select
        county_id,
        school_id,
        first_month as period,
        0 as numerator,
        1 as denominator
    from lives
    union all
    select
        county_id,
        school_id,
        end_month as period,
        0 as numerator,
        -1 as denominator
    from lives
    where end_month is not null
    union all
    select
        county_id,
        school_id,
        awarded_month as period,
        1 as numerator,
        0 as denominator
    from awarded_lives
    where end_month is null or awarded_month < end_month
    union all
    select
        county_id,
        school_id,
        end_month as period,
        -1 as numerator,
        0 as denominator
    from awarded_lives
    where awarded_month < end_month
),

health_school_rate as (
    select
        'health_school_rate' as indicator_id,
        county_id,
        school_id as unit_id,
        period,
        numerator,
        denominator
    from movements
),

-- A promotion is an award of its own.
promotions as (
    select
        level || '_health_schools' as indicator_id,
        county_id,
        award_id as unit_id,
        period,
        1 as numerator,
        null as denominator
    from levelled_awards
    where level in ('gold', 'silver')
),

all_rows as (
    select * from health_school_rate
    union all
    select * from promotions
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
