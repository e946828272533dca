-- Off-campus tutoring and after-school care: supervision of providers, model cases, resources.
with
managed as (
    select
        'tutoring_managed_rate' as indicator_id,
        county_id,
        county_id as unit_id,
        month as period,
        managed as numerator,
        providers as denominator
    from tutoring_months
),

on_platform as (
    select
        'tutoring_platform_rate' as indicator_id,
        county_id,
        county_id as unit_id,
        month as period,
        on_platform as numerator,
        providers as denominator
    from tutoring_months
),

registered as (
    select
        'tutoring_registration_rate' as indicator_id,
        county_id,
        county_id as unit_id,
        month as period,
        registered as numerator,
        providers as denominator
    from tutoring_months
),

outside_resources as (
    select
        'external_resource_rate' as indicator_id,
        county_id,
        county_id as unit_id,
        year || if(season = 'spring', '-06', '-12') as period,
        schools_with_resources as numerator,
        schools as denominator
    from after_school
),

rates as (
    select * from managed
    union all
    select * from on_platform
    union all
    select * from registered
    union all
    select * from outside_resources
),

reported_rates as (
    select * from rates
    where
        numerator is not null
        and denominator > 0
),

first_cases as (
    select
        accreditations.county_id,
        year(accreditations.event_date) as case_year,
        strftime(min(accreditations.event_date), '%Y-%m') as period
    from accreditations
    inner join counties on accreditations.county_id = counties.county_id
    where
        accreditations.category = 'clean_cases'
        and accreditations.event_date is not null
        and counties.unit_kind = 'county'
    group by accreditations.county_id, year(accreditations.event_date)
),

case_years as (
    select year as case_year
    from known_years
    where year >= (select min(first_cases.case_year) from first_cases)
),

-- A county counts once a year, in the month of its first case.
counties_with_a_case as (
    select
        'clean_case_counties' as indicator_id,
        county_id,
        county_id as unit_id,
        period,
        1 as numerator,
        null as denominator
    from first_cases
),

-- Every county begins the year with none.
counties_in_january as (
    select
        'clean_case_counties' as indicator_id,
        counties.county_id,
        counties.county_id as unit_id,
        case_years.case_year || '-01' as period,
        0 as numerator,
        null as denominator
    from counties
    cross join case_years
    where counties.unit_kind = 'county'
),

all_rows as (
    select * from reported_rates
    union all
    select * from counties_with_a_case
    union all
    select * from counties_in_january
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
