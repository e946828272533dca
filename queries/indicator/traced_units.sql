-- What an indicator counts in some counties: the schools, events, projects or counties of a span of
-- months. Withheld ones are named as well: only their numbers are withheld.
select distinct unit_id
from indicator_rows
where
    indicator_id = $indicator_id
    and list_contains($counties, county_id)
    and period between $first and $last
    and unit_id <> 'withheld'
