-- The steps that the plan asks of the city's flagship schools: due, and taken by a month's end.
with
final as (
    select
        milestone_id,
        name_zh,
        name_en,
        due_month,
        key as project_name,
        if(taken_month <= $as_of, taken_date, null) as reached_date
    from plan_steps
    where
        indicator_id = 'municipal_projects'
        and plan_year = cast($as_of[:4] as integer)
    order by due_month, milestone_id
)

select * from final
