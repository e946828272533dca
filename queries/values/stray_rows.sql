-- Rows that count nowhere, for their school is not open in the register: by export, period and the
-- county that had the schools last. There are no people where they are few.
select
    resource,
    period,
    county_id,
    schools,
    row_count,
    people
from stray_counts
order by period desc, resource, county_id
