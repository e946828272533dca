-- What a project has spent month by month against its total investment; the first month over it.
-- Of the lists of several plan years, the last one has the budget.
with
last_lists as (
    select
        "项目编号",
        max_by("项目名称", "计划年度") as project,
        max_by("总投资（万元）", "计划年度") as budget,
        bool_or(is_delivered) as is_delivered
    from typed.projects
    group by "项目编号"
),

running as (
    select
        m.*,
        p.project,
        p.budget,
        sum(m."本月完成投资（万元）") over (partition by m."项目编号" order by m."月份") as spent,
        bool_or(m.is_delivered or p.is_delivered) over (partition by m."项目编号") as is_touched
    from typed.project_months as m
    inner join last_lists as p on m."项目编号" = p."项目编号"
),

final as (
    select
        'project_months' as resource,
        _row as row_number,
        '本月完成投资（万元）' as column_name,
        round(spent, 2) as value,
        budget,
        project,
        period
    from running
    where is_touched and spent > 1.1 * budget
    qualify row_number() over (partition by "项目编号" order by "月份") = 1
)

select * from final
