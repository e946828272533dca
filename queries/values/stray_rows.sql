-- Rows that count nowhere, for their school is not open in the register: by export, period and the
-- county that had the schools last.
select
    resource,
    period,
    county_id,
    count(*) as schools,
    cast(sum(row_count) as integer) as row_count,
    cast(sum(people) as integer) as people
from stray_rows
group by resource, period, county_id
order by period desc, resource, county_id
