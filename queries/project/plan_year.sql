-- The year whose plan lists a project; no row for a project that does not exist.
select plan_year
from projects
where project_id = $project_id
