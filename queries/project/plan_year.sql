-- The year by whose plan a project is shown: the last one up to the chosen year that lists it, else
-- the first one that will. No year for a project that does not exist.
with
final as (
    select
        coalesce(
            max(plan_year) filter (where plan_year <= cast($as_of[:4] as integer)),
            min(plan_year)
        ) as plan_year
    from projects
    where project_id = $project_id
)

select * from final
