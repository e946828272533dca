-- Health-promoting schools: how many of the schools are one, and the year's gold and silver awards.
with
-- One row per primary or secondary school, with the months it came and went.
school_lives as (
    select
        school_id,
        arg_max(county_id, school_year) as county_id,
        coalesce(strftime(min(opened_date), '%Y-%m'), min(school_year) || '-01') as opened_month,
        max(strftime(closed_date, '%Y-%m')) filter (
            where school_status in ('closed', 'merged')
        ) as closed_month
    from schools
    where school_type in ('primary', 'junior', 'nine_year', 'senior')
    group by school_id
),

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

-- A school counts from its first award on, at whatever level.
awarded_lives as (
    select
        school_lives.county_id,
        school_lives.school_id,
        school_lives.closed_month,
        greatest(min(levelled_awards.period), school_lives.opened_month) as awarded_month
    from school_lives
    inner join levelled_awards on school_lives.school_id = levelled_awards.school_id
    group by
        school_lives.county_id,
        school_lives.school_id,
        school_lives.opened_month,
        school_lives.closed_month
),

-- Comings and goings: the running sums are the awarded schools and the schools there are.
movements as (
    select
        county_id,
        school_id,
        opened_month as period,
        0 as numerator,
        1 as denominator
    from school_lives
    union all
    select
        county_id,
        school_id,
        closed_month as period,
        0 as numerator,
        -1 as denominator
    from school_lives
    where closed_month is not null
    union all
    select
        county_id,
        school_id,
        awarded_month as period,
        1 as numerator,
        0 as denominator
    from awarded_lives
    where closed_month is null or awarded_month <= closed_month
    union all
    select
        county_id,
        school_id,
        closed_month as period,
        -1 as numerator,
        0 as denominator
    from awarded_lives
    where awarded_month <= closed_month
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
