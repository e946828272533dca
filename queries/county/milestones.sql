-- The steps that the plan asks of some counties by name: when they are due, and when taken.
with
final as (
    select
        plan_milestones.milestone_id,
        plan_milestones.indicator_id,
        plan_milestones.county_id,
        plan_milestones.name_zh,
        plan_milestones.name_en,
        plan_milestones.key,
        plan_milestones.due_month,
        min(indicator_rows.period) as reached_month
    from plan_milestones
    left join indicator_rows
        on
            plan_milestones.indicator_id = indicator_rows.indicator_id
            and plan_milestones.milestone_id = indicator_rows.unit_id
            and indicator_rows.numerator > 0
            and indicator_rows.period <= $as_of
    where
        plan_milestones.plan_year = cast($as_of[:4] as integer)
        and list_contains($counties, plan_milestones.county_id)
    group by all
    order by plan_milestones.due_month, plan_milestones.milestone_id
)

select * from final
