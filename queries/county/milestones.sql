-- The steps that the plan asks of some counties by name: when they are due, and when taken.
with
final as (
    select
        milestone_id,
        indicator_id,
        county_id,
        name_zh,
        name_en,
        key,
        due_month,
        if(taken_month <= $as_of, taken_month, null) as reached_month
    from plan_steps
    where
        plan_year = cast($as_of[:4] as integer)
        and list_contains($counties, county_id)
    order by due_month, milestone_id
)

select * from final
