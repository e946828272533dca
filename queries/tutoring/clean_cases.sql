-- The year's model cases up to a month, county by county in the official order; a county without
-- one has a row without name and date. The city-run schools are no county.
with
cases as (
    select
        county_id,
        name as case_name,
        event_date as case_date
    from accreditations
    where
        category = 'clean_cases'
        and strftime(event_date, '%Y-%m') between $as_of[:4] || '-01' and $as_of
),

final as (
    select
        counties.county_id,
        cases.case_name,
        cases.case_date
    from counties
    left join cases on counties.county_id = cases.county_id
    where counties.unit_kind = 'county'
    order by counties.sort_order, cases.case_date, cases.case_name
)

select * from final
