-- Rows that count nowhere, for their school is not open in the register; the latest first.
select
    resource,
    period,
    county_id,
    schools,
    row_count,
    people
from stray_rows
order by period desc, resource, county_id
